import { assert } from '@fieldline/kernel';
import { KEPT_BYTES_MAX } from './limits.js';

/** What an uplink is. The numbers cross threads only, they are not stored. */
export const UplinkKind = { telemetry: 1, attributes: 2, kaaJson: 3, kaaPlain: 4, claim: 5 } as const;
export type UplinkKind = (typeof UplinkKind)[keyof typeof UplinkKind];

/** One uplink as it arrived, still undecoded. */
export interface RawUplink {
  /** `DeviceSession.handle`. */
  readonly handle: number;
  readonly kind: UplinkKind;
  /** MQTT packet id of a QoS 1 publish; 0 for everything else. */
  readonly packetId: number;
  /** MQTT DUP flag: this may be a redelivery. */
  readonly isRedelivery: boolean;
  readonly receivedAtMs: number;
  /** Rest of the topic where a kind needs it (the metadata path of 1/KP plain data), else empty. */
  readonly topic: string;
  /** A view into the batch; copy what must outlive it. */
  readonly payload: Uint8Array;
}

const HEADER_BYTES = 4 + 1 + 1 + 2 + 8 + 4 + 4;
/** Longest payload that is copied byte by byte. */
const LOOPED_BYTES_MAX = 40;
const noBytes = new Uint8Array(0);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Gathers the uplinks of one read cycle into one buffer that crosses to the engine thread without a copy.
 * Layout of an entry, little endian: handle u32, kind u8, flags u8 (bit 0 redelivery), packet id u16,
 * received at f64, topic bytes u32, payload bytes u32, topic, payload.
 */
export class UplinkBatch {
  private bytes: Uint8Array;
  private view: DataView;
  private used = 0;
  private entries = 0;

  private readonly initialBytes: number;

  constructor(initialBytes = 16_384) {
    this.initialBytes = initialBytes;
    this.bytes = new Uint8Array(initialBytes);
    this.view = new DataView(this.bytes.buffer);
  }

  get count(): number {
    return this.entries;
  }

  get byteLength(): number {
    return this.used;
  }

  /** Bytes of the buffer it holds, used or not. */
  get capacityBytes(): number {
    return this.bytes.length;
  }

  /** Adds an uplink; the bytes from `start` to `end` of `source` are its payload and are copied. Returns its place in the batch. */
  add(uplink: Omit<RawUplink, 'payload'>, source: Uint8Array, start = 0, end = source.length): number {
    const { handle, kind, packetId, isRedelivery, receivedAtMs, topic } = uplink;
    return this.write(handle, kind, packetId, isRedelivery, receivedAtMs, topic === '' ? noBytes : encoder.encode(topic), source, start, end);
  }

  /** As `add` without a topic, for the one caller that adds some hundred thousand a second: it makes no object. */
  addBytes(
    handle: number,
    kind: UplinkKind,
    packetId: number,
    isRedelivery: boolean,
    receivedAtMs: number,
    source: Uint8Array,
    start: number,
    end: number,
  ): number {
    return this.write(handle, kind, packetId, isRedelivery, receivedAtMs, noBytes, source, start, end);
  }

  /** Hands the bytes over and starts an empty batch. */
  take(): { readonly uplinks: ArrayBuffer; readonly count: number } {
    const taken = { uplinks: this.bytes.buffer.slice(0, this.used) as ArrayBuffer, count: this.entries };
    this.used = 0;
    this.entries = 0;
    if (this.bytes.length > KEPT_BYTES_MAX) this.replaceBuffer(new Uint8Array(this.initialBytes));
    return taken;
  }

  private write(
    handle: number,
    kind: UplinkKind,
    packetId: number,
    isRedelivery: boolean,
    receivedAtMs: number,
    topic: Uint8Array,
    source: Uint8Array,
    start: number,
    end: number,
  ): number {
    const length = end - start;
    this.reserve(HEADER_BYTES + topic.length + length);
    const { view } = this;
    const at = this.used;
    view.setUint32(at, handle, true);
    view.setUint8(at + 4, kind);
    view.setUint8(at + 5, isRedelivery ? 1 : 0);
    view.setUint16(at + 6, packetId, true);
    view.setFloat64(at + 8, receivedAtMs, true);
    view.setUint32(at + 16, topic.length, true);
    view.setUint32(at + 20, length, true);
    let next = at + HEADER_BYTES;
    if (topic.length > 0) {
      this.bytes.set(topic, next);
      next += topic.length;
    }
    // Measured: a loop takes 1 ns a byte, a native copy 43 ns whatever the length.
    if (length > LOOPED_BYTES_MAX) this.bytes.set(source.subarray(start, end), next);
    else for (let i = start, to = next; i < end; i += 1) this.bytes[to++] = source[i] as number;
    this.used = next + length;
    this.entries += 1;
    return this.entries - 1;
  }

  private reserve(more: number): void {
    const needed = this.used + more;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.used));
    this.replaceBuffer(grown);
  }

  private replaceBuffer(bytes: Uint8Array<ArrayBuffer>): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }
}

/** Reads a batch back, in order. */
export function* readUplinks(uplinks: ArrayBuffer): Generator<RawUplink> {
  const bytes = new Uint8Array(uplinks);
  const view = new DataView(uplinks);
  let at = 0;
  while (at < bytes.length) {
    const topicEnd = at + HEADER_BYTES + view.getUint32(at + 16, true);
    const end = topicEnd + view.getUint32(at + 20, true);
    assert(end <= bytes.length, 'an uplink batch ends with a whole entry');
    yield {
      handle: view.getUint32(at, true),
      kind: view.getUint8(at + 4) as UplinkKind,
      isRedelivery: (view.getUint8(at + 5) & 1) === 1,
      packetId: view.getUint16(at + 6, true),
      receivedAtMs: view.getFloat64(at + 8, true),
      topic: topicEnd === at + HEADER_BYTES ? '' : decoder.decode(bytes.subarray(at + HEADER_BYTES, topicEnd)),
      payload: bytes.subarray(topicEnd, end),
    };
    at = end;
  }
}
