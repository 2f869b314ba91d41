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
  const signatureOf = (text: string): Buffer => createHmac('sha512', key).update(text).digest();
  return {
    sign(claims) {
      const text = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
      return `${text}.${signatureOf(text).toString('base64url')}`;
    },
    verify(token) {
      const [head = '', body = '', signature = '', ...rest] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const expected = signatureOf(`${head}.${body}`);
      if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      // The signature holds, so head and body are ours and parse.
      const { alg } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg?: unknown };
      return alg === 'HS512' ? (JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>) : undefined;
    },
  };
}
