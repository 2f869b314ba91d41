import { ValueKind, type EntityKind, type TenantId } from '@fieldline/model';
import type { CommitUnit } from '@fieldline/ports';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseFile } from '../database.js';
import { FORMAT_VERSION } from '../schema.js';
import { openDataStore, openEntityStore, testFolder } from '../test-folder.fixture.js';
import { inProcessWriter } from '../writer/in-process-writer.js';
import { makeVersion1Folder } from './version-1.fixture.js';

// Goal: a data folder of an earlier version opens with everything in it, or stays as it was.
// Method: a folder made by the statements of version 1, opened by this version; its tables beside those of a new folder.

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

const tenant = '0a000000-0000-7000-8000-000000000001' as TenantId;
const head = (id: string) => ({ id, tenantId: tenant, createdAtMs: 5, version: 3 });
const node = { id: 'n', type: 'filter.script', name: 'Warm?', configVersion: 1, config: null, layout: { x: 1, y: 2 } };
const entities: Readonly<Partial<Record<EntityKind, object>>> = {
  tenant: { ...head(tenant), name: 'Tenant' },
  user: { ...head('u'), email: 'Zoe@example.org', authority: 'TENANT_ADMIN', firstName: 'Zoë' },
  userCredentials: { ...head('uc'), userId: 'u', isEnabled: true, passwordChangedAtMs: 0, failedAttempts: 0 },
  device: { ...head('d'), name: 'Pump', label: 'Keller', deviceProfileId: 'p', type: 'default', customerId: 'c' },
  deviceProfile: { ...head('p'), name: 'default', isDefault: true, transportType: 'DEFAULT', kaaAppVersion: 'app', profileData: {} },
  deviceCredentials: { ...head('dc'), deviceId: 'd', credentialsType: 'ACCESS_TOKEN', credentialsId: 'token' },
  ruleChain: { ...head('r'), name: 'Root', isRoot: true, nodes: [node], connections: [] },
};

/** A row as version 1 wrote it, as far as this version reads it: the other columns were made from the document. */
function addEntity(database: DatabaseSync, table: string, entity: object): void {
  const insert = `INSERT INTO ${table} (id, tenant_id, created_at_ms, version, search, document) VALUES (?, ?, 5, 3, '', ?)`;
  database.prepare(insert).run((entity as { id: string }).id, tenant, JSON.stringify(entity));
}

const tableNames: Readonly<Record<string, string>> = {
  userCredentials: 'user_credentials',
  deviceProfile: 'device_profile',
  deviceCredentials: 'device_credentials',
  ruleChain: 'rule_chain',
};
const addEntities = (database: DatabaseSync): void => {
  for (const [kind, entity] of Object.entries(entities)) addEntity(database, tableNames[kind] ?? kind, entity);
};

