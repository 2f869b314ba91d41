import { everyKind, sampleOf } from '@fieldline/contract-tests';
import { entityRules, ValueKind, type Alarm, type EntityId, type EntityKind, type TenantId, type UniqueRule } from '@fieldline/model';
import type { EntityChange, SystemUniqueFields } from '@fieldline/ports';
import { cpSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSqliteBlobStore } from '../blobs/sqlite-blob-store.js';
import { databaseFile } from '../database.js';
import { openSqliteEntityQueries } from '../queries/sqlite-entity-queries.js';
import { openStoresTogether, testFolder, type Opened } from '../test-folder.fixture.js';

// Goal: of a removed tenant nothing is read from the moment its removal is written, whatever of its rows is left; the rows go
// in slices, all of them and none of anybody else, also after the process ended in between. Method: the timer of the sweep is
// in the hands of the test, so that rows stay as long as it wants; rows are counted in every table that names a tenant.

let folder: ReturnType<typeof testFolder>;
let opened: Awaited<ReturnType<typeof openStoresTogether>>;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  folder = testFolder();
  opened = await openStoresTogether(folder.path);
  vi.runAllTimers();
});
afterEach(async () => {
  await opened.close();
  folder.remove();
  vi.useRealTimers();
});

const gone = '0a000000-0000-7000-8000-0000000000aa' as TenantId;
const kept = '0a000000-0000-7000-8000-0000000000bb' as TenantId;
const device = (n: number): EntityId => ({ entityType: 'DEVICE', id: sampleOf('device', n).id });
const paged = { page: 0, pageSize: 9 };
const alarmOf = (tenantId: TenantId, n: number): Alarm => ({
  id: `${tenantId} ${n}`,
  tenantId,
  createdAtMs: 1,
  type: 'Leak',
  originator: device(n),
  severity: 'MAJOR',
  startMs: 1,
  endMs: 1,
  details: null,
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
});
const message = (tenantId: TenantId) => ({ id: 'm', tenantId, type: 'T', originator: device(1), tsMs: 1, metadata: {}, text: '{}' });

/** Something of the tenant in every table, about the entities of this number. */
async function addEverything({ store: { data, entities }, writer }: typeof opened, tenantId: TenantId, n: number): Promise<void> {
  const insert = (kind: EntityKind): EntityChange => {
    const id = kind === 'tenant' ? tenantId : sampleOf(kind, n).id;
    return { change: 'insert', kind, entity: { ...sampleOf(kind, n), id, tenantId } } as EntityChange;
  };
  await entities.write(everyKind.map(insert));
  const unit = data.begin();
  for (const entity of [device(n), { entityType: 'RULE_NODE', id: 'unknown to queries' } as const]) {
    unit.point(tenantId, entity, 'temperature', 1, ValueKind.double, 1, 0);
    const attribute = { tenantId, entity, scope: 'SERVER_SCOPE', kind: ValueKind.long, value: 1, lastUpdateMs: 1 } as const;
    for (let key = 0; key < 120; key += 1) unit.attribute({ ...attribute, key: `key ${key}` });
  }
  unit.alarm(alarmOf(tenantId, n));
  unit.nodeState({ tenantId, ruleNodeId: 'node', entityId: '', state: 1 });
  unit.handOver({ id: tenantId, message: message(tenantId), at: { ruleChainId: 'c', ruleNodeId: 'n' }, callers: [], nodesRun: 1 });
  unit.deadLetter({ id: tenantId, message: message(tenantId), ruleChainId: 'c', code: 'X', error: 'e', failedAtMs: 1 });
  const head = { messageType: 'T', ruleChainId: 'c', startedAtMs: 1, reason: 'first', hasFailed: false, isStart: true, isCut: false } as const;
  unit.trace({ ...head, id: tenantId, tenantId, traceId: 'trace', originator: device(n), hops: [], messages: [] });
  await data.commit(unit);
  await writer.write({ statements: [{ sql: 'INSERT INTO retention (tenant_id, ttl_ms) VALUES (?, 1000)', rows: [[tenantId]] }] });
  const blobs = await openSqliteBlobStore({ path: folder.path, writer });
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield Uint8Array.of(1);
  }
  await blobs.put(tenantId, 'blob', bytes());
  await blobs.close();
}

