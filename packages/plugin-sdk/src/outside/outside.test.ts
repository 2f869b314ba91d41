// Goal: nodes that talk to the outside answer alike: metadata of the broker on Success, `error` on Failure, waiting only where told
// to and where it can help. Method: each function alone, over plain messages; real time only where a limit is the subject.
import { epochMs } from '@fieldline/kernel';
import { expect, test } from 'vitest';
import { message } from '../testing/index.js';
import { relationOf } from '../testing/node-harness.js';
import { credentials, tlsOf } from './credentials.js';
import type { Delivery } from './delivery.js';
import { deliveryOutcome, failOutside, whenUnavailable } from './delivery.js';
import { payloadOf } from './payload.js';
import { within } from './time-limit.js';

const about = (text: string) => message('T', { entityType: 'DEVICE', id: 'device-a' }, null, { text, metadata: { a: '1' } });
const problem = { code: 'X_Y', kind: 'unavailable', retry: 'later', message: 'It is away.', remedy: 'Wait.' } as const;
const lost = Object.assign(new Error('broken pipe'), { name: 'IoError' });
const nowMs = epochMs(1_000);

test('what was sent leaves by Success with the metadata of the broker, or as it came', () => {
  const sent = (delivery: Delivery) => deliveryOutcome(about('{}'), delivery, { config: { whenUnavailable: 'WAIT' }, nowMs });
  expect(sent({ isSent: true, metadata: { offset: '5' } })).toMatchObject({ to: 'Success', message: { metadata: { a: '1', offset: '5' } } });
  expect(sent({ isSent: true })).toMatchObject({ to: 'Success', message: { metadata: { a: '1' } } });
});

test.each([
  { mode: 'WAIT', isAway: true, left: 'Deferred NODE_THREW' },
  { mode: 'WAIT', isAway: false, left: 'Failure NODE_THREW' },
  { mode: 'FAIL', isAway: true, left: 'Failure NODE_THREW' },
  { mode: 'FAIL', isAway: false, left: 'Failure NODE_THREW' },
] as const)('with $mode, isAway $isAway: $left', ({ mode, isAway, left }) => {
  const outcome = deliveryOutcome(about('{}'), { isSent: false, error: lost, isAway }, { config: { whenUnavailable: mode }, nowMs });
  expect(relationOf(outcome)).toBe(left);
  if (outcome.kind === 'deferred') expect(outcome.untilMs).toBe(2_000);
});

test('a failure names its code, or its kind of error, in the metadata', () => {
  expect(failOutside(problem, about('{}'))).toMatchObject({ message: { metadata: { a: '1', error: 'X_Y: It is away.' } }, problem });
  expect(failOutside(lost, about('{}'))).toMatchObject({ message: { metadata: { error: 'IoError: broken pipe' } } });
});

test('a setting that is absent fails as ThingsBoard does', () => expect(whenUnavailable.parse(undefined)).toBe('FAIL'));

test.each([
  ['"text"', 'text'],
  [' "a\\"b" ', 'a"b'],
  ['{"a":42.0}', '{"a":42.0}'],
  ['42.0', '42.0'],
  ['"open', '"open'],
])('the body %s is sent as plain text %s', (body, text) => {
  expect(payloadOf(about(body), true)).toBe(text);
  expect(payloadOf(about(body), false)).toBe(body);
});

test('credentials ignore what they do not know, and absent ones are anonymous', () => {
  expect([credentials.parse(null), credentials.parse(undefined)]).toEqual([{ type: 'anonymous' }, { type: 'anonymous' }]);
  const given = credentials.parse({ type: 'cert.PEM', caCert: 'CA', cert: null, privateKey: '', password: 'p', caCertFileName: 'ca.pem' });
  expect(tlsOf(given)).toEqual({ ca: 'CA', cert: undefined, key: undefined, passphrase: 'p' });
  expect(tlsOf(credentials.parse({ type: 'basic', username: 'u', password: 'p' }))).toBeUndefined();
  expect(credentials.safeParse({ type: 'token' }).success).toBe(false);
});

test('work within its limit gives its value or its error', async () => {
  await expect(within(Promise.resolve(1), 10_000, () => lost)).resolves.toBe(1);
  await expect(within(Promise.reject(new Error('no')), 10_000, () => lost)).rejects.toThrow('no');
});

test('work that takes too long, or is not wanted any more, is given up', async () => {
  const never = new Promise<never>(() => undefined);
  await expect(within(never, 5, () => lost)).rejects.toBe(lost);
  const stopping = new AbortController();
  const work = within(never, 10_000, () => lost, stopping.signal);
  stopping.abort();
  await expect(work).rejects.toBe(lost);
  await expect(within(never, 10_000, () => lost, stopping.signal)).rejects.toBe(lost);
});
