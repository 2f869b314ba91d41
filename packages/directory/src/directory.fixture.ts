import type { Clock } from '@fieldline/kernel';
import { epochMs, silentLog } from '@fieldline/kernel';
import type { ActionMessage, EntityId, NodeCatalogue, TenantId } from '@fieldline/model';
import type { Caller, ControlEvent, ControlEvents, EntityChange, EntityStore } from '@fieldline/ports';
import { memoryBlobStore, memoryDataStore, memoryEntityQueries, memoryEntityStore } from '@fieldline/storage-memory';
import { DeviceProfiles, Devices, entityAccess, newTenant, RuleChains } from './index.js';

/** A directory over the memory store with two tenants, a caller of each and one of a customer, and the events it published. */
export async function openDirectory() {
  let nowMs = 1_700_000_000_000;
  let id = 0;
  let byte = 0;
  const clock: Clock = { nowMs: () => epochMs(nowMs++), monotonicMs: () => nowMs, after: () => () => undefined };
  const ids = { next: () => `00000000-0000-7000-8000-${String(++id).padStart(12, '0')}` };
  const entities: EntityStore = memoryEntityStore();
  const data = memoryDataStore({ entities });
  const published: ControlEvent[] = [];
  const events: ControlEvents = { publish: (event) => published.push(event), subscribe: () => () => undefined };
  const catalogue: NodeCatalogue = {
    facts: (type) =>
      type.startsWith('unknown')
        ? undefined
        : {
            relationTypes: 'custom',
            hasInput: true,
            configIssues: (config) => ((config as { isWrong?: boolean }).isWrong === true ? ['limit: too small'] : []),
          },
  };
  const random = (into: Uint8Array): void => into.forEach((_, place) => (into[place] = byte++ % 248));
  const told: ActionMessage[] = [];
  const ordered: object[] = [];
  const deps = {
    entities,
    events,
    access: entityAccess(entities),
    messages: { send: async (messages: readonly ActionMessage[]) => void told.push(...messages) },
    // What the data plane was told to do, in order.
    data: {
      removeEntities: async (tenantId: TenantId, removed: readonly EntityId[]) => void ordered.push({ removeEntities: removed, tenantId }),
      removeTenant: async (tenantId: TenantId) => void ordered.push({ removeTenant: tenantId }),
      copyAttributes: async (tenantId: TenantId, copy: unknown) => void ordered.push({ copyAttributes: copy, tenantId }),
      removeAttributes: async (_: unknown, removal: { readonly keys: readonly string[] }) => {
        ordered.push({ removeAttributes: removal });
        return removal.keys;
      },
      unassignAlarmsOf: async (_: unknown, user: { readonly id: string }) => void ordered.push({ unassignAlarmsOf: user.id }),
    },
    many: data,
    queries: memoryEntityQueries({ entities, data }),
    blobs: memoryBlobStore(),
    clock,
    ids,
    random,
    log: silentLog,
    sha3: (text: string) => `sha3(${text})`,
    catalogue,
  };
  const one = newTenant({ name: 'One', ids, nowMs });
  const two = newTenant({ name: 'Two', ids, nowMs });
  await entities.write([...one.changes, ...two.changes]);
  const caller = (tenantId: TenantId, authority: Caller['authority'], customerId?: string): Caller => ({
    userId: ids.next(),
    email: 'a@b.c',
    authority,
    tenantId,
    customerId,
    sessionId: 's',
    expiresAtMs: Number.MAX_SAFE_INTEGER,
  });
  return {
    deps,
    entities,
    data,
    published,
    told,
    ordered,
    one,
    two,
    admin: caller(one.tenantId, 'TENANT_ADMIN'),
    stranger: caller(two.tenantId, 'TENANT_ADMIN'),
    customer: caller(one.tenantId, 'CUSTOMER_USER', 'customer-1'),
    system: caller('13814000-1dd2-11b2-8080-808080808080' as TenantId, 'SYS_ADMIN'),
    devices: new Devices(deps),
    profiles: new DeviceProfiles(deps),
    chains: new RuleChains(deps),
    passTime: (ms: number) => (nowMs += ms),
  };
}

type Directory = Awaited<ReturnType<typeof openDirectory>>;

/** The dependencies with a store in which somebody else comes in before the first write that fits. */
export function meanwhileIn(
  { deps, entities: store }: Directory,
  fits: (changes: readonly EntityChange[]) => boolean,
  act: () => Promise<unknown>,
): Directory['deps'] {
  let isDue = true;
  const write = async (changes: readonly EntityChange[]): Promise<void> => {
    if (isDue && fits(changes)) {
      isDue = false;
      await act();
    }
    return store.write(changes);
  };
  const entities = new Proxy(store, {
    get: (_, name) => (name === 'write' ? write : (store[name as keyof EntityStore] as () => unknown).bind(store)),
  });
  return { ...deps, entities };
}

/** The code a promise is rejected with. */
export function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: { code?: string; message?: string }) => error.code ?? error.message ?? 'no text',
  );
}
