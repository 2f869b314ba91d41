import { heavyFields, storedEntity, type EntityInfo, type EntityKind, type EntityOf, type HeavyField } from '@fieldline/model';
import type { SqlValue } from '../writer/writer-link.js';
import { heavyColumnOf } from './entity-tables.js';

/** What was read of a table, by column. */
export type EntityRow = Readonly<Record<string, unknown>>;

/** The columns that make up an entity: its document and, behind it, its heavy fields or those of them that are asked for. */
export function documentColumns(kind: EntityKind, besides: readonly string[] = heavyFields(kind)): readonly string[] {
  return ['document', ...besides.map(heavyColumnOf)];
}

/** What is stored in these columns, in the order of `documentColumns`. */
export function documentsOf(kind: EntityKind, entity: EntityOf<EntityKind>): readonly SqlValue[] {
  const heavy = heavyFields(kind);
  const fields = entity as EntityRow;
  const light = Object.fromEntries(Object.entries(entity).filter(([field]) => !heavy.includes(field)));
  return [JSON.stringify(light), ...heavy.map((field) => (fields[field] === undefined ? null : JSON.stringify(fields[field])))];
}

/** The entity of a row, as far as the columns that were read tell. */
export function entityOfRow<K extends EntityKind>(kind: K, row: EntityRow): EntityOf<K> {
  return Object.assign(storedEntity(kind, String(row['document'])), heavyOfRow(kind, row));
}

/** The same of a row of which only some heavy columns were read. */
export function infoOfRow<K extends EntityKind, B extends HeavyField<K>>(kind: K, row: EntityRow): EntityInfo<K, B> {
  return entityOfRow(kind, row) as unknown as EntityInfo<K, B>;
}

/** The heavy fields that were read. Tables of earlier versions have none: their documents hold all. */
export function heavyOfRow(kind: EntityKind, row: EntityRow): Readonly<Record<string, unknown>> {
  const found = heavyFields(kind).flatMap((field) => {
    const json = row[heavyColumnOf(field)];
    return typeof json === 'string' ? [[field, JSON.parse(json) as unknown] as const] : [];
  });
  return Object.fromEntries(found);
}
