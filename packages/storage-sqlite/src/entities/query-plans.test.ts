import { entityRules, entitySchemas, type EntityKind, type PageQuery, type TenantId } from '@fieldline/model';
import type { EntityFilter } from '@fieldline/ports';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { SEARCH_SORTED_MAX } from '../limits.js';
import { schemaSql } from '../schema.js';
import { filterConditions } from './entity-conditions.js';
import { rowPage } from './entity-page.js';
import { documentColumns } from './entity-row.js';
import { insertStatement } from './entity-statements.js';
import { columnOf, entityTables } from './entity-tables.js';

// Goal: no list of many entities reads more than its page. Method: ask SQLite how it would run the very statements of a
// page, for every filter and sort that the rules of a kind promise an index for.

const database = new DatabaseSync(':memory:');
database.exec(schemaSql);
const kinds = Object.keys(entitySchemas) as EntityKind[];

/** The plans of the count and of the page. */
function plansOf(kind: EntityKind, query: Partial<PageQuery>, filter: EntityFilter = {}): { readonly count: string; readonly page: string } {
  const texts: string[] = [];
  const conditions = filterConditions(entityTables[kind], 'tenant' as TenantId, filter);
  const prepared = (sql: string) => {
    texts.push(sql);
    return database.prepare(sql);
  };
  rowPage(prepared, kind, { page: 0, pageSize: 50, ...query }, { conditions, columns: documentColumns(kind) });
  const [count = '', page = ''] = texts.map((sql) => {
    const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    return steps.map(({ detail }) => String(detail)).join('; ');
  });
  return { count, page };
}

/** How often a plan sorts: once for the page itself, whose rows are read by their numbers. */
const sorts = (plan: string): number => plan.split('TEMP B-TREE').length - 1;

const filters = kinds.flatMap((kind) => entityRules[kind].indexed.map((fields) => ({ kind, fields: [...fields] as string[] })));
test.each(filters)('lists of $kind by $fields are counted, filtered and sorted by time in one index', ({ kind, fields }) => {
  const columns = fields.map(columnOf).join('_and_');
  const index = `COVERING INDEX ${entityTables[kind].table}_by_${columns} (tenant_id=? AND`;
  const filter = Object.fromEntries(fields.map((field) => [field, 'x']));
  const oldest = plansOf(kind, { sortBy: 'createdAtMs' }, filter);
  // To count, an index that sorts by the field is as good.
  expect(oldest.count).toMatch(new RegExp(`COVERING INDEX \\w+_by_${columns} \\(tenant_id=\\? AND`));
  expect(oldest.page).toContain(index);
  expect(sorts(oldest.page)).toBe(1);
  const newest = plansOf(kind, { sortBy: 'createdAtMs', sortOrder: 'DESC' }, filter);
  expect(newest.page).toContain(index);
  expect(newest.page).toMatch(/LAST TERM OF ORDER BY/);
  const range = plansOf(kind, { sortBy: 'createdAtMs', createdFromMs: 1, createdToMs: 2 }, filter);
  expect(range.page).toMatch(/created_at_ms>\? AND created_at_ms<\?/);
});

test.each(filters.filter(({ fields }) => fields.length === 1))('lists of $kind by several values of $fields use its index', ({ kind, fields }) => {
  const filter = Object.fromEntries(fields.map((field) => [field, ['x', 'y']]));
  expect(plansOf(kind, { sortBy: 'createdAtMs' }, filter).count).toMatch(new RegExp(`INDEX \\w+_by_${fields.map(columnOf).join()} `));
});

const sorted = kinds.flatMap((kind) => {
  const names = entityRules[kind].unique.some(({ within, field }) => within === 'tenant' && (field as string) === 'name') ? ['name'] : [];
  return ['id', 'createdAtMs', ...names, ...entityRules[kind].sorted].map((field) => ({ kind, field }));
});
test.each(sorted)('lists of $kind are sorted by $field in an index', ({ kind, field }) => {
  const { count, page } = plansOf(kind, { sortBy: field });
  expect(sorts(page)).toBe(1);
  expect(page).not.toContain('SCAN');
  expect(count).toContain('COVERING INDEX');
  expect(plansOf(kind, { sortBy: field, sortOrder: 'DESC' }).page).not.toContain('SCAN');
});

test.each(kinds)('a search for a %s reads the texts of one tenant from an index', (kind) => {
  const index = `COVERING INDEX ${entityTables[kind].table}_by_id (tenant_id=?)`;
  const { count, page } = plansOf(kind, { textSearch: 'pump', sortBy: 'createdAtMs' });
  expect([count, page]).toEqual([expect.stringContaining(index), expect.stringContaining(index)]);
});

test('a search that finds little sorts what it found, one that finds much reads in the order asked for', () => {
  const rows = (count: number): void => {
    const devices = Array.from({ length: count }, (_, n) => {
      const id = `device ${count} ${n}`;
      return { id, tenantId: 'tenant', createdAtMs: n, version: 1, name: id, deviceProfileId: 'p', type: 'default' };
    });
    const { sql, rows } = insertStatement('device', devices);
    for (const row of rows) database.prepare(sql).run(...row);
  };
  rows(1);
  const byText = 'COVERING INDEX device_by_id (tenant_id=?)';
  expect(plansOf('device', { textSearch: 'DEVICE', sortBy: 'label' }).page).toContain(byText);
  rows(SEARCH_SORTED_MAX);
  expect(plansOf('device', { textSearch: 'DEVICE', sortBy: 'label' }).page).toContain('INDEX device_sorted_by_label (tenant_id=?)');
  expect(plansOf('device', { textSearch: 'device 1 ', sortBy: 'label' }).page).toContain(byText);
});
