import { entitySchemas, type EntityKind, type EntityOf } from '@fieldline/model';
import { storageErrors } from '@fieldline/ports';
import type { DatabaseSync } from 'node:sqlite';
import { heavyOfRow, type EntityRow } from './entity-row.js';
import { insertStatement } from './entity-statements.js';
import { entityTables } from './entity-tables.js';

/**
 * Makes every entity table as this version has it, by `entitySql`. Documents and heavy columns hold all of an entity, so
 * other columns and indexes are always made from them, whichever version wrote them; what the schema added since is filled in.
 */
export function rebuildEntityTables(database: DatabaseSync, entitySql: string): void {
  const earlier = (Object.keys(entitySchemas) as EntityKind[]).filter((kind) => putAside(database, kind));
  database.exec(entitySql);
  for (const kind of earlier) copyBack(database, kind);
}

/** Renames the table so that its name, and those of its indexes and triggers, are free. @returns false where there is none */
function putAside(database: DatabaseSync, kind: EntityKind): boolean {
  const { table } = entityTables[kind];
  const parts = database.prepare('SELECT type, name FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL').all(table);
  for (const { type, name } of parts) if (type !== 'table') database.exec(`DROP ${String(type)} ${String(name)}`);
  if (parts.length > 0) database.exec(`ALTER TABLE ${table} RENAME TO earlier_${table}`);
  return parts.length > 0;
}

function copyBack<K extends EntityKind>(database: DatabaseSync, kind: K): void {
  const { table } = entityTables[kind];
  const insert = database.prepare(insertStatement(kind, []).sql);
  for (const earlier of database.prepare(`SELECT * FROM earlier_${table}`).iterate()) {
    const entity = checked(kind, earlier, database.location());
    for (const row of insertStatement(kind, [entity]).rows) insert.run(...row);
  }
  database.exec(`DROP TABLE earlier_${table}`);
}

function checked<K extends EntityKind>(kind: K, row: EntityRow, path: string | null): EntityOf<K> {
  try {
    const document = JSON.parse(String(row['document'])) as object;
    return entitySchemas[kind].parse({ ...document, ...heavyOfRow(kind, row) }) as EntityOf<K>;
  } catch (error) {
    throw storageErrors.CORRUPT({ path: path ?? 'in memory', reason: `it holds a ${kind} that cannot be read` }, { cause: error });
  }
}