/** How many rows name the tenant, by table; what the log still names and the mark itself stay. */
function rowsOf(path: string, tenantId: TenantId): Readonly<Record<string, number>> {
  const database = new DatabaseSync(databaseFile(path), { readOnly: true });
  const count = (sql: string): number => Number(database.prepare(sql).get(tenantId)?.['n']);
  const tables = database.prepare("SELECT m.name FROM sqlite_schema m, pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND c.name = 'tenant_id'");
  const named = tables.all().map(({ name }) => String(name));
  const rows = named.map((name) => [name, count(`SELECT count(*) AS n FROM ${name} WHERE tenant_id = ?`)] as const);
  const others = {
    hand_over: count('SELECT count(*) AS n FROM hand_over WHERE id = ?'),
    attribute: count('SELECT count(*) AS n FROM attribute JOIN numbered_entity ON number = entity_number WHERE tenant_id = ?'),
    blob_piece: count('SELECT count(*) AS n FROM blob_piece JOIN blob USING (upload) WHERE tenant_id = ?'),
  };
  database.close();
  return Object.fromEntries([...rows, ...Object.entries(others)].filter(([name]) => name !== 'entity'));
}

const sum = (rows: Readonly<Record<string, number>>): number => Object.values(rows).reduce((a, b) => a + b, 0);

/** Everything that is said about the tenant and its entities of this number, by whoever says anything. */
async function everythingAbout({ store: { data, entities } }: Opened<(typeof opened)['store']>, tenantId: TenantId, n: number): Promise<unknown> {
  const queries = openSqliteEntityQueries({ path: folder.path, latest: data });
  const scope = { tenantId };
  const devices = { scope, selector: { kind: 'type', entityType: 'DEVICE', name: '' }, filters: [], combine: 'AND' } as const;
  const ofKinds = everyKind.map(async (kind) => {
    const { id } = sampleOf(kind, n);
    const [found, all, page] = [entities.find(kind, tenantId, id), entities.findAll(kind, tenantId, {}, 9), entities.page(kind, tenantId, paged)];
    const many = await entities.findMany(kind, tenantId, [id]);
    const counted = [await entities.count(kind, tenantId), (await page).totalElements];
    const unique = (entityRules[kind].unique as readonly UniqueRule<EntityKind>[]).map(async ({ within, field }) => {
      if (within !== 'system' || !(kind in systemUnique)) return undefined;
      const value = String((sampleOf(kind, n) as unknown as Readonly<Record<string, unknown>>)[field]);
      return entities.findUnique(kind as keyof SystemUniqueFields, field as never, value);
    });
    return [kind, await found, await all, (await page).data, many, ...counted, await entities.tenantOf(kind, id), await Promise.all(unique)];
  });
  const answer = {
    entities: await Promise.all(ofKinds),
    tenants: (await entities.tenants(paged)).data.filter(({ id }) => id === tenantId),
    tenantIds: (await entities.tenantIds()).includes(tenantId),
    user: await entities.userByEmail(sampleOf('user', n).email),
    credentials: await entities.credentialsById(sampleOf('deviceCredentials', n).credentialsId),
    found: (await queries.find({ ...devices, ...paged, columns: [] })).data,
    counted: await queries.count(devices),
    selected: await queries.select(scope, devices.selector, 9),
    alarmsCounted: await queries.countAlarms({ scope, withPropagated: false }),
    latest: await data.latest(tenantId, device(n)),
    attributes: await data.attributes(tenantId, device(n), 'SERVER_SCOPE', ['key 1']),
    attributeKeys: (await data.attributeKeysOfMany(tenantId, [device(n)])).SERVER_SCOPE,
    everyAttribute: (await data.everyAttribute('SERVER_SCOPE', 'key 1')).filter((found) => found.tenantId === tenantId),
    alarms: (await data.alarms(tenantId, paged)).data,
    types: (await data.alarmTypes(tenantId, paged)).data,
    severity: await data.highestSeverity(tenantId, {}),
    nodeStates: await data.nodeStates(tenantId, 'node', 9),
    handOvers: (await data.openHandOvers()).filter((work) => work.message.tenantId === tenantId),
    deadLetters: (await data.deadLetters(tenantId, paged)).data,
    traces: [await data.traces(tenantId, paged), await data.traceParts(tenantId, 'trace'), await data.traceUsage(tenantId)],
  };
  queries.close();
  return answer;
}
const systemUnique = { userCredentials: true, apiKey: true, deviceProfile: true, userSettings: true };

