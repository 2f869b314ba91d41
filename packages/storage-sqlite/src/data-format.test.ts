// Goal: docs/data-format.md keeps up with the tables. Method: the names of a fresh database against the text.
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { entityTables } from './entities/entity-tables.js';
import { FORMAT_VERSION, schemaSql } from './schema.js';

const text = readFileSync(new URL('../../../docs/data-format.md', import.meta.url), 'utf8');

test('the page is about this format', () => expect(text).toContain(`describes format ${FORMAT_VERSION} `));

test('every table that is not one of entities is described', () => {
  const database = new DatabaseSync(':memory:');
  database.exec(schemaSql);
  const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
  const ofEntities = new Set<string>(Object.values(entityTables).map(({ table }) => table));
  expect(names.map(({ name }) => String(name)).filter((name) => !ofEntities.has(name) && !text.includes(`\`${name}\``))).toEqual([]);
  database.close();
});

test('the columns of blocks are described', () => {
  for (const column of ['start_ms', 'end_ms', 'ttl_ms', 'count', 'kind', 'minimum', 'maximum', 'sum', 'row_crc'])
    expect(text).toContain(`\`${column}\``);
});
