import type { Problem } from '@fieldline/kernel';
import { expect, test } from 'vitest';
import { SessionCache } from './session-cache.js';

const unknown: Problem = { code: 'DEVICE_UNKNOWN', kind: 'unauthenticated', message: 'm', remedy: 'r', retry: 'never' };

function start(sessionsMax = 3) {
  const closed: string[] = [];
  let opened = 0;
  const cache = new SessionCache<{ deviceId: string; name: string }>(sessionsMax, (session) => closed.push(session.name));
  const open = (token: string) => cache.open(token, () => Promise.resolve({ deviceId: `device-${token}`, name: `${token}${++opened}` }));
  return { cache, closed, open };
}

test('a token is authenticated once, also by requests at the same time', async () => {
  const { cache, open } = start();
  const [first, second] = await Promise.all([open('a'), open('a')]);
  expect(first).toBe(second);
  expect(await open('a')).toBe(first);
  expect(cache.get('a')).toBe(first);
});

test('a problem is not remembered', async () => {
  const { cache } = start();
  expect(await cache.open('a', () => Promise.resolve(unknown))).toBe(unknown);
  expect(await cache.open('a', () => Promise.resolve({ deviceId: 'd', name: 'a' }))).toMatchObject({ deviceId: 'd' });
});

test('beyond the bound the session unused for longest is closed', async () => {
  const { cache, closed, open } = start(2);
  await open('a');
  await open('b');
  cache.get('a');
  await open('c');
  expect(closed).toEqual(['b2']);
  expect(cache.size).toBe(2);
});

test('revoking a device closes its sessions, and the next request authenticates again', async () => {
  const { cache, closed, open } = start();
  await open('a');
  cache.revoke('device-a');
  expect(closed).toEqual(['a1']);
  expect(await open('a')).toMatchObject({ name: 'a2' });
});

test('a device revoked while it authenticates is authenticated again', async () => {
  const { cache, closed } = start();
  let answer = (_name: string): void => undefined;
  const session = cache.open('a', () => new Promise((resolve) => (answer = (name) => resolve({ deviceId: 'd', name }))));
  cache.revoke('d');
  answer('old');
  await new Promise((resolve) => setImmediate(resolve));
  answer('new');
  expect(await session).toMatchObject({ name: 'new' });
  expect(closed).toEqual(['old']);
});

test('an authentication that fails leaves nothing behind', async () => {
  const { cache, open } = start();
  await expect(cache.open('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await open('a')).toMatchObject({ deviceId: 'device-a' });
  cache.clear();
  expect(cache.size).toBe(0);
});
