// Goal: a key belongs to a user who is there, and nobody gets more than the bound, also where somebody else comes in between the
// check and the write. Method: the memory store with somebody who comes in before the write.
import { epochMs, silentLog, type Clock } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { Caller, EntityAccess, EntityStore } from '@fieldline/ports';
import { memoryEntityStore } from '@fieldline/storage-memory';
import { getRandomValues } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { API_KEYS_PER_USER_MAX } from './limits.js';
import { ApiKeys, createFirstUsers, identityDeps, identityErrors } from './index.js';

const tenantId = '00000000-0000-7000-8000-000000000001' as TenantId;
const clock: Clock = { nowMs: () => epochMs(1_700_000_000_000), monotonicMs: () => 0, after: () => () => undefined };
let store: EntityStore;
let meanwhile: (() => Promise<unknown>) | undefined;
let keys: ApiKeys;
let caller: Caller;

beforeEach(async () => {
  store = memoryEntityStore();
  meanwhile = undefined;
  let id = 100;
  const entities = new Proxy(store, {
    get: (target, name: keyof EntityStore) =>
      name !== 'write'
        ? (target[name] as (...args: unknown[]) => unknown).bind(target)
        : async (changes: Parameters<EntityStore['write']>[0]) => {
            await meanwhile?.();
            return store.write(changes);
          },
  });
  const deps = identityDeps({
    entities,
    events: { publish: () => undefined, subscribe: () => () => undefined },
    hasher: { hash: async (text: string) => text, verify: async () => true },
    signer: { sign: () => '', verify: () => undefined },
    mail: { send: () => Promise.resolve() },
    clock,
    ids: { next: () => `00000000-0000-7000-8000-${String(++id).padStart(12, '0')}` },
    random: (into) => void getRandomValues(into),
    log: silentLog,
    sha256: (text) => text,
  });
  await createFirstUsers(deps, { sysadminEmail: 'root@fieldline.local', tenantEmail: 'tenant@fieldline.local', tenantPassword: 'p4ssword' }, () => ({
    tenantId,
    changes: [],
  }));
  const [user] = await store.findAll('user', tenantId, {}, 1);
  caller = { userId: user?.id ?? '', email: 'e', authority: 'TENANT_ADMIN', tenantId, customerId: undefined, sessionId: '', expiresAtMs: 0 };
  const access: Pick<EntityAccess, 'require'> = {
    async require(_caller, { id: userId }) {
      if ((await store.find('user', tenantId, userId)) === undefined) throw identityErrors.KEY_NOT_FOUND({ id: 'the user' });
      return { tenantId } as Awaited<ReturnType<EntityAccess['require']>>;
    },
  };
  keys = new ApiKeys(deps, access);
});
const create = () => keys.create(caller, { isEnabled: true });
const count = () => store.count('apiKey', tenantId, {});

test('a user that goes while it gets a key has none', async () => {
  meanwhile = () => store.write([{ change: 'remove', kind: 'user', tenantId, id: caller.userId }]);
  await expect(create()).rejects.toMatchObject({ code: 'IDENTITY_KEY_NOT_FOUND' });
  expect(await count()).toBe(0);
});

test('two that come for the last place get it once', async () => {
  for (let at = 1; at < API_KEYS_PER_USER_MAX; at += 1) await create();
  const both = await Promise.allSettled([create(), create()]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both).toContainEqual({ status: 'rejected', reason: expect.objectContaining({ code: 'IDENTITY_KEYS_TOO_MANY' }) as Error });
  expect(await count()).toBe(API_KEYS_PER_USER_MAX);
});
