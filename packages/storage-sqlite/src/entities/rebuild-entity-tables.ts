import { entitySchemas, type EntityKind, type EntityOf } from '@fieldline/model';
import { storageErrors } from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import { insertStatement } from './entity-statements.js';
import { entityTables, entityTableSql } from './entity-tables.js';

/**
 * Makes every entity table as this version has it. Documents hold all of an entity, so columns and indexes are
 * always made from them, whichever version wrote them; what the schema added since is filled in.
 */
export function rebuildEntityTables(database: DatabaseSync): void {
  for (const kind of Object.keys(entitySchemas) as EntityKind[]) {
    const { table } = entityTables[kind];
    const isThere = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined;
    if (isThere) rebuild(database, kind);
    else database.exec(entityTableSql(entityTables[kind]));
  }
}

function rebuild<K extends EntityKind>(database: DatabaseSync, kind: K): void {
  const { table } = entityTables[kind];
  const indexes = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL").all(table);
  for (const { name } of indexes) database.exec(`DROP INDEX ${String(name)}`);
  database.exec(`ALTER TABLE ${table} RENAME TO earlier_${table}; ${entityTableSql(entityTables[kind])}`);
  const insert = database.prepare(insertStatement(kind, []).sql);
  for (const { document } of database.prepare(`SELECT document FROM earlier_${table}`).iterate()) {
    const entity = checked(kind, String(document), database.location());
    for (const row of insertStatement(kind, [entity]).rows) insert.run(...row);
  }
  database.exec(`DROP TABLE earlier_${table}`);
}

function checked<K extends EntityKind>(kind: K, document: string, path: string | null): EntityOf<K> {
  try {
    return entitySchemas[kind].parse(JSON.parse(document)) as EntityOf<K>;
  } catch (error) {
    throw storageErrors.CORRUPT({ path: path ?? 'in memory', reason: `it holds a ${kind} that cannot be read` }, { cause: error });
  }
}