/** Every table with its columns, and every index with its own: what statements can rely on, however it came to be. */
function shapeOf(path: string): Readonly<Record<string, readonly string[]>> {
  const database = new DatabaseSync(databaseFile(path), { readOnly: true });
  const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
  const shape = names.map(({ name }): readonly [string, readonly string[]] => {
    const columns = database.prepare('SELECT name, type, "notnull", pk FROM pragma_table_xinfo(?) ORDER BY name').all(String(name));
    const indexes = database.prepare('SELECT name, "unique", partial FROM pragma_index_list(?)').all(String(name));
    const indexed = indexes.map((index) => {
      const parts = database.prepare('SELECT name FROM pragma_index_info(?) ORDER BY seqno').all(String(index['name']));
      return [index['unique'], index['partial'], ...parts.map((part) => part['name'])].join(' ');
    });
    return [String(name), [...columns.map((column) => Object.values(column).join(' ')), ...indexed.sort()]];
  });
  database.close();
  return Object.fromEntries(shape.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function openAndClose(path: string): Promise<void> {
  const writer = inProcessWriter(path);
  await writer.ready().finally(() => writer.close());
}

const versionOf = (path: string): unknown => {
  const database = new DatabaseSync(databaseFile(path), { readOnly: true });
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  database.close();
  return version;
};

const rowOf = (sql: string): unknown => {
  const database = new DatabaseSync(databaseFile(folder.path), { readOnly: true });
  const row = database.prepare(sql).get();
  database.close();
  return { ...row };
};

/** Makes the data plane's tables as an earlier version had them. */
function backTo(version: 2 | 4 | 6, path: string): void {
  const database = new DatabaseSync(databaseFile(path));
  database.exec(
    'DROP TABLE packing; DROP TABLE packed_publish; DROP TABLE block; DROP TABLE latest; DROP TABLE retention; DROP INDEX series_of_entity',
  );
  database.exec(`DROP INDEX entity_removed; ALTER TABLE entity DROP COLUMN is_swept; PRAGMA user_version = ${version}`);
  if (version === 6) return database.close();
  database.exec('DROP INDEX hand_over_ready; DROP INDEX hand_over_held');
  database.exec('ALTER TABLE hand_over DROP COLUMN rule_node_id; ALTER TABLE hand_over DROP COLUMN due_ms');
  database.exec(`DROP TABLE trace; DROP TABLE trace_usage; PRAGMA user_version = ${version}`);
  if (version === 2) database.exec('ALTER TABLE removed_tenant DROP COLUMN is_swept');
  database.close();
}

test('every entity of version 1 is there, with its version and the defaults that came since', async () => {
  makeVersion1Folder(folder.path, addEntities);
  const { store, close } = await openEntityStore(folder.path);
  for (const [kind, entity] of Object.entries(entities)) {
    expect(await store.find(kind as EntityKind, tenant, (entity as { id: string }).id)).toMatchObject(entity);
  }
  expect(await store.find('deviceProfile', tenant, 'p')).toMatchObject({ provisionType: 'DISABLED', kaaAutoExtraction: false });
  expect((await store.userByEmail('zoe@example.org'))?.id).toBe('u');
  expect((await store.credentialsById('token'))?.device.id).toBe('d');
  await close();
});

test('what version 2 looks up, filters, sorts and searches by is filled in', async () => {
  makeVersion1Folder(folder.path, addEntities);
  const { store, close } = await openEntityStore(folder.path);
  const idsOf = async (query: object, filter: Readonly<Record<string, string>> = {}) =>
    (await store.page('device', tenant, { page: 0, pageSize: 9, ...query }, filter)).data.map(({ id }) => id);
  expect(await idsOf({}, { customerId: 'c' })).toEqual(['d']);
  expect(await idsOf({ textSearch: 'kell' })).toEqual(['d']);
  expect(await store.count('deviceProfile', tenant, { kaaAppVersion: 'app' })).toBe(1);
  await store.write([{ change: 'update', kind: 'device', entity: { ...(await store.findAll('device', tenant, {}, 1))[0]!, name: 'New name' } }]);
  expect((await store.find('device', tenant, 'd'))?.version).toBe(4);
  await close();
});

test('what may be large stands apart since version 3, also where this version upgrades its own tables', async () => {
  const dashboard = { ...head('b'), name: 'Pumps', image: 'data:', customerIds: ['c'], configuration: { widgets: { a: [1] } } };
  makeVersion1Folder(folder.path, (database) => {
    database.exec('CREATE TABLE dashboard (id TEXT, tenant_id TEXT, created_at_ms INTEGER, version INTEGER, search TEXT, document TEXT)');
    addEntity(database, 'dashboard', dashboard);
  });
  for (const from of [1, 2, FORMAT_VERSION]) {
    if (from > 1) backTo(2, folder.path);
    const { store, close } = await openEntityStore(folder.path);
    expect(await store.find('dashboard', tenant, 'b')).toMatchObject(dashboard);
    const { image: _, configuration: __, ...info } = dashboard;
    expect(await store.findInfos('dashboard', tenant, ['b'])).toEqual([{ ...info, isHiddenOnMobile: false }]);
    await close();
  }
  expect(versionOf(folder.path)).toBe(FORMAT_VERSION);
});

test('attributes of version 1 are there, also those of entities the directory does not know', async () => {
  makeVersion1Folder(folder.path, (database) => {
    addEntities(database);
    const insert = database.prepare('INSERT INTO attribute VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    insert.run(tenant, 'DEVICE', 'd', 'SERVER_SCOPE', 'model', ValueKind.string, 'T-1000', 7);
    insert.run(tenant, 'DEVICE', 'd', 'CLIENT_SCOPE', 'model', ValueKind.long, 12n, 8);
    insert.run(tenant, 'ASSET', 'a', 'SERVER_SCOPE', 'model', ValueKind.double, 1.5, 9);
  });
  const { store, close } = await openDataStore(folder.path);
  const model = { key: 'model', kind: ValueKind.string, value: 'T-1000', lastUpdateMs: 7 };
  expect(await store.attributes(tenant, { entityType: 'DEVICE', id: 'd' }, 'SERVER_SCOPE')).toEqual([model]);
  const ofAsset = { ...model, kind: ValueKind.double, value: 1.5, lastUpdateMs: 9 };
  expect(await store.attributes(tenant, { entityType: 'ASSET', id: 'a' }, 'SERVER_SCOPE')).toEqual([ofAsset]);
  expect(await store.attributes(tenant, { entityType: 'DEVICE', id: 'd' }, 'CLIENT_SCOPE')).toMatchObject([
    { kind: ValueKind.long, lastUpdateMs: 8 },
  ]);
  await close();
});

test('traces are kept since version 5, beside what version 4 has', async () => {
  let opened = await openDataStore(folder.path);
  const originator = { entityType: 'DEVICE', id: 'd' } as const;
  const commit = async (fill: (unit: CommitUnit) => void): Promise<void> => {
    const unit = opened.store.begin();
    fill(unit);
    await opened.store.commit(unit);
  };
  await commit((unit) => unit.point(tenant, originator, 'temperature', 1, ValueKind.double, 21.5, 0));
  await opened.close();
  backTo(4, folder.path);
  opened = await openDataStore(folder.path);
  const part = { id: 'p', tenantId: tenant, traceId: 't', originator, messageType: 'T', ruleChainId: 'c', startedAtMs: 1, reason: 'first' } as const;
  await commit((unit) => unit.trace({ ...part, hasFailed: false, isStart: true, isCut: false, hops: [], messages: [] }));
  expect(await opened.store.traceParts(tenant, 't')).toMatchObject([part]);
  expect((await opened.store.traceUsage(tenant)).parts).toBe(1);
  await commit((unit) => unit.trimTraces(tenant, { beforeMs: 2, bytesMax: 0 }));
  expect(await opened.store.traceUsage(tenant)).toEqual({ bytes: 0, parts: 0 });
  expect(await opened.store.keys(tenant, originator)).toEqual(['temperature']);
  await opened.close();
  expect(versionOf(folder.path)).toBe(FORMAT_VERSION);
});

test('hand-overs of version 4 are found by their node and their time since version 6', async () => {
  const opened = await openDataStore(folder.path);
  const message = { id: 'm', tenantId: tenant, type: 'T', originator: { entityType: 'DEVICE', id: 'd' }, tsMs: 1, metadata: {}, text: '{}' } as const;
  const ready = { id: 'w', message, at: { ruleChainId: 'c', ruleNodeId: 'n' }, callers: [], nodesRun: 1 };
  const held = { ...ready, id: 'h', dueMs: 5 };
  const unit = opened.store.begin();
  for (const work of [ready, held]) unit.handOver(work);
  await opened.store.commit(unit);
  await opened.close();
  backTo(4, folder.path);
  const { store, close } = await openDataStore(folder.path);
  expect([await store.readyHandOvers('n', 9), await store.heldHandOvers(9), await store.handOverCounts()]).toEqual([
    [ready],
    [held],
    [{ ruleNodeId: 'n', ready: 1, held: 1 }],
  ]);
  await close();
});

test('what version 6 keeps in its log is there, and is still to be packed', async () => {
  const opened = await openDataStore(folder.path);
  const originator = { entityType: 'DEVICE', id: 'd' } as const;
  const unit = opened.store.begin();
  unit.point(tenant, originator, 'temperature', 1, ValueKind.double, 21.5, 0);
  await opened.store.commit(unit);
  await opened.close();
  backTo(6, folder.path);
  const { store, writer, close } = await openDataStore(folder.path);
  expect(await store.latest(tenant, originator)).toMatchObject([{ key: 'temperature', tsMs: 1, value: 21.5 }]);
  expect([writer.lastLogSeq, rowOf('SELECT through_seq, opened_seq FROM packing')]).toEqual([1, { through_seq: 0, opened_seq: 1 }]);
  await close();
  expect(versionOf(folder.path)).toBe(FORMAT_VERSION);
});

test('an upgraded folder has the tables and indexes of a new one', async () => {
  makeVersion1Folder(folder.path, addEntities);
  await openAndClose(folder.path);
  const fresh = testFolder();
  await openAndClose(fresh.path);
  expect(shapeOf(folder.path)).toEqual(shapeOf(fresh.path));
  expect(versionOf(folder.path)).toBe(FORMAT_VERSION);
  fresh.remove();
});

test('an upgraded folder is not upgraded again', async () => {
  makeVersion1Folder(folder.path, addEntities);
  await openAndClose(folder.path);
  await openAndClose(folder.path);
  expect(versionOf(folder.path)).toBe(FORMAT_VERSION);
});

test('a folder that cannot be upgraded is refused and stays as it was', async () => {
  makeVersion1Folder(folder.path, (database) => {
    addEntities(database);
    addEntity(database, 'rule_chain', { id: 'broken', isRoot: 'perhaps' });
  });
  const before = shapeOf(folder.path);
  await expect(openAndClose(folder.path)).rejects.toMatchObject({ code: 'STORAGE_CORRUPT', message: expect.stringContaining('ruleChain') });
  expect([shapeOf(folder.path), versionOf(folder.path)]).toEqual([before, 1]);
});
