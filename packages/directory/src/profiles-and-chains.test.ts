import type { RuleNode } from '@fieldline/model';
import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf, openDirectory } from './directory.fixture.js';
import type { RuleChainGraph } from './index.js';
import { AssetProfiles } from './index.js';
import { RENAMED_PER_WRITE } from './limits.js';

let d: Awaited<ReturnType<typeof openDirectory>>;
beforeEach(async () => {
  d = await openDirectory();
});

describe('device profiles', () => {
  it('are created, renamed with the type of their devices, and keep the Kaa switch for clients that do not know it', async () => {
    const profile = await d.profiles.save(d.admin, { name: 'pump', kaaAutoExtraction: true });
    expect(profile).toMatchObject({ isDefault: false, transportType: 'DEFAULT', kaaAutoExtraction: true, version: 1 });
    const device = await d.devices.save(d.admin, { name: 'A', deviceProfileId: profile.id });
    const renamed = await d.profiles.save(d.admin, { id: profile.id, name: 'pumps', defaultRuleChainId: d.one.chain.id });
    expect(renamed).toMatchObject({
      name: 'pumps',
      kaaAutoExtraction: true,
      version: 2,
      defaultRuleChainId: d.one.chain.id,
      profileData: profile.profileData,
    });
    expect(await d.devices.get(d.admin, device.id)).toMatchObject({ type: 'pumps', version: 2 });
    expect(d.published.at(-1)).toMatchObject({ kind: 'device', id: device.id, version: 2 });
  });

  it('keep how long points live for clients that do not know it, and take it away where it is 0', async () => {
    const assets = new AssetProfiles(d.deps);
    for (const profiles of [d.profiles, assets]) {
      const { id } = await profiles.save(d.admin, { name: 'short', telemetryTtlDays: 7 });
      expect(await profiles.save(d.admin, { id, name: 'short' })).toMatchObject({ telemetryTtlDays: 7 });
      expect(await profiles.save(d.admin, { id, name: 'short', telemetryTtlDays: 8 })).toMatchObject({ telemetryTtlDays: 8 });
      expect(await profiles.save(d.admin, { id, name: 'short', telemetryTtlDays: 0 })).not.toHaveProperty('telemetryTtlDays');
    }
  });

  it('rename the type of more devices than one write takes', async () => {
    const { profile, tenantId } = d.one;
    const ids = Array.from({ length: RENAMED_PER_WRITE + 1 }, (_, n) => `10000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
    const head = { tenantId, createdAtMs: 1, version: 1, deviceProfileId: profile.id, type: profile.name };
    await d.entities.write(ids.map((id) => ({ change: 'insert', kind: 'device', entity: { ...head, id, name: id } })));
    await d.profiles.save(d.admin, { id: profile.id, name: 'renamed' });
    const renamed = await d.entities.page('device', tenantId, { page: 0, pageSize: 1 }, { type: 'renamed' });
    expect(renamed.totalElements).toBe(ids.length);
  });

  it('are refused where they break a rule', async () => {
    const profile = await d.profiles.save(d.admin, { name: 'pump' });
    await d.devices.save(d.admin, { name: 'A', deviceProfileId: profile.id });
    expect(await codeOf(d.profiles.save(d.admin, { name: ' ' }))).toBe('DIRECTORY_PROFILE_NAME_MISSING');
    expect(await codeOf(d.profiles.save(d.admin, { name: 'pump' }))).toBe('DIRECTORY_PROFILE_NAME_TAKEN');
    expect(await codeOf(d.profiles.save(d.admin, { name: 'x', defaultRuleChainId: d.two.chain.id }))).toBe('DIRECTORY_PROFILE_RULE_CHAIN_FOREIGN');
    expect(await codeOf(d.profiles.save(d.admin, { id: profile.id, name: 'pump', transportType: 'MQTT' }))).toBe(
      'DIRECTORY_PROFILE_TRANSPORT_IN_USE',
    );
    expect(await codeOf(d.profiles.save(d.admin, { id: profile.id, name: 'pump', version: 7 }))).toBe('STORAGE_VERSION_CONFLICT');
    expect(await codeOf(d.profiles.remove(d.admin, profile.id))).toBe('DIRECTORY_PROFILE_IN_USE');
    expect(await codeOf(d.profiles.remove(d.admin, d.one.profile.id))).toBe('DIRECTORY_PROFILE_IS_DEFAULT');
    expect(await codeOf(d.profiles.get(d.stranger, profile.id))).toBe('DIRECTORY_ENTITY_NOT_FOUND');
  });

  it('have exactly one default', async () => {
    const profile = await d.profiles.save(d.admin, { name: 'pump' });
    expect(await d.profiles.makeDefault(d.admin, profile.id)).toMatchObject({ isDefault: true, version: 2 });
    expect(await d.profiles.makeDefault(d.admin, profile.id)).toMatchObject({ isDefault: true, version: 2 });
    expect((await d.profiles.defaultOne(d.admin)).id).toBe(profile.id);
    await d.profiles.remove(d.admin, d.one.profile.id);
    expect((await d.profiles.page(d.admin, { page: 0, pageSize: 10 })).totalElements).toBe(1);
  });
});

describe('asset profiles', () => {
  it('take their relations and data along when they are removed', async () => {
    const profiles = new AssetProfiles(d.deps);
    const { id } = await profiles.save(d.admin, { name: 'building' });
    const relation = { tenantId: d.one.tenantId, createdAtMs: 1, version: 1, type: 'Contains', typeGroup: 'COMMON' as const, key: 'k' };
    const ends = { fromType: 'ASSET_PROFILE', fromId: id, toType: 'TENANT', toId: d.one.tenantId } as const;
    await d.entities.write([{ change: 'insert', kind: 'relation', entity: { id: 'relation-1', ...relation, ...ends } }]);
    await profiles.remove(d.admin, id);
    expect(await d.entities.findAll('relation', d.one.tenantId, {}, 10)).toEqual([]);
    expect(d.ordered).toContainEqual({ removeEntities: [{ entityType: 'ASSET_PROFILE', id }], tenantId: d.one.tenantId });
  });
});

describe('rule chains', () => {
  const node = (id: string, type = 'filter.script', config: RuleNode['config'] = {}): RuleNode => ({
    id,
    type,
    name: `Node ${id}`,
    configVersion: 1,
    config,
    isSingleton: false,
    debug: { failures: false, allUntilMs: 0 },
    layout: { x: 0, y: 0 },
  });
  const graph = (nodes: RuleNode[], edges: [string, string][], firstNodeId?: string): RuleChainGraph => ({
    nodes,
    connections: edges.map(([fromId, toId]) => ({ fromId, toId, relationType: 'True' })),
    firstNodeId,
    notes: [],
  });

  it('keep the ids of their own nodes and give others new ones', async () => {
    const chain = await d.chains.save(d.admin, { name: 'Chain' });
    const first = await d.chains.saveGraph(d.admin, chain.id, graph([node('a'), node('b', 'unknown.type')], [['a', 'b']], 'a'), { readVersion: 1 });
    expect(first.version).toBe(2);
    const [a, b] = first.nodes;
    expect([a?.id, b?.id]).not.toContain('a');
    expect(first).toMatchObject({ firstNodeId: a?.id, connections: [{ fromId: a?.id, toId: b?.id }] });
    const second = await d.chains.saveGraph(d.admin, chain.id, graph([{ ...node('c') }, ...(a === undefined ? [] : [a])], []));
    expect(second.nodes[1]?.id).toBe(a?.id);
    expect(second.firstNodeId).toBeUndefined();
    expect(await d.chains.get(d.admin, chain.id)).toEqual(second);
    expect(d.published.at(-1)).toEqual({ kind: 'ruleChain', tenantId: d.one.tenantId, id: chain.id, version: 3 });
  });

  it('refuse a stale version, a loop, a node that leads to itself, equal ids and wrong settings', async () => {
    const { id } = await d.chains.save(d.admin, { name: 'Chain' });
    const refused = (one: RuleChainGraph, version?: number) => codeOf(d.chains.saveGraph(d.admin, id, one, { readVersion: version }));
    expect(await refused(graph([node('a')], []), 9)).toBe('STORAGE_VERSION_CONFLICT');
    expect(await refused(graph([node('a')], [['a', 'a']]))).toBe('DIRECTORY_CHAIN_SELF_CONNECTION');
    expect(
      await refused(
        graph(
          [node('a'), node('b'), node('c')],
          [
            ['a', 'b'],
            ['b', 'c'],
            ['c', 'a'],
          ],
        ),
      ),
    ).toBe('DIRECTORY_CHAIN_LOOP');
    expect(await refused(graph([node('a'), node('a')], []))).toBe('DIRECTORY_CHAIN_NODE_TWICE');
    expect(await refused(graph([node('a', 'filter.script', { isWrong: true })], []))).toBe('DIRECTORY_CHAIN_NODE_SETTINGS');
    expect(await codeOf(d.chains.saveGraph(d.stranger, id, graph([], [])))).toBe('DIRECTORY_ENTITY_NOT_FOUND');
    expect((await d.chains.get(d.admin, id)).version).toBe(1);
  });

  it('have exactly one root, which cannot be removed', async () => {
    const chain = await d.chains.save(d.admin, { name: 'Next', additionalInfo: { description: 'x' } });
    expect(await codeOf(d.chains.save(d.admin, { name: 'Second', isRoot: true }))).toBe('DIRECTORY_CHAIN_SECOND_ROOT');
    expect(await codeOf(d.chains.remove(d.admin, d.one.chain.id))).toBe('DIRECTORY_CHAIN_IS_ROOT');
    expect(await d.chains.makeRoot(d.admin, chain.id)).toMatchObject({ isRoot: true, version: 2 });
    expect(await d.chains.get(d.admin, d.one.chain.id)).toMatchObject({ isRoot: false, version: 2, nodes: d.one.chain.nodes });
    await d.profiles.save(d.admin, { name: 'pump', defaultRuleChainId: d.one.chain.id });
    expect(await codeOf(d.chains.remove(d.admin, d.one.chain.id))).toBe('DIRECTORY_CHAIN_IN_USE');
    const edge = await d.chains.save(d.admin, { name: 'Edge', type: 'EDGE' });
    expect(await codeOf(d.chains.makeRoot(d.admin, edge.id))).toBe('DIRECTORY_CHAIN_TYPE_NOT_RUN');
    expect((await d.chains.page(d.admin, { page: 0, pageSize: 10 }, 'EDGE')).totalElements).toBe(1);
    await d.chains.remove(d.admin, edge.id);
  });

  it('are renamed without touching their nodes', async () => {
    const renamed = await d.chains.save(d.admin, { id: d.one.chain.id, name: 'Renamed', isRoot: true, version: 1 });
    expect(renamed).toMatchObject({ name: 'Renamed', isRoot: true, version: 2, nodes: d.one.chain.nodes });
    expect(await codeOf(d.chains.save(d.admin, { name: '' }))).toBe('DIRECTORY_CHAIN_NAME_MISSING');
  });
});
