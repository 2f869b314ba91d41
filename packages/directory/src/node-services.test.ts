// Goal: what rule nodes see of the directory is what the SDK's harness shows their tests, and stays true after every change.
// Method: one table of questions and changes, asked of the services over the memory store and of the SDK's fakes; then what
// only the real ones can show: the audit log, silence, names taken at the same moment, other tenants, events, secrets.
import type { EntityId, EntityType } from '@fieldline/model';
import type { EntitiesService, RelatedQuery, RelationEnds, RelationsService } from '@fieldline/plugin-sdk';
import type { KnownEntity } from '@fieldline/plugin-sdk/testing';
import { knownEntities, knownRelations } from '@fieldline/plugin-sdk/testing';
import type { ControlEvent } from '@fieldline/ports';
import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf, openDirectory } from './directory.fixture.js';
import type { NodeChanges } from './index.js';
import { Assets, changesForNodes, Customers, Dashboards, EntityViews, NodeDirectory, Relations, Users } from './index.js';

interface World {
  readonly entities: EntitiesService;
  readonly relations: RelationsService;
  /** An entity by its name. */
  id(name: string): EntityId;
  nameOf(entity: EntityId | undefined): string | undefined;
}

const devices = ['thermometer', 'pump', 'valve'];
const assets = ['house', 'cellar', 'attic'];
const links: readonly [string, string, string][] = [
  ['house', 'Contains', 'cellar'],
  ['house', 'Contains', 'attic'],
  ['cellar', 'Contains', 'pump'],
  ['cellar', 'Watches', 'valve'],
  ['pump', 'Feeds', 'valve'],
  ['valve', 'Returns', 'cellar'],
];

async function realWorld() {
  const directory = await openDirectory();
  const { deps, admin, one } = directory;
  const ids = new Map<string, EntityId>();
  const add = (entityType: EntityType, name: string, id: string): void => void ids.set(name, { entityType, id });
  const customer = await new Customers(deps).save(admin, { name: 'Acme' });
  add('CUSTOMER', 'Acme', customer.id);
  for (const name of devices) add('DEVICE', name, (await directory.devices.save(admin, { name, type: 'sensor', customerId: customer.id })).id);
  for (const name of assets) add('ASSET', name, (await new Assets(deps).save(admin, { name, type: 'room' })).id);
  add('USER', 'ann@example.com', (await new Users(deps).save(admin, { email: 'ann@example.com', authority: 'TENANT_ADMIN' })).id);
  add('DASHBOARD', 'Overview', (await new Dashboards(deps).save(admin, { name: 'Overview', isHiddenOnMobile: false, customerIds: [] })).id);
  const idOf = (name: string): EntityId => ids.get(name) ?? { entityType: 'DEVICE', id: name };
  for (const [from, type, to] of links) await new Relations(deps).save(admin, { from: idOf(from), to: idOf(to), type, typeGroup: 'COMMON' });
  directory.told.length = 0;
  const alarm = async (_: unknown, id: string) => (id === 'alarm-1' ? { name: 'Hot' } : undefined);
  const node = { tenantId: one.tenantId, id: 'node-1', name: 'Assign it' };
  const seen = { next: 0 };
  const passEvents = (): void =>
    directory.published.slice(seen.next, (seen.next = directory.published.length)).forEach((event) => services.changed(event));
  const services = new NodeDirectory({ ...deps, alarm, changes: followed(changesForNodes(deps), passEvents) });
  passEvents();
  const world: World = {
    entities: services.entities(node),
    relations: services.relations(node),
    id: idOf,
    nameOf: (entity) => [...ids].find(([, { id }]) => id === entity?.id)?.[0],
  };
  return { ...directory, ...world, store: directory.entities, services, node, passEvents };
}

/** As the link to the main thread does: the events of a change arrive before its answer. */
function followed(changes: NodeChanges, passEvents: () => void): NodeChanges {
  const follow =
    (act: (...args: readonly never[]) => Promise<unknown>) =>
    (...args: readonly never[]) =>
      act(...args).finally(passEvents);
  return Object.fromEntries(Object.entries(changes).map(([name, act]) => [name, follow(act as never)])) as unknown as NodeChanges;
}