test('nobody reads what is left of it, before and after a restart', async () => {
  await addEverything(opened, gone, 1);
  const nothing = await everythingAbout(opened, 'no such tenant' as TenantId, 99);
  const everything = JSON.stringify(await everythingAbout(opened, gone, 1));
  expect(everything.length).toBeGreaterThan(10 * JSON.stringify(nothing).length);
  await opened.store.entities.write([{ change: 'remove-tenant', tenantId: gone }]);
  const unit = opened.store.data.begin();
  unit.removeTenant(gone);
  await opened.store.data.commit(unit);
  expect(await everythingAbout(opened, gone, 1)).toEqual(nothing);
  const blobs = await openSqliteBlobStore({ path: folder.path, writer: opened.writer });
  expect([await blobs.read(gone, 'blob'), await blobs.bytes(gone)]).toEqual([undefined, 0]);
  await blobs.close();
  await opened.close();
  opened = await openStoresTogether(folder.path);
  expect(await everythingAbout(opened, gone, 1)).toEqual(nothing);
  const goneAtOnce = ['tenant', 'retention'];
  expect(Object.entries(rowsOf(folder.path, gone)).filter(([table, rows]) => rows === 0 && !goneAtOnce.includes(table))).toEqual([]);
});

test('what is left of it takes no name from anybody and cannot be changed', async () => {
  await addEverything(opened, gone, 1);
  const { entities } = opened.store;
  const stored = await entities.find('device', gone, device(1).id);
  await entities.write([{ change: 'remove-tenant', tenantId: gone }]);
  const renamed = entities.write([{ change: 'update', kind: 'device', entity: { ...stored!, name: 'Renamed' } }]);
  await expect(renamed).rejects.toMatchObject({ code: 'STORAGE_VERSION_CONFLICT' });
  await addEverything(opened, kept, 1);
  expect((await entities.userByEmail(sampleOf('user', 1).email))?.tenantId).toBe(kept);
  expect((await entities.credentialsById(sampleOf('deviceCredentials', 1).credentialsId))?.device.tenantId).toBe(kept);
});

test('its rows go in slices, with writes of others in between, to the last, and those of others stay', async () => {
  for (let n = 1; n <= 60; n += 20) await addEverything(opened, n === 1 ? kept : (`${gone} ${n}` as TenantId), n);
  const removed = [21, 41].map((n) => `${gone} ${n}` as TenantId);
  const others = rowsOf(folder.path, kept);
  await opened.store.entities.write(removed.map((tenantId) => ({ change: 'remove-tenant', tenantId })));
  const slices: number[] = [];
  // Time passes with each question for it, so that a slice is over after a few statements.
  let nowMs = 0;
  const time = vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 1));
  const left = (): number => removed.reduce((rows, tenantId) => rows + sum(rowsOf(folder.path, tenantId)), 0);
  while (left() > 0 && slices.length < 1_000) {
    slices.push(left());
    vi.advanceTimersToNextTimer();
    const auditLog = { ...sampleOf('auditLog', 900 + slices.length), tenantId: kept };
    await opened.store.entities.write([{ change: 'insert', kind: 'auditLog', entity: auditLog }]);
  }
  time.mockRestore();
  expect(slices.length).toBeGreaterThan(10);
  expect(slices).toEqual([...new Set(slices)].sort((a, b) => b - a));
  expect(rowsOf(folder.path, kept)).toEqual({ ...others, audit_log: (others['audit_log'] ?? 0) + slices.length });
  vi.runAllTimers();
  expect(vi.getTimerCount()).toBe(0);
});

test('a process that ends in the middle leaves the rest to the next', async () => {
  await addEverything(opened, gone, 1);
  await addEverything(opened, kept, 2);
  const others = rowsOf(folder.path, kept);
  await opened.store.entities.write([{ change: 'remove-tenant', tenantId: gone }]);
  let nowMs = 0;
  const time = vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 1));
  vi.advanceTimersToNextTimer();
  time.mockRestore();
  const killed = testFolder();
  cpSync(folder.path, killed.path, { recursive: true });
  const left = sum(rowsOf(killed.path, gone));
  expect(left).toBeGreaterThan(100);
  const next = await openStoresTogether(killed.path);
  vi.runAllTimers();
  await next.close();
  expect([sum(rowsOf(killed.path, gone)), rowsOf(killed.path, kept)]).toEqual([0, others]);
  killed.remove();
});
