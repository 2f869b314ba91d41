// The message format of RFC 7252 §3, as far as a server looks at requests before anyone else does.

/** Type of a message, RFC 7252 §3. */
export const MessageType = { confirmable: 0, nonConfirmable: 1, acknowledgement: 2, reset: 3 } as const;

/** Numbers of the options this server looks at (RFC 7252 §5.10, RFC 7959 §2.1). */
export const OptionNumber = { uriPath: 11, block1: 27, proxyUri: 35, proxyScheme: 39, size1: 60 } as const;

export interface DatagramOption {
  readonly number: number;
  readonly value: Uint8Array;
}

export interface Datagram {
  readonly type: number;
  /** Class and detail as sent: 0x02 is POST, 0x44 is 2.04. */
  readonly code: number;
  readonly messageId: number;
  readonly token: Uint8Array;
  readonly options: readonly DatagramOption[];
  readonly payload: Uint8Array;
}

/** Takes a datagram apart. Undefined where it breaks the format; nothing is copied. */
export function decodeDatagram(bytes: Uint8Array): Datagram | undefined {
  const [first = 0, code = 0, high = 0, low = 0] = bytes;
  const tokenEnd = 4 + (first & 0x0f);
  if (bytes.length < 4 || first >> 6 !== 1 || tokenEnd > 12 || tokenEnd > bytes.length) return undefined;
  // An empty message has nothing after the message id (RFC 7252 §4.1).
  if (code === 0 && bytes.length !== 4) return undefined;
  const options: DatagramOption[] = [];
  let at = tokenEnd;
  let number = 0;
  while (at < bytes.length && bytes[at] !== PAYLOAD_MARKER) {
    const head = bytes[at] as number;
    const delta = extended(bytes, at + 1, head >> 4);
    const length = delta && extended(bytes, delta.next, head & 0x0f);
    if (delta === undefined || length === undefined) return undefined;
    number += delta.value;
    at = length.next + length.value;
    if (at > bytes.length || number > 0xffff) return undefined;
    options.push({ number, value: bytes.subarray(length.next, at) });
  }
  // A marker without a payload behind it is an error (RFC 7252 §3).
  if (at === bytes.length - 1) return undefined;
  return {
    type: (first >> 4) & 3,
    code,
    messageId: (high << 8) | low,
    token: bytes.subarray(4, tokenEnd),
    options,
    payload: bytes.subarray(Math.min(at + 1, bytes.length)),
  };
}

/** Puts a message together; options in ascending order of their numbers. */
export function encodeDatagram(message: Datagram): Buffer {
  const head = Buffer.alloc(4);
  head[0] = 0x40 | (message.type << 4) | message.token.length;
  head[1] = message.code;
  head.writeUInt16BE(message.messageId, 2);
  const parts: Uint8Array[] = [head, message.token];
  let previous = 0;
  for (const { number, value } of message.options) {
    const delta = shortened(number - previous);
    const length = shortened(value.length);
    parts.push(Uint8Array.of((delta.nibble << 4) | length.nibble, ...delta.rest, ...length.rest), value);
    previous = number;
  }
  if (message.payload.length > 0) parts.push(Uint8Array.of(PAYLOAD_MARKER), message.payload);
  return Buffer.concat(parts);
}

/** An unsigned number of an option, at most four bytes; undefined where it is longer. */
export function optionNumberValue(value: Uint8Array): number | undefined {
  if (value.length > 4) return undefined;
  return value.reduce((sum, byte) => sum * 256 + byte, 0);
}

const PAYLOAD_MARKER = 0xff;

function extended(bytes: Uint8Array, at: number, nibble: number): { value: number; next: number } | undefined {
  if (nibble < 13) return { value: nibble, next: at };
  if (nibble === 13) return at < bytes.length ? { value: (bytes[at] as number) + 13, next: at + 1 } : undefined;
  if (nibble === 15 || at + 1 >= bytes.length) return undefined;
  return { value: (((bytes[at] as number) << 8) | (bytes[at + 1] as number)) + 269, next: at + 2 };
}

function shortened(value: number): { nibble: number; rest: readonly number[] } {
  if (value < 13) return { nibble: value, rest: [] };
  if (value < 269) return { nibble: 13, rest: [value - 13] };
  return { nibble: 14, rest: [(value - 269) >> 8, (value - 269) & 0xff] };
}
