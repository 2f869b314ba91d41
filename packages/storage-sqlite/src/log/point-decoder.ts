import { ValueKind, type StoredValue } from '@fieldline/model';
import { ValueUse } from '@fieldline/ports';
import { Control, LatestFate, SERIES_DIFFERENCE, SERIES_NEXT, TIME_DIFFERENCE, TIME_FULL, What } from './record-format.js';

/** Where an encoder stood at a record boundary, as far as what follows builds on it. */
export interface EncoderState {
  readonly previousSeries: number;
  readonly previousMs: number;
  readonly uses: number;
}

/**
 * Reads the records of units back, one at a time: `next` moves on, the fields say what is there.
 *
 * Bytes that are no records make `next` throw a RangeError or read nonsense within the bounds of the buffer;
 * whoever reads from the disk checks the checksum of the row before.
 */
export class PointDecoder {
  seriesId = 0;
  tsMs = 0;
  /** Of a point; 0 where the record is a removal or a remembered publish, as `isRemoval` says. */
  kind: ValueKind | 0 = 0;
  /** The value of a boolean (0 or 1), a long that is no bigint, or a double. */
  number = 0;
  /** The value of every other point. */
  other: bigint | string | undefined = undefined;
  ttlMs = 0;
  /** Of `ValueUse`. */
  uses: number = ValueUse.all;
  isRemoval = false;
  /** Of a removal: its series, the range it empties (the end exclusive), and one of `LatestFate`. */
  removedId = 0;
  startMs = 0;
  endMs = 0;
  latest: number = LatestFate.keep;
  /** Of a remembered publish, as is what follows. */
  entityNumber = 0;
  packetId = 0;
  payloadHash = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;
  #end: number;

  /** @param end where to stop; by default the end of the bytes */
  constructor(bytes: Uint8Array, end = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = 0;
    this.#end = end;
  }

  /** Goes on at a record boundary, in the state that the encoder was in there. */
  seek(at: number, end: number, before: EncoderState): void {
    this.#at = at;
    this.#end = end;
    this.seriesId = before.previousSeries;
    this.tsMs = before.previousMs;
    this.uses = before.uses;
  }

  get at(): number {
    return this.#at;
  }

  /** The value of the point. */
  get value(): StoredValue {
    if (this.other !== undefined) return this.other;
    return this.kind === ValueKind.boolean ? this.number === 1 : this.number;
  }

  /** Moves to the next point, removal or remembered publish; false at the end. */
  next(): boolean {
    while (this.#at < this.#end) {
      const tag = this.#bytes[this.#at++] as number;
      const what = tag & 0x0f;
      if (what !== What.control) {
        this.#point(tag, what);
        return true;
      }
      const control = this.#bytes[this.#at++];
      if (control === Control.packet) {
        this.#packet(tag);
        return true;
      }
      if (control === Control.removal) {
        this.#removal();
        return true;
      }
      if (control === Control.unitStart) {
        this.seriesId = 0;
        this.tsMs = 0;
        this.ttlMs = 0;
        this.uses = ValueUse.all;
      } else if (control === Control.timeToLive) this.ttlMs = this.#float64();
      else if (control === Control.uses) this.uses = this.#bytes[this.#at++] as number;
      else throw new RangeError(`There is no control record ${control}.`);
    }
    return false;
  }

  #point(tag: number, what: number): void {
    const series = tag & 0x30;
    if (series === SERIES_NEXT) this.seriesId += 1;
    else if (series === SERIES_DIFFERENCE) this.seriesId += this.#zigzag();
    this.#time(tag);
    this.other = undefined;
    if (what >= What.doubleWhole && what <= What.doubleFull) this.#double(what);
    else if (what >= What.longSmall && what <= What.longLarge) this.#long(what);
    else if (what >= What.string) {
      this.kind = what === What.string ? ValueKind.string : ValueKind.json;
      this.other = this.#text();
    } else {
      this.kind = ValueKind.boolean;
      this.number = what === What.true ? 1 : 0;
    }
  }

  #removal(): void {
    this.kind = 0;
    this.isRemoval = true;
    this.removedId = this.#varint();
    this.latest = this.#bytes[this.#at++] as number;
    this.startMs = this.#float64();
    this.endMs = this.#float64();
  }

  #packet(tag: number): void {
    this.kind = 0;
    this.isRemoval = false;
    this.entityNumber = this.#varint();
    this.packetId = this.#view.getUint16(this.#at, true);
    this.payloadHash = this.#view.getUint32(this.#at + 2, true);
    this.#at += 6;
    this.#time(tag);
  }

  #time(tag: number): void {
    const time = tag & 0xc0;
    if (time === TIME_DIFFERENCE) this.tsMs += this.#zigzag();
    else if (time === TIME_FULL) this.tsMs = this.#float64();
  }

  #double(what: number): void {
    this.kind = ValueKind.double;
    if (what === What.doubleFull) this.number = this.#float64();
    else {
      const whole = this.#zigzag();
      if (what === What.doubleWhole) this.number = whole;
      else if (what === What.doubleTenths) this.number = whole / 10;
      else if (what === What.doubleHundredths) this.number = whole / 100;
      else this.number = whole / 1_000;
    }
  }

  #long(what: number): void {
    this.kind = ValueKind.long;
    if (what === What.longSmall) this.number = this.#zigzag();
    else if (what === What.longSafe) this.number = this.#float64();
    else {
      this.other = this.#view.getBigInt64(this.#at, true);
      this.#at += 8;
    }
  }

  #text(): string {
    const length = this.#varint();
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#end) throw new RangeError('A text ends beyond its unit.');
    return decoder.decode(this.#bytes.subarray(start, this.#at));
  }

  #float64(): number {
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  #zigzag(): number {
    const value = this.#varint();
    return (value >>> 1) ^ -(value & 1);
  }

  #varint(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++] as number;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; shift < 35; shift += 7) {
      byte = bytes[this.#at++] as number;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  }
}

// A lone surrogate in a string becomes U+FFFD when it is stored, as in every UTF-8 text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
