/** A hash of bytes that come in pieces. */
export interface RunningHash {
  update(piece: Uint8Array): void;
  /** Lower-case hexadecimal. Called once, at the end. */
  digest(): string;
}

/** Hashes of cryptography, which the platform has. */
export type NewHash = (algorithm: 'md5' | 'sha256' | 'sha384' | 'sha512') => RunningHash;

/** A number as hexadecimal bytes, the lowest first. */
export function lowestFirst(value: bigint, bytes: number): string {
  const digits = value.toString(16).padStart(bytes * 2, '0');
  return (digits.match(/../g) ?? []).reverse().join('');
}
