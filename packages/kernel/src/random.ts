/** Fills the array it is given with random bytes. Injected, so that a run replays from a seed. */
export type RandomBytes = (into: Uint8Array) => void;

const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Text of `length` random letters and digits, each equally likely: 5.95 bits a character. */
export function randomAlphanumerics(length: number, randomBytes: RandomBytes): string {
  const bytes = new Uint8Array(length * 2);
  let text = '';
  while (text.length < length) {
    randomBytes(bytes);
    // 248 is the greatest multiple of 62 in a byte; bytes above it would favour the first characters.
    for (const byte of bytes) if (byte < 248 && text.length < length) text += alphanumerics.charAt(byte % 62);
  }
  return text;
}
