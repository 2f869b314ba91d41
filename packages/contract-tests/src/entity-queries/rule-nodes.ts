import type { AlarmDataQuery, RuleChain, RuleNode } from '@fieldline/model';
import { describe, expect, test } from 'vitest';
import { alarmOf, attributeWrite, freshStore, tenantA, uuid } from '../data-store/fixtures.js';
import { chainOf } from '../entity-store/fixtures.js';
import type { OpenStore } from '../store-under-test.js';
import { build, entity, field, found, key, ofType, put, queryOf, relationOf, where, type QueriedStores } from './world.js';

const chain = (n: number, nodes: readonly Partial<RuleNode>[], changes: Partial<RuleChain> = {}): RuleChain => {
  const [node] = chainOf(n).nodes;
  return chainOf(n, { nodes: nodes.map((part) => ({ ...(node as RuleNode), ...part })), ...changes });
};

/** Rule nodes are found as other entities are, though their chain keeps them. */
export function ruleNodeQueriesContract(name: string, open: OpenStore<QueriedStores>): void {
  describe(`rule nodes in queries ${name}`, () => {
    const opened = freshStore(open);
    const prepare = (): Promise<void> =>
      build(opened.store, {
        entities: [
          put(
            'ruleChain',
            chain(
              1,
              [
                { id: uuid(11), name: 'Warm?' },
                { id: uuid(12), name: 'Save', description: 'Points' },
              ],
              { createdAtMs: 7 },
            ),
          ),
          put('ruleChain', chain(2, [{ id: uuid(21), name: 'warn' }], { isRoot: false })),
          put('relation', relationOf(5, entity('RULE_CHAIN', 1), entity('RULE_NODE', 12))),
        ],
        attributes: [attributeWrite({ entity: entity('RULE_NODE', 11), key: 'rank', value: 'high' })],
        alarms: [alarmOf({ id: uuid(901), originator: entity('RULE_NODE', 12) })],
      });

    test('by id, name, relations and attributes', async () => {
      await prepare();
      const { queries } = opened.store;
      const nodes = ofType('RULE_NODE');
      expect(await found(queries, { selector: nodes })).toEqual([11, 12, 21]);
      expect(await found(queries, { selector: ofType('RULE_NODE', 'wa') })).toEqual([11, 21]);
      expect(await found(queries, { selector: ofType('RULE_CHAIN') })).toEqual([1, 2]);
      expect(await found(queries, { selector: { kind: 'ids', entityType: 'RULE_NODE', ids: [uuid(12), uuid(1)] } })).toEqual([12]);
      const walk = { roots: [entity('RULE_CHAIN', 1)], direction: 'FROM', maxLevel: 1, lastLevelOnly: false, steps: [], isNegated: false } as const;
      expect(await found(queries, { selector: { kind: 'relations', walk, entityTypes: ['RULE_NODE'] } })).toEqual([12]);
      const isHigh = where(key('ATTRIBUTE', 'rank'), { type: 'STRING', operation: 'EQUAL', value: 'high', ignoreCase: false });
      expect(await found(queries, { selector: nodes, filters: [isHigh] })).toEqual([11]);
      expect(await found(queries, { selector: nodes, scope: { tenantId: tenantA, customerId: uuid(50) } })).toEqual([]);
    });

    test('their fields are those of rest-api.md §23.4, and their alarms are found by them', async () => {
      await prepare();
      const selector = { kind: 'ids', entityType: 'RULE_NODE', ids: [uuid(12)] } as const;
      const columns = ['createdTime', 'entityType', 'name', 'additionalInfo', 'label'].map(field);
      const page = await opened.store.queries.find(queryOf({ selector, columns }));
      const info = { layoutX: 1.5, layoutY: -2, description: 'Points' };
      expect(page.data[0]?.values.map(({ text }) => text)).toEqual(['7', 'RULE_NODE', 'Save', JSON.stringify(info), '']);
      const { scope, pageSize } = queryOf();
      const entities = { selector, filters: [], combine: 'AND' } as const;
      const alarms: AlarmDataQuery = {
        scope,
        entities,
        columns: [],
        alarmFields: ['originator'],
        withPropagated: false,
        textSearch: 'sav',
        pageSize,
        page: 0,
      };
      expect((await opened.store.queries.findAlarms(alarms)).data.map(({ alarm }) => alarm.id)).toEqual([uuid(901)]);
    });

    test('as their chain is now: renamed, replaced, and gone with it', async () => {
      await prepare();
      const { entities, queries } = opened.store;
      const changed = chain(
        1,
        [
          { id: uuid(11), name: 'Hot?' },
          { id: uuid(13), name: 'New' },
        ],
        { createdAtMs: 7 },
      );
      await entities.write([{ change: 'update', kind: 'ruleChain', entity: changed }]);
      expect(await found(queries, { selector: ofType('RULE_NODE') })).toEqual([11, 13, 21]);
      expect(await found(queries, { selector: ofType('RULE_NODE', 'Hot') })).toEqual([11]);
      await entities.write([{ change: 'remove', kind: 'ruleChain', tenantId: tenantA, id: uuid(1) }]);
      expect(await found(queries, { selector: ofType('RULE_NODE') })).toEqual([21]);
    });
  });
}
