import type { TokenSigner } from '@fieldline/ports';
import { createHmac, timingSafeEqual } from 'node:crypto';

const header = Buffer.from(JSON.stringify({ alg: 'HS512' })).toString('base64url');

/**
 * JSON Web Tokens with HMAC SHA-512 (RFC 7515, 7518 §3.2). Only this algorithm is taken, whatever a token says.
 *
 * @param key at least 64 random bytes
 */
export function hs512Signer(key: Uint8Array): TokenSigner {
  if (key.length < 64) throw new Error('A key for HS512 has at least 64 bytes (RFC 7518 §3.2).');
  const signatureOf = (text: string, other: string | undefined): Buffer => {
    return createHmac('sha512', other === undefined ? key : Buffer.from(other, 'base64'))
      .update(text)
      .digest();
  };
  return {
    sign(claims, other) {
      const text = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
      return `${text}.${signatureOf(text, other).toString('base64url')}`;
    },
    verify(token, other) {
      const [head = '', body = '', signature = '', ...rest] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const expected = signatureOf(`${head}.${body}`, other);
      if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      // Another key may be known to others too, who sign what they like.
      const { alg } = objectOf(head);
      return alg === 'HS512' ? objectOf(body) : undefined;
    },
  };
}

/** The object that a part of a token holds; an empty one where it holds none. */
function objectOf(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
