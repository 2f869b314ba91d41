// Goal: the engine runs the chains of the store, and events tell what became of chains and nodes. Method: memory stores and an
// engine that writes down what it is told.
import type { Clock, Problem } from '@fieldline/kernel';
import { epochMs, silentLog } from '@fieldline/kernel';
import type { RuleChain, TenantId } from '@fieldline/model';
import { memoryDataStore, memoryEntityStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { DeployedChains } from './deployed-chains.js';

const tenantId = '00000000-0000-7000-8000-000000000001' as TenantId;
const clock: Clock = { nowMs: () => epochMs(1_000), monotonicMs: () => 0, after: () => () => undefined };
const broken: Problem = { code: 'NODE_BROKEN', kind: 'invalid-input', retry: 'never', message: 'It is broken.', remedy: 'Mend it.' };

async function open() {
  let next = 0;
  const entities = memoryEntityStore();
  const store = memoryDataStore({ entities });
  const told: string[] = [];
  const engine = {
    async deploy({ id, nodes }: RuleChain) {
      told.push(`deploy ${id}`);
      return nodes.filter(({ type }) => type === 'broken').map(({ id: nodeId }) => ({ nodeId, problem: broken }));
    },
    remove: async (id: string) => void told.push(`remove ${id}`),
  };
  const ids = { next: () => `event-${String((next += 1)).padStart(4, '0')}` };
  const chains = new DeployedChains({ engine, entities, store, clock, ids, log: silentLog, server: 'here' });
  const node = (id: string, type = 'log', config = {}) => ({
    ...{ id, type, name: id, configVersion: 0, config, isSingleton: false },
    ...{ debug: { failures: false, allUntilMs: 0 }, layout: { x: 0, y: 0 } },
  });
  const chain = (version: number, nodes: RuleChain['nodes'], type: RuleChain['type'] = 'CORE'): RuleChain => {
    return { id: 'chain', tenantId, createdAtMs: 0, version, name: 'c', type, isRoot: true, nodes, connections: [], notes: [] };
  };
  let seen = 0;
  /** What was recorded since the last call. */
  const lives = async () => {
    const events = await entities.findAll('event', tenantId, { type: 'LC_EVENT' }, 1_000);
    const fresh = events
      .slice(seen)
      .map(({ entityType, entityId, body }) => [entityType, entityId, body['event'], body['error'] ?? body['success']].map(String).join(' '));
    seen = events.length;
    return fresh;
  };
  const changed = (version?: number) => chains.changed({ kind: 'ruleChain', tenantId, id: 'chain', version });
  return { entities, chains, told, node, chain, lives, changed };
}

test('a chain is started, changed and stopped, and of its nodes those are named that are not as before', async () => {
  const { entities, chains, told, node, chain, lives, changed } = await open();
  await entities.write([{ change: 'insert', kind: 'ruleChain', entity: chain(1, [node('a'), node('b', 'broken'), node('c')]) }]);
  await chains.deployAll(tenantId);
  expect(await lives()).toEqual([
    'RULE_CHAIN chain STARTED true',
    'RULE_NODE a STARTED true',
    'RULE_NODE b STARTED It is broken.',
    'RULE_NODE c STARTED true',
  ]);
  await entities.write([{ change: 'update', kind: 'ruleChain', entity: chain(1, [node('a'), node('b', 'log', { x: 1 }), node('d')]) }]);
  await changed(2);
  expect(await lives()).toEqual([
    'RULE_CHAIN chain UPDATED true',
    'RULE_NODE b UPDATED true',
    'RULE_NODE d STARTED true',
    'RULE_NODE c STOPPED true',
  ]);
  await entities.write([{ change: 'remove', kind: 'ruleChain', tenantId, id: 'chain' }]);
  await changed();
  expect(await lives()).toEqual(['RULE_CHAIN chain STOPPED true', ...['a', 'b', 'd'].map((id) => `RULE_NODE ${id} STOPPED true`)]);
  await changed();
  expect(await lives()).toEqual([]);
  expect(told).toEqual(['deploy chain', 'deploy chain', 'remove chain', 'remove chain']);
});

test('the chains of a removed tenant go without a record; chains for edges and other kinds are nothing to tell', async () => {
  const { entities, chains, told, node, chain, lives, changed } = await open();
  await entities.write([{ change: 'insert', kind: 'ruleChain', entity: chain(1, [node('a')], 'EDGE') }]);
  await changed(1);
  await chains.changed({ kind: 'device', tenantId, id: 'chain', version: 1 });
  expect([told, await lives()]).toEqual([['deploy chain'], []]);
  await entities.write([{ change: 'update', kind: 'ruleChain', entity: chain(1, [node('a')]) }]);
  await chains.changed({ kind: 'tenant', tenantId, id: tenantId, version: 1 });
  expect(await lives()).toHaveLength(2);
  await chains.changed({ kind: 'tenant', tenantId: 'other' as TenantId, id: 'other' });
  await chains.changed({ kind: 'tenant', tenantId, id: tenantId });
  expect([told.slice(1), await lives()]).toEqual([['deploy chain', 'remove chain'], []]);
});