function fakeWorld(): World {
  const idOf = (name: string): EntityId => ({ entityType: typeOf(name), id: `id of ${name}` });
  const known: KnownEntity[] = [...devices, ...assets, 'Acme', 'ann@example.com', 'Overview'].map((name) => ({
    entity: idOf(name),
    name,
    ...(devices.includes(name) ? { customer: idOf('Acme'), profile: 'sensor' } : assets.includes(name) ? { profile: 'room' } : {}),
  }));
  const related: RelationEnds[] = links.map(([from, type, to]) => ({ from: idOf(from), to: idOf(to), type }));
  const entities = knownEntities(known);
  return { entities, relations: knownRelations(related), id: idOf, nameOf: (entity) => known.find((one) => one.entity.id === entity?.id)?.name };
}

function typeOf(name: string): EntityType {
  if (devices.includes(name)) return 'DEVICE';
  if (assets.includes(name)) return 'ASSET';
  return name === 'Acme' ? 'CUSTOMER' : name === 'Overview' ? 'DASHBOARD' : name.includes('@') ? 'USER' : 'DEVICE';
}

describe.each([
  { name: 'over the memory store', open: realWorld },
  { name: 'of the harness', open: fakeWorld },
])('services of rule nodes $name', ({ open }) => {
  let w: World;
  beforeEach(async () => {
    w = await open();
  });
  const named = (found: readonly EntityId[]): (string | undefined)[] => found.map((one) => w.nameOf(one)).sort();

  it('find entities by id and by name, title or email', async () => {
    for (const name of ['thermometer', 'house', 'Acme', 'ann@example.com', 'Overview']) {
      const found = await w.entities.findByName(typeOf(name), name);
      expect([name, w.nameOf(found?.entity)]).toEqual([name, name]);
      expect((await w.entities.find(w.id(name)))?.json['id']).toEqual(w.id(name));
    }
    expect(await w.entities.findByName('DEVICE', 'house')).toBeUndefined();
    expect(await w.entities.findByName('EDGE', 'thermometer')).toBeUndefined();
    expect(await w.entities.find({ entityType: 'ASSET', id: w.id('pump').id })).toBeUndefined();
    expect(await w.entities.find({ entityType: 'EDGE', id: w.id('pump').id })).toBeUndefined();
  });

  it('know customer and profile', async () => {
    expect(await w.entities.customerOf(w.id('pump'))).toEqual(w.id('Acme'));
    expect(await w.entities.customerOf(w.id('Acme'))).toEqual(w.id('Acme'));
    expect(await w.entities.customerOf(w.id('house'))).toBeUndefined();
    expect(await w.entities.customerOf(w.id('nobody'))).toBeUndefined();
    expect([await w.entities.profileNameOf(w.id('pump')), await w.entities.profileNameOf(w.id('house'))]).toEqual(['sensor', 'room']);
    expect(await w.entities.profileNameOf(w.id('Acme'))).toBeUndefined();
  });

  it('make what is not there, once', async () => {
    for (const entityType of ['DEVICE', 'ASSET', 'CUSTOMER'] as const) {
      const made = await w.entities.ensure({ entityType, name: 'new one', profile: entityType === 'CUSTOMER' ? undefined : 'kind' });
      expect([made.isNew, made.json['name']]).toEqual([true, 'new one']);
      const again = await w.entities.ensure({ entityType, name: 'new one' });
      expect([again.isNew, again.entity]).toEqual([false, made.entity]);
      if (entityType !== 'CUSTOMER') expect(await w.entities.profileNameOf(made.entity)).toBe('kind');
    }
    const found = await w.entities.ensure({ entityType: 'DEVICE', name: 'pump' });
    expect([found.isNew, found.entity]).toEqual([false, w.id('pump')]);
  });

  it('assign to a customer and take back, any number of times', async () => {
    const { entity: other } = await w.entities.ensure({ entityType: 'CUSTOMER', name: 'Other' });
    for (const name of ['house', 'house', 'pump']) await w.entities.assign(w.id(name), other);
    expect([await w.entities.customerOf(w.id('house')), await w.entities.customerOf(w.id('pump'))]).toEqual([other, other]);
    for (const name of ['house', 'house']) await w.entities.unassign(w.id(name));
    expect(await w.entities.customerOf(w.id('house'))).toBeUndefined();
    for (const act of [w.entities.assign, w.entities.assign, w.entities.unassign, w.entities.unassign]) await act(w.id('Overview'), other);
    expect(await codeOf(w.entities.assign(w.id('nobody'), other))).toMatch(/ENTITY_NOT_FOUND$/);
  });

  it('save and remove relations, any number of times', async () => {
    const relation = { from: w.id('attic'), to: w.id('thermometer'), type: 'Contains' };
    expect(await w.relations.exists(relation)).toBe(false);
    for (const act of [w.relations.save, w.relations.save]) await act(relation);
    expect(await w.relations.exists(relation)).toBe(true);
    expect(await w.relations.exists({ ...relation, type: 'contains' })).toBe(false);
    expect(await w.relations.of(w.id('attic'), 'FROM', 'Contains')).toEqual([relation]);
    expect(await w.relations.of(w.id('attic'), 'TO', 'Contains')).toEqual([{ from: w.id('house'), to: w.id('attic'), type: 'Contains' }]);
    for (const act of [w.relations.remove, w.relations.remove]) await act(relation);
    expect(await w.relations.exists(relation)).toBe(false);
  });

  const every: RelatedQuery = { direction: 'FROM', maxLevel: 0, fetchLastLevelOnly: false, filters: [] };
  it.each<{ why: string; root: string; query: Partial<RelatedQuery>; found: string[] }>([
    { why: 'one level', root: 'house', query: { maxLevel: 1 }, found: ['attic', 'cellar'] },
    { why: 'all levels where the number is 0, each entity once', root: 'house', query: {}, found: ['attic', 'cellar', 'pump', 'valve'] },
    {
      why: 'the other direction, back to the root where they form a ring',
      root: 'pump',
      query: { direction: 'TO' },
      found: ['cellar', 'house', 'pump', 'valve'],
    },
    { why: 'the deepest level alone', root: 'house', query: { maxLevel: 2, fetchLastLevelOnly: true }, found: ['pump', 'valve'] },
    {
      why: 'filters do not stop the walk',
      root: 'house',
      query: { filters: [{ relationType: 'Feeds', entityTypes: [] }] },
      found: ['valve'],
    },
    {
      why: 'entity types',
      root: 'house',
      query: { filters: [{ relationType: 'Contains', entityTypes: ['DEVICE'] }] },
      found: ['pump'],
    },
    {
      why: 'any filter',
      root: 'house',
      query: {
        filters: [
          { relationType: 'Watches', entityTypes: [] },
          { relationType: 'Contains', entityTypes: ['ASSET'] },
        ],
      },
      found: ['attic', 'cellar', 'valve'],
    },
    {
      why: 'a negated type',
      root: 'house',
      query: { filters: [{ relationType: 'Contains', entityTypes: ['DEVICE'], negate: true }] },
      found: ['valve'],
    },
    { why: 'no type is any type', root: 'house', query: { filters: [{ relationType: '', entityTypes: ['DEVICE'] }] }, found: ['pump', 'valve'] },
    { why: 'nothing', root: 'attic', query: {}, found: [] },
  ])('follow relations: $why', async ({ root, query, found }) => {
    expect(named(await w.relations.related(w.id(root), { ...every, ...query }))).toEqual(found);
    const first = await w.relations.firstRelated(w.id(root), { ...every, ...query });
    expect(found.length === 0 ? first === undefined : found.includes(w.nameOf(first) ?? '')).toBe(true);
  });
});

