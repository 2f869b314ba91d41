import type { TenantId } from '@fieldline/model';
import type { TraceQuery } from '@fieldline/ports';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { traceParts, tracePage } from './stored-traces.js';
import { traceTables } from './trace-tables.js';

// Goal: lists of traces are read in the order of an index and counted in an index alone, whatever they filter by, and what is
// counted as kept is what is kept. Method: the statements that the lists run are recorded, and SQLite is asked for their plans.

const tenantId = 'tenant' as TenantId;
const database = new DatabaseSync(':memory:');

beforeAll(() => {
  database.exec(traceTables);
  database
    .prepare(
      `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 10000)
       INSERT INTO trace SELECT n, ? || (n % 2), n, 'trace ' || (n / 3), 'device ' || (n % 100), 'DEVICE', 'sampled', n % 10 = 0, 'chain', 'type', n, '{}', '{}'
       FROM number`,
    )
    .run(tenantId);
});
afterAll(() => database.close());

/** Runs a read on a database that hands its statements on; returns the plan of each. */
function plansOf(run: (recorded: DatabaseSync) => unknown): readonly string[] {
  const plans: string[] = [];
  const recorded = {
    prepare: (sql: string) => {
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      plans.push(plan.map(({ detail }) => String(detail)).join('; '));
      return database.prepare(sql);
    },
  };
  run(recorded as unknown as DatabaseSync);
  return plans;
}

test.each<[string, Partial<TraceQuery>, string]>([
  ['tenant', {}, 'trace_newest'],
  ['time', { createdFromMs: 5, createdToMs: 9 }, 'trace_newest'],
  ['what happened, where and to what', { hasFailed: true, reason: 'first', ruleChainId: 'chain', textSearch: 'type' }, 'trace_newest'],
  ['originator', { originator: { entityType: 'DEVICE', id: 'device 3' }, createdFromMs: 5 }, 'trace_originator'],
])('a list by %s is read in the order of an index and counted in one alone', (_, query, index) => {
  const [count, page] = plansOf((recorded) => tracePage(recorded, tenantId, { page: 0, pageSize: 1, ...query }));
  expect(count).toMatch(/SEARCH trace USING COVERING INDEX/);
  expect(page).toContain(`SEARCH trace USING INDEX ${index} (`);
  expect(page).not.toContain('TEMP B-TREE');
});

test('the parts of a trace are looked up in their order', () => {
  const [plan] = plansOf((recorded) => traceParts(recorded, tenantId, 'trace 7'));
  expect(plan).toBe('SEARCH trace USING INDEX trace_parts (tenant_id=? AND trace_id=?)');
});

test('what each tenant has is counted with every part that comes and goes', () => {
  const counted = (): unknown => database.prepare('SELECT * FROM trace_usage ORDER BY tenant_id').all();
  const kept = (): unknown =>
    database.prepare('SELECT tenant_id, sum(bytes) AS bytes, count(*) AS parts FROM trace GROUP BY tenant_id ORDER BY tenant_id').all();
  expect(counted()).toEqual(kept());
  database.exec('BEGIN; DELETE FROM trace WHERE seq % 7 = 0');
  expect(counted()).toEqual(kept());
  database.exec('ROLLBACK');
});
