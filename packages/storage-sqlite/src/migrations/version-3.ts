import type { DatabaseSync } from 'node:sqlite';

/** A tenant's rows go in slices after it was removed. What version 2 removed has none left, which the first look finds out. */
export function toVersion3(database: DatabaseSync): void {
  database.exec('ALTER TABLE removed_tenant ADD COLUMN is_swept INTEGER NOT NULL DEFAULT 0');
}
