// The benchmark of entities over the MongoDB adapters, without HTTP: no server runs on them until there is the cluster
// profile. The questions are those of entities.ts, asked of the ports that the routes ask.
import { newTenant } from '@fieldline/directory';
import { Identity, identityDeps, setPassword } from '@fieldline/identity';
import { epochMs, silentLog, uuidV7Source, type Clock } from '@fieldline/kernel';
import type { EntityDataQuery, Predicate, QueryKey, TenantId, User } from '@fieldline/model';
import type { EntityQueries, EntityStore, PasswordHasher } from '@fieldline/ports';
import { openMongoDatabase, openMongoDataStore, openMongoEntityQueries, openMongoEntityStore } from '@fieldline/storage-mongo';
import * as nodeCrypto from 'node:crypto';
import { fillStores, type FilledStores } from './entity-world.ts';

const email = 'bench@fieldline.local';
const password = 'bench-password-1';
const clock: Clock = {
  nowMs: () => epochMs(Date.now()),
  monotonicMs: () => performance.now(),
  after: (_name, delayMs, fn) => {
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  },
};

/** What is measured, over stores that are filled. */
export interface MongoWorld {
  page(n: number): Promise<unknown>;
  list(page: number): Promise<unknown>;
  search(text: string): Promise<unknown>;
  signIn(): Promise<unknown>;
  close(): Promise<void>;
}

/** Fills a database of its own on a server. */
export async function mongoWorld(url: string, devices: number): Promise<MongoWorld> {
  const database = await openMongoDatabase({ url, name: `bench${Date.now()}` });
  const entities = await openMongoEntityStore({ database, clock, log: silentLog });
  const data = await openMongoDataStore({ database, clock, log: silentLog });
  const queries = await openMongoEntityQueries({ database, history: data, clock });
  const ids = uuidV7Source(clock.nowMs, (into) => void nodeCrypto.getRandomValues(into));
  const tenant = newTenant({ name: 'Bench', ids, nowMs: clock.nowMs() });
  await entities.write(tenant.changes);
  const stores: FilledStores = { entities, data, close: () => Promise.resolve() };
  await fillStores(stores, { tenantId: tenant.tenantId, profileId: tenant.profile.id, devices });
  const identity = await identityOf(entities, tenant.tenantId, ids);
  return {
    ...questionsOf(entities, queries, tenant.tenantId),
    signIn: () => identity.signIn(email, password, {}),
    async close() {
      await Promise.all([entities.close(), data.close()]);
      await database.close();
    },
  };
}

function questionsOf(entities: EntityStore, queries: EntityQueries, tenantId: TenantId): Pick<MongoWorld, 'page' | 'list' | 'search'> {
  return {
    page: (n) => queries.find(pageQuery(tenantId, n)),
    list: (page) => entities.page('device', tenantId, { pageSize: 50, page, sortBy: 'name', sortOrder: 'ASC' }),
    search: (textSearch) => entities.page('device', tenantId, { pageSize: 50, page: 0, textSearch }),
  };
}

function pageQuery(tenantId: TenantId, n: number): EntityDataQuery {
  const attribute = (key: string): QueryKey => ({ type: 'ATTRIBUTE', key });
  const filter = (key: string, predicate: Predicate): EntityDataQuery['filters'][number] => ({ key: attribute(key), predicate });
  return {
    scope: { tenantId },
    selector: { kind: 'type', entityType: 'DEVICE', types: ['default'], name: '' },
    filters: [
      filter('active', { type: 'BOOLEAN', operation: 'EQUAL', value: true }),
      filter('temperature', { type: 'NUMERIC', operation: 'GREATER', value: (n * 7) % 40 }),
    ],
    combine: 'AND',
    columns: [{ type: 'ENTITY_FIELD', key: 'name' }, { type: 'ENTITY_FIELD', key: 'label' }, ...['active', 'temperature', 'score'].map(attribute)],
    pageSize: 50,
    page: n % 10,
    sort: { key: attribute('score'), order: n % 2 === 0 ? 'DESC' : 'ASC' },
  };
}

async function identityOf(entities: EntityStore, tenantId: TenantId, ids: { next(): string }): Promise<Identity> {
  const parts = {
    entities,
    events: { publish: () => undefined, subscribe: () => () => undefined },
    hasher: argon2id,
    signer: { sign: (claims: object) => JSON.stringify(claims), verify: () => undefined },
    mail: { send: () => Promise.resolve() },
    clock,
    ids,
    random: (into: Uint8Array) => void nodeCrypto.getRandomValues(into),
    log: silentLog,
    sha256: (text: string) => nodeCrypto.createHash('sha256').update(text).digest('hex'),
  };
  const user: User = { id: ids.next(), tenantId, createdAtMs: clock.nowMs(), version: 1, email, authority: 'TENANT_ADMIN' };
  await entities.write([{ change: 'insert', kind: 'user', entity: user }]);
  const deps = identityDeps(parts);
  await setPassword(deps, user, password);
  return new Identity(deps);
}

/** The cost of the server's hasher, so that a sign-in takes here what it takes there. */
const argon2id: PasswordHasher = { hash: (text) => derive(text), verify: async (text, hash) => (await derive(text)) === hash };

function derive(message: string): Promise<string> {
  const parameters = { message, nonce: Buffer.alloc(16), tagLength: 32, memory: 19_456, passes: 2, parallelism: 1 };
  type Argon2 = (name: string, given: object, done: (error: Error | null, key: Buffer) => void) => void;
  const { argon2 } = nodeCrypto as unknown as { argon2: Argon2 };
  return new Promise((resolve, reject) =>
    argon2('argon2id', parameters, (error, key) => (error === null ? resolve(key.toString('hex')) : reject(error))),
  );
}
