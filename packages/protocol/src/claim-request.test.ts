// Goal: every form of device-api.md §4.8 is read, anything else is refused with a code. Method: examples and random bytes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeClaimRequest } from './claim-request.js';
import { CLAIM_BYTES_MAX, CLAIM_DURATION_MAX_MS, CLAIM_SECRET_LENGTH_MAX } from './limits.js';

const decode = (text: string) => decodeClaimRequest(new TextEncoder().encode(text));

test.each([
  ['', { secretKey: '', durationMs: undefined }],
  ['{}', { secretKey: '', durationMs: undefined }],
  ['{"secretKey":"key","durationMs":60000}', { secretKey: 'key', durationMs: 60_000 }],
  ['{"secretKey":null,"durationMs":null,"more":1}', { secretKey: '', durationMs: undefined }],
  ['{"secretKey":"007","durationMs":"60000"}', { secretKey: '007', durationMs: 60_000 }],
  ['{"durationMs":0}', { secretKey: '', durationMs: undefined }],
  ['{"durationMs":-1}', { secretKey: '', durationMs: undefined }],
])('%s is a claim', (text, request) => {
  expect(decode(text)).toEqual(request);
});

test.each([
  ['[]', 'PROTOCOL_PAYLOAD_MALFORMED'],
  ['"key"', 'PROTOCOL_PAYLOAD_MALFORMED'],
  ['{"secretKey":', 'PROTOCOL_PAYLOAD_MALFORMED'],
  ['{"secretKey":1}', 'PROTOCOL_CLAIM_INVALID'],
  ['{"durationMs":1.5}', 'PROTOCOL_CLAIM_INVALID'],
  ['{"durationMs":"soon"}', 'PROTOCOL_CLAIM_INVALID'],
  [`{"durationMs":${CLAIM_DURATION_MAX_MS + 1}}`, 'PROTOCOL_CLAIM_INVALID'],
  [`{"secretKey":"${'k'.repeat(CLAIM_SECRET_LENGTH_MAX + 1)}"}`, 'PROTOCOL_CLAIM_INVALID'],
  [' '.repeat(CLAIM_BYTES_MAX + 1), 'PROTOCOL_PAYLOAD_TOO_LARGE'],
])('%s is refused', (text, code) => {
  expect(decode(text)).toMatchObject({ problem: { code } });
});

test('a refusal never repeats the secret', () => {
  fc.assert(
    fc.property(fc.string({ minLength: CLAIM_SECRET_LENGTH_MAX + 1, maxLength: 400 }), (secretKey) => {
      expect(JSON.stringify(decode(JSON.stringify({ secretKey })))).not.toContain(JSON.stringify(secretKey).slice(1, -1));
    }),
  );
});

test('no bytes make it throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => typeof decodeClaimRequest(bytes) === 'object'));
});
