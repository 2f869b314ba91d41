import { alarmSeverities, type TenantId } from '@fieldline/model';
import type { AlarmQuery } from '@fieldline/ports';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alarmPage, alarmTypes, highestSeverity } from './alarm-lists.js';
import { alarmTables } from './alarm-tables.js';

// Goal: lists of 100,000 alarms are read in the order of an index and counted in an index, whatever they filter by.
// Method: the statements that the lists run are recorded, and SQLite is asked how it would go about them.

const tenantId = 'tenant' as TenantId;
const database = new DatabaseSync(':memory:');

/** Runs a list on a database that hands its statements on; returns the plan of each. */
function plansOf(run: (recorded: DatabaseSync) => unknown): readonly string[] {
  const plans: string[] = [];
  const recorded = {
    prepare: (sql: string) => {
      plans.push(
        database
          .prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .all()
          .map(({ detail }) => String(detail))
          .join('; '),
      );
      return database.prepare(sql);
    },
  };
  run(recorded as unknown as DatabaseSync);
  return plans;
}

beforeAll(() => {
  database.exec(alarmTables);
  database
    .prepare(
      `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 100000)
       INSERT INTO alarm SELECT printf('%06d', n), ?, 'DEVICE', 'device ' || (n % 1000), 'type ' || (n % 7), ? ->> (n % 5), n, n, n, n % 10 > 0, n % 2,
         iif(n % 3 = 0, 'customer ' || (n % 50), NULL), iif(n % 20 = 0, 'user ' || (n % 40), NULL), 'type', json_object('propagatedTo',
         json_array(json_object('entityType', 'ASSET', 'id', 'asset ' || (n % 10)))) FROM number`,
    )
    .run(tenantId, JSON.stringify(alarmSeverities));
});
afterAll(() => database.close());

// No row is asked for: the documents here are no alarms, and the statements are the same.
const first = { page: 0, pageSize: 0 };
const affected = { entityType: 'ASSET', id: 'asset 3' } as const;
test.each<[string, Partial<AlarmQuery>, string]>([
  ['all', {}, 'alarm_newest'],
  ['a time range', { startMs: 500, endMs: 600 }, 'alarm_newest'],
  ['the oldest first', { sortBy: 'createdAtMs', sortOrder: 'ASC' }, 'alarm_newest'],
  ['a status', { status: 'ACTIVE_UNACK' }, 'alarm_newest'],
  ['severities and types', { severities: ['MAJOR', 'MINOR'], types: ['type 1'], statuses: ['CLEARED'] }, 'alarm_newest'],
  ['a customer', { customerId: 'customer 3' }, 'alarm_customer'],
  ['an assignee', { assigneeId: 'user 20' }, 'alarm_assignee'],
  ['an originator', { originator: { entityType: 'DEVICE', id: 'device 3' } }, 'alarm_originator'],
])('a list by %s is read and counted in an index', (_, query, index) => {
  const [count, page] = plansOf((recorded) => alarmPage(recorded, tenantId, { ...first, ...query }));
  expect(count).toMatch(/SEARCH alarm USING (COVERING )?INDEX/);
  expect(page).toContain(`INDEX ${index} (`);
  // Oldest first the ids of one instant are sorted, nothing else.
  expect(page?.replace('USE TEMP B-TREE FOR LAST TERM OF ORDER BY', '')).not.toContain('TEMP B-TREE');
});

test('a list of what is shown at an entity follows the list of that entity, in its order', () => {
  const plans = plansOf((recorded) => alarmPage(recorded, tenantId, { ...first, affected, startMs: 500, status: 'ACTIVE' }));
  for (const plan of plans) {
    expect(plan).toContain('SEARCH alarm_affected USING PRIMARY KEY (tenant_id=? AND entity_id=? AND created_at_ms>?)');
    expect(plan).not.toContain('TEMP B-TREE');
  }
});

test('types and the highest severity are looked up in an index', () => {
  const [types] = plansOf((recorded) => alarmTypes(recorded, tenantId, { page: 0, pageSize: 10 }));
  expect(types).toContain('USING COVERING INDEX');
  const [severity] = plansOf((recorded) => highestSeverity(recorded, tenantId, { status: 'ACTIVE' }));
  expect(severity).toContain('USING COVERING INDEX alarm_newest');
  const [shown] = plansOf((recorded) => highestSeverity(recorded, tenantId, { affected }));
  expect(shown).toContain('SEARCH alarm_affected USING PRIMARY KEY');
});

test('an alarm that is removed or propagated elsewhere leaves only the lists it was in', () => {
  const shownAt = (id: string): number => Number(database.prepare('SELECT count(*) AS n FROM alarm_affected WHERE entity_id = ?').get(id)?.['n']);
  const before = [shownAt('asset 5'), shownAt('device 5'), shownAt('asset 6')];
  database.exec("BEGIN; DELETE FROM alarm WHERE id = '000005'; UPDATE alarm SET document = '{}' WHERE id = '001005'");
  expect([shownAt('asset 5'), shownAt('device 5'), shownAt('asset 6')]).toEqual([before[0]! - 2, before[1]! - 1, before[2]]);
  database.exec('ROLLBACK');
});
