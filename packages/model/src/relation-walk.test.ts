// Goal: a walk over relations finds what a person would find by following them, within its bounds, whatever the graph.
// Method: small graphs written as lines, then random ones against a walk that follows every path by recursion.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EntityId } from './entity-id.js';
import type { Relation } from './entities/relation.js';
import { relationKey } from './entities/relation.js';
import { RELATION_LEVELS_MAX, RELATION_READ_IDS_MAX, RELATIONS_WALKED_MAX } from './limits.js';
import type { ReadRelations, RelationDirection, RelationPlan } from './relation-walk.js';
import { entitiesAbove, walkRelations } from './relation-walk.js';

const asset = (id: string): EntityId => ({ entityType: 'ASSET', id });

function relation(line: string): Relation {
  const [fromId = '', toId = ''] = line.split('>');
  const [from, to] = [asset(fromId), asset(toId)];
  const ends = { fromType: from.entityType, fromId, toType: to.entityType, toId };
  const key = relationKey(from, to, 'COMMON', 'Contains');
  return { id: line, tenantId: 'tenant', createdAtMs: 1, version: 1, ...ends, type: 'Contains', typeGroup: 'COMMON', key };
}

const reader =
  (lines: readonly string[]): ReadRelations =>
  async (ids, direction, limit) =>
    lines
      .map(relation)
      .filter(({ fromId, toId }) => ids.includes(direction === 'FROM' ? fromId : toId))
      .slice(0, limit);

async function walk(lines: readonly string[], plan: Partial<RelationPlan> = {}): Promise<readonly string[]> {
  const { relations } = await walkRelations(reader(lines), { root: asset('a'), direction: 'FROM', maxLevel: 0, ...plan });
  return relations.map(({ id }) => id);
}

const lines = ['a>b', 'b>c', 'a>d', 'd>c', 'c>a', 'x>a'];

test.each<{ why: string; plan: Partial<RelationPlan>; found: readonly string[] }>([
  { why: 'one level', plan: { maxLevel: 1 }, found: ['a>b', 'a>d'] },
  { why: 'two levels, with both ways to the same entity', plan: { maxLevel: 2 }, found: ['a>b', 'a>d', 'b>c', 'd>c'] },
  { why: 'all levels, with the relation that closes the cycle', plan: {}, found: ['a>b', 'a>d', 'b>c', 'd>c', 'c>a'] },
  { why: 'the last of one level', plan: { maxLevel: 1, lastLevelOnly: true }, found: ['a>b', 'a>d'] },
  { why: 'the last of two levels', plan: { maxLevel: 2, lastLevelOnly: true }, found: ['b>c', 'd>c'] },
  { why: 'no last level where everything leads on', plan: { lastLevelOnly: true }, found: [] },
  { why: 'the deepest of two levels', plan: { maxLevel: 2, deepestLevelOnly: true }, found: ['b>c', 'd>c'] },
  { why: 'the deepest of all, where the cycle closes', plan: { deepestLevelOnly: true }, found: ['c>a'] },
  {
    why: 'the deepest against the direction, without the branch that ended before',
    plan: { direction: 'TO', deepestLevelOnly: true },
    found: ['a>b', 'a>d'],
  },
  { why: 'nothing where nothing leads on', plan: { root: asset('z'), deepestLevelOnly: true }, found: [] },
  { why: 'against the direction', plan: { direction: 'TO', maxLevel: 1 }, found: ['c>a', 'x>a'] },
  { why: 'the ends of branches of any length', plan: { direction: 'TO', lastLevelOnly: true }, found: ['x>a'] },
])('finds $why', async ({ plan, found }) => {
  expect(await walk(lines, plan)).toEqual(found);
});

test('entities above are the nearest first, without the entity itself, within the limit', async () => {
  expect((await entitiesAbove(reader(lines), asset('a'), 10)).map(({ id }) => id)).toEqual(['c', 'x', 'b', 'd']);
  expect(await entitiesAbove(reader(lines), asset('a'), 1)).toEqual([asset('c')]);
});

test('a walk ends after its last level', async () => {
  const chain = Array.from({ length: RELATION_LEVELS_MAX + 1 }, (_, at) => `${at === 0 ? 'a' : at}>${at + 1}`);
  expect(await walk(chain)).toHaveLength(RELATION_LEVELS_MAX);
  expect(await walk(chain, { maxLevel: RELATION_LEVELS_MAX + 1 })).toHaveLength(RELATION_LEVELS_MAX);
});

test('a walk ends at its bound, and says so', async () => {
  const star = Array.from({ length: RELATIONS_WALKED_MAX + 1 }, (_, at) => relation(`a>${at}`));
  const plan: RelationPlan = { root: asset('a'), direction: 'FROM', maxLevel: 1 };
  const read =
    (length: number): ReadRelations =>
    async (_ids, _direction, limit) =>
      star.slice(0, Math.min(length, limit));
  expect(await walkRelations(read(RELATIONS_WALKED_MAX), plan)).toMatchObject({ isComplete: true });
  const cut = await walkRelations(read(RELATIONS_WALKED_MAX + 1), plan);
  expect([cut.isComplete, cut.relations.length]).toEqual([false, RELATIONS_WALKED_MAX]);
});

test('a store is never asked for the relations of more entities than it can take', async () => {
  const many = Array.from({ length: RELATION_READ_IDS_MAX * 2 + 1 }, (_, at) => `a>${at}`);
  const asked: number[] = [];
  const read: ReadRelations = async (ids, direction, limit) => {
    asked.push(ids.length);
    return reader(many)(ids, direction, limit);
  };
  await walkRelations(read, { root: asset('a'), direction: 'FROM', maxLevel: 2 });
  expect(asked).toEqual([1, RELATION_READ_IDS_MAX, RELATION_READ_IDS_MAX, 1]);
});

/** Follows every path without a repeated relation, and notes the relations passed within the levels. */
function followed(graph: readonly string[], direction: RelationDirection, maxLevel: number): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (id: string, path: readonly string[]): void => {
    if (path.length === maxLevel) return;
    for (const line of graph) {
      const [from = '', to = ''] = line.split('>');
      const [near, far] = direction === 'FROM' ? [from, to] : [to, from];
      if (near !== id || path.includes(line)) continue;
      found.add(line);
      follow(far, [...path, line]);
    }
  };
  follow('a', []);
  return found;
}

test('any graph: the walk finds what following every path finds', async () => {
  const end = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const graphs = fc.uniqueArray(
    fc.tuple(end, end).map(([from, to]) => `${from}>${to}`),
    { maxLength: 9 },
  );
  await fc.assert(
    fc.asyncProperty(graphs, fc.constantFrom('FROM' as const, 'TO' as const), fc.integer({ min: 1, max: 6 }), async (graph, direction, maxLevel) => {
      const all = await walk(graph, { direction, maxLevel });
      expect(new Set(all)).toEqual(followed(graph, direction, maxLevel));
      expect(all).toHaveLength(new Set(all).size);
      const nearer = new Set(maxLevel === 1 ? [] : await walk(graph, { direction, maxLevel: maxLevel - 1 }));
      const onward = (line: string): boolean => {
        const far = line.split('>')[direction === 'FROM' ? 1 : 0];
        return graph.some((other) => other.split('>')[direction === 'FROM' ? 0 : 1] === far);
      };
      const last = all.filter((line) => !onward(line) || !nearer.has(line));
      expect(await walk(graph, { direction, maxLevel, lastLevelOnly: true })).toEqual(last);
    }),
  );
});
