import type { DatabaseSync } from 'node:sqlite';
import { rebuildEntityTables } from './entities/rebuild-entity-tables.js';
import { toVersion2 } from './migrations/version-2.js';
import { toVersion3 } from './migrations/version-3.js';
import { toVersion5 } from './migrations/version-5.js';
import { toVersion6 } from './migrations/version-6.js';
import { toVersion7 } from './migrations/version-7.js';
import { toVersion8 } from './migrations/version-8.js';
import { entitySql, FORMAT_VERSION } from './schema.js';

/**
 * A step from one version of the format to the next. It states its tables in words of its own, never with those of
 * schema.ts, which describe the version of today. Entity tables need no step: they are made anew from their documents.
 */
interface Migration {
  readonly to: number;
  readonly apply: (database: DatabaseSync) => void;
}

const migrations: readonly Migration[] = [
  { to: 2, apply: toVersion2 },
  { to: 3, apply: toVersion3 },
  { to: 5, apply: toVersion5 },
  { to: 6, apply: toVersion6 },
  { to: 7, apply: toVersion7 },
  { to: 8, apply: toVersion8 },
];

/** Brings a data file of an earlier version up to date, in one transaction: a failure leaves it as it was. */
export function upgrade(database: DatabaseSync, from: number): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const { to, apply } of migrations) if (to > from) apply(database);
    rebuildEntityTables(database, entitySql);
    database.exec(`PRAGMA user_version = ${FORMAT_VERSION}; COMMIT`);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
