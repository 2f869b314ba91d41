import { ValueKind, type StoredValue } from '@fieldline/model';
import { ValueUse } from '@fieldline/ports';
import { Control, LatestFate, SERIES_DIFFERENCE, SERIES_NEXT, SERIES_SAME, TIME_DIFFERENCE, TIME_FULL, TIME_SAME, What } from './record-format.js';

/** Room for any record without its text: tag, two varints of 5 bytes or a time of 8, a value of 8. */
const RECORD_BYTES_MAX = 32;

/** A buffer that grows, kept from unit to unit. */
export interface EncodingBuffer {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView;
}

export function encodingBuffer(size = 16_384): EncodingBuffer {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** Writes the points, removals and remembered publishes of one unit, in the form that record-format.ts describes. */
export class PointEncoder {
  readonly buffer: EncodingBuffer;
  /** Bytes written. */
  used = 0;
  previousSeries = 0;
  previousMs = 0;
  /** Of `ValueUse`, of the points that follow. */
  uses: number = ValueUse.all;
  #ttlMs = 0;

  constructor(buffer: EncodingBuffer) {
    this.buffer = buffer;
    buffer.bytes[this.used++] = What.control;
    buffer.bytes[this.used++] = Control.unitStart;
  }

  /** True until the first record was added. */
  get isEmpty(): boolean {
    return this.used === 2;
  }

  /** What was written: a view, good until the buffer serves another unit. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.buffer.bytes.subarray(0, this.used);
  }

  point(seriesId: number, tsMs: number, kind: ValueKind, value: StoredValue, ttlMs: number, uses: number): void {
    if (this.used + 2 * RECORD_BYTES_MAX > this.buffer.bytes.length) this.#grow(2 * RECORD_BYTES_MAX);
    if (ttlMs !== this.#ttlMs) this.#timeToLive(ttlMs);
    if (uses !== this.uses) this.#useAs(uses);
    const tagAt = this.used++;
    const tag = this.#series(seriesId) | this.#time(tsMs);
    let what: number;
    if (kind === ValueKind.double) what = this.#double(value as number);
    else if (kind === ValueKind.long) what = this.#long(value as number | bigint);
    else if (kind === ValueKind.boolean) what = value === true ? What.true : What.false;
    else what = this.#text(kind === ValueKind.string ? What.string : What.json, value as string);
    this.buffer.bytes[tagAt] = tag | what;
  }

  packet(entityNumber: number, packetId: number, payloadHash: number, tsMs: number): void {
    if (this.used + RECORD_BYTES_MAX > this.buffer.bytes.length) this.#grow(RECORD_BYTES_MAX);
    const tagAt = this.used;
    const { bytes, view } = this.buffer;
    bytes[tagAt + 1] = Control.packet;
    this.used += 2;
    this.#varint(entityNumber);
    view.setUint16(this.used, packetId, true);
    view.setUint32(this.used + 2, payloadHash, true);
    this.used += 6;
    bytes[tagAt] = What.control | this.#time(tsMs);
  }

  removal(seriesId: number, startMs: number, endMs: number, latest: keyof typeof LatestFate): void {
    if (this.used + RECORD_BYTES_MAX > this.buffer.bytes.length) this.#grow(RECORD_BYTES_MAX);
    const { bytes } = this.buffer;
    bytes[this.used++] = What.control;
    bytes[this.used++] = Control.removal;
    this.#varint(seriesId);
    bytes[this.used++] = LatestFate[latest];
    this.#float64(startMs);
    this.#float64(endMs);
  }

  #timeToLive(ttlMs: number): void {
    const { bytes, view } = this.buffer;
    bytes[this.used++] = What.control;
    bytes[this.used++] = Control.timeToLive;
    view.setFloat64(this.used, ttlMs, true);
    this.used += 8;
    this.#ttlMs = ttlMs;
  }

  #useAs(uses: number): void {
    const { bytes } = this.buffer;
    bytes[this.used++] = What.control;
    bytes[this.used++] = Control.uses;
    bytes[this.used++] = uses;
    this.uses = uses;
  }

  #series(seriesId: number): number {
    const difference = seriesId - this.previousSeries;
    this.previousSeries = seriesId;
    if (difference === 1) return SERIES_NEXT;
    if (difference === 0) return SERIES_SAME;
    this.#zigzag(difference);
    return SERIES_DIFFERENCE;
  }

  #time(tsMs: number): number {
    const difference = tsMs - this.previousMs;
    this.previousMs = tsMs;
    if (difference === 0) return TIME_SAME;
    if ((difference | 0) === difference) {
      this.#zigzag(difference);
      return TIME_DIFFERENCE;
    }
    this.#float64(tsMs);
    return TIME_FULL;
  }

  #double(value: number): number {
    // Sensors report decimals of few digits: those fit in 1 to 4 bytes. The division is the very one the
    // decoder does, so what passes the comparison comes back exactly; 0 is left to the full form for -0.
    let whole = value | 0;
    if (whole === value && whole !== 0) return this.#scaled(What.doubleWhole, whole);
    whole = Math.round(value * 10);
    if (whole === (whole | 0) && whole !== 0 && whole / 10 === value) return this.#scaled(What.doubleTenths, whole);
    whole = Math.round(value * 100);
    if (whole === (whole | 0) && whole !== 0 && whole / 100 === value) return this.#scaled(What.doubleHundredths, whole);
    whole = Math.round(value * 1_000);
    if (whole === (whole | 0) && whole !== 0 && whole / 1_000 === value) return this.#scaled(What.doubleThousandths, whole);
    if (Object.is(value, 0)) return this.#scaled(What.doubleWhole, 0);
    this.#float64(value);
    return What.doubleFull;
  }

  #scaled(what: number, whole: number): number {
    this.#zigzag(whole);
    return what;
  }

  #long(value: number | bigint): number {
    if (typeof value === 'bigint') {
      this.buffer.view.setBigInt64(this.used, value, true);
      this.used += 8;
      return What.longLarge;
    }
    if ((value | 0) === value) return this.#scaled(What.longSmall, value);
    this.#float64(value);
    return What.longSafe;
  }

  #text(what: number, text: string): number {
    // UTF-8 needs at most three bytes for each UTF-16 unit.
    const bytesMax = text.length * 3;
    if (this.used + bytesMax + RECORD_BYTES_MAX > this.buffer.bytes.length) this.#grow(bytesMax + RECORD_BYTES_MAX);
    const { bytes } = this.buffer;
    if (text.length < 40) {
      // Short texts have a length of one byte, which is filled in afterwards.
      const { written } = encoder.encodeInto(text, bytes.subarray(this.used + 1));
      bytes[this.used] = written;
      this.used += 1 + written;
      return what;
    }
    const encoded = encoder.encode(text);
    this.#varint(encoded.length);
    bytes.set(encoded, this.used);
    this.used += encoded.length;
    return what;
  }

  #float64(value: number): void {
    this.buffer.view.setFloat64(this.used, value, true);
    this.used += 8;
  }

  #zigzag(value: number): void {
    this.#varint(((value << 1) ^ (value >> 31)) >>> 0);
  }

  #varint(value: number): void {
    const { bytes } = this.buffer;
    let rest = value;
    let at = this.used;
    while (rest > 0x7f) {
      bytes[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[at++] = rest;
    this.used = at;
  }

  #grow(more: number): void {
    const bytes = new Uint8Array(Math.max(this.used + more, this.buffer.bytes.length * 2));
    bytes.set(this.buffer.bytes.subarray(0, this.used));
    this.buffer.bytes = bytes;
    this.buffer.view = new DataView(bytes.buffer);
  }
}

const encoder = new TextEncoder();