describe('the services of rule nodes', () => {
  let w: Awaited<ReturnType<typeof realWorld>>;
  beforeEach(async () => {
    w = await realWorld();
  });

  it('leave a record that names the node, and send no messages', async () => {
    const made = await w.entities.ensure({ entityType: 'DEVICE', name: 'new one', profile: 'new kind' });
    await w.entities.unassign(w.id('pump'));
    await w.relations.save({ from: w.id('attic'), to: made.entity, type: 'Contains' });
    const records = await w.store.findAll('auditLog', w.one.tenantId, { userId: 'node-1' }, 100);
    expect(records.map(({ actionType }) => actionType).sort()).toEqual([
      ...['ADDED', 'ADDED', 'RELATION_ADD_OR_UPDATE', 'RELATION_ADD_OR_UPDATE', 'UNASSIGNED_FROM_CUSTOMER'],
    ]);
    expect(new Set(records.map(({ userName }) => userName))).toEqual(new Set(['rule node Assign it']));
    expect(w.told).toEqual([]);
  });

  it('make one entity of a name that several want at the same moment', async () => {
    const wanted = { entityType: 'DEVICE' as const, name: 'same', profile: 'same kind' };
    const made = await Promise.all(Array.from({ length: 5 }, () => w.entities.ensure(wanted)));
    expect(new Set(made.map(({ entity }) => entity.id)).size).toBe(1);
    expect(made.filter(({ isNew }) => isNew).length).toBe(1);
  });

  it('refuse what has no name or no customer', async () => {
    expect(await codeOf(w.entities.ensure({ entityType: 'ASSET', name: '  ' }))).toBe('DIRECTORY_NODE_NAME_INVALID');
    expect(await codeOf(w.entities.ensure({ entityType: 'ASSET', name: 'x', profile: 'y'.repeat(256) }))).toBe('DIRECTORY_NODE_NAME_INVALID');
    expect(await codeOf(w.relations.save({ from: w.id('pump'), to: w.id('attic'), type: 'x'.repeat(256) }))).toBe('DIRECTORY_NODE_NAME_INVALID');
    expect(await codeOf(w.entities.assign(w.id('ann@example.com'), w.id('Acme')))).toBe('DIRECTORY_NODE_NOT_ASSIGNABLE');
    expect(await codeOf(w.entities.unassign(w.id('Overview')))).toBe('DIRECTORY_NODE_CUSTOMER_MISSING');
  });

  it('show nothing of another tenant', async () => {
    const [entities, relations] = [
      w.services.entities({ ...w.node, tenantId: w.two.tenantId }),
      w.services.relations({ ...w.node, tenantId: w.two.tenantId }),
    ];
    await w.entities.find(w.id('pump'));
    expect(await entities.find(w.id('pump'))).toBeUndefined();
    expect(await entities.findByName('USER', 'ann@example.com')).toBeUndefined();
    expect(await entities.customerOf(w.id('pump'))).toBeUndefined();
    expect(await relations.related(w.id('house'), { direction: 'FROM', maxLevel: 1, fetchLastLevelOnly: false, filters: [] })).toEqual([]);
    expect(await codeOf(entities.assign(w.id('pump'), w.id('Acme')))).toBe('DIRECTORY_ENTITY_NOT_FOUND');
  });

  it('keep what they read until an event names it, and read no store for it', async () => {
    expect(await w.entities.profileNameOf(w.id('pump'))).toBe('sensor');
    const { id } = w.id('pump');
    await w.devices.save(w.admin, { id, name: 'pump', type: 'other' });
    expect(await w.entities.profileNameOf(w.id('pump'))).toBe('sensor');
    w.passEvents();
    expect(await w.entities.profileNameOf(w.id('pump'))).toBe('other');
    expect((await w.entities.find(w.id('pump')))?.json['type']).toBe('other');
    await w.devices.remove(w.admin, id);
    w.passEvents();
    expect([await w.entities.find(w.id('pump')), await w.entities.customerOf(w.id('pump'))]).toEqual([undefined, undefined]);
  });

  it('keep relations until one of the tenant changes, also where all of an entity go at once', async () => {
    const relations = new Relations(w.deps);
    const query: RelatedQuery = { direction: 'TO', maxLevel: 1, fetchLastLevelOnly: false, filters: [] };
    const above = async () => (await w.relations.related(w.id('pump'), query)).map((one) => w.nameOf(one)).sort();
    const exists = () => w.relations.exists({ from: w.id('attic'), to: w.id('pump'), type: 'Contains' });
    expect([await above(), await exists()]).toEqual([['cellar'], false]);
    await relations.save(w.admin, { from: w.id('attic'), to: w.id('pump'), type: 'Contains', typeGroup: 'COMMON' });
    expect([await above(), await exists()]).toEqual([['cellar'], false]);
    w.passEvents();
    expect([await above(), await exists()]).toEqual([['attic', 'cellar'], true]);
    await relations.removeAll(w.admin, w.id('pump'));
    w.passEvents();
    expect([await above(), await exists()]).toEqual([[], false]);
    await relations.save(w.admin, { from: w.id('attic'), to: w.id('pump'), type: 'Contains', typeGroup: 'COMMON' });
    w.passEvents();
    expect(await above()).toEqual(['attic']);
    await new Assets(w.deps).remove(w.admin, w.id('attic').id);
    w.passEvents();
    expect(await above()).toEqual([]);
  });

  it('see all relations of an entity that has too many to keep', async () => {
    for (let at = 0; at < 27; at += 1) {
      const { entity } = await w.entities.ensure({ entityType: 'ASSET', name: `room ${at}` });
      await w.relations.save({ from: w.id('attic'), to: entity, type: 'Holds' });
    }
    for (let round = 0; round < 2; round += 1) {
      expect(await w.relations.of(w.id('attic'), 'FROM', 'Holds')).toHaveLength(27);
      expect(await w.relations.of(w.id('attic'), 'FROM', 'Contains')).toHaveLength(0);
    }
  });

  it('forget after a while, also without an event, and everything with a tenant', async () => {
    await w.entities.find(w.id('valve'));
    await w.devices.save(w.admin, { id: w.id('valve').id, name: 'valve', label: 'new' });
    w.passTime(30_000);
    expect((await w.entities.find(w.id('valve')))?.json['label']).toBe('new');
    await w.devices.save(w.admin, { id: w.id('valve').id, name: 'valve', label: 'newer' });
    w.services.changed({ kind: 'tenant', tenantId: w.one.tenantId, id: w.one.tenantId } satisfies ControlEvent);
    expect((await w.entities.find(w.id('valve')))?.json['label']).toBe('newer');
  });

  it('show alarms, and no secrets of entities', async () => {
    expect((await w.entities.find({ entityType: 'ALARM', id: 'alarm-1' }))?.json).toEqual({ name: 'Hot' });
    const profile = await w.entities.profileOf(w.id('pump'));
    expect(profile?.json['name']).toBe('sensor');
    await w.profiles.save(w.admin, {
      ...{ id: profile?.entity.id ?? '', name: 'sensor', transportType: 'DEFAULT', provisionType: 'ALLOW_CREATE_NEW_DEVICES' },
      ...{
        provisionDeviceKey: 'key',
        profileData: { provisionConfiguration: { type: 'ALLOW_CREATE_NEW_DEVICES', provisionDeviceSecret: 'hidden' } },
      },
    });
    w.passEvents();
    expect(JSON.stringify(await w.entities.profileOf(w.id('pump')))).not.toContain('hidden');
  });

  it('read the credentials of a device', async () => {
    const { credentialsId } = await w.devices.credentials(w.admin, w.id('pump').id);
    expect(await w.entities.credentialsOf(w.id('pump'))).toEqual({ type: 'ACCESS_TOKEN', value: credentialsId });
    expect(await w.entities.credentialsOf(w.id('house'))).toBeUndefined();
  });

  it('find the views of an entity that are active now', async () => {
    const view = (name: string, startMs: number, endMs: number) => {
      const keys = { timeseries: [], attributes: { cs: ['c'], ss: ['s'], sh: ['h'] } };
      return new EntityViews(w.deps).save(w.admin, { name, type: 'view', target: w.id('pump'), keys, startMs, endMs });
    };
    const nowMs = w.deps.clock.nowMs();
    const active = [await view('open', 0, 0), await view('begun', nowMs - 5, 0), await view('within', nowMs - 5, nowMs + 60_000)];
    await view('over', 0, nowMs - 5);
    await view('to come', nowMs + 60_000, 0);
    const found = await w.entities.activeViewsOf(w.id('pump'));
    expect(found.map((one) => one.view.id).sort()).toEqual(active.map(({ id }) => id).sort());
    expect(found[0]?.attributeKeys).toEqual({ CLIENT_SCOPE: ['c'], SERVER_SCOPE: ['s'], SHARED_SCOPE: ['h'] });
  });
});
