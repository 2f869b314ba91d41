import { entityRules, entitySchemas, fieldShape, heavyFields, type EntityKind, type UniqueRule } from '@fieldline/model';

/**
 * How a kind of entity is kept: the JSON document, and beside it the fields by which entities are found, unique or sorted. What
 * may be large is not in the document but behind it, so that nothing of it is read from the disk where nobody asks for it.
 */
export interface EntityTable {
  readonly kind: EntityKind;
  readonly table: string;
  /** Fields with a column of their own; all others are read from the document. */
  readonly fields: readonly string[];
}

/** Columns of every table, by field. */
const headColumns: Readonly<Record<string, string>> = { id: 'id', tenantId: 'tenant_id', createdAtMs: 'created_at_ms', version: 'version' };

export const entityTables = Object.fromEntries((Object.keys(entitySchemas) as EntityKind[]).map((kind) => [kind, tableOf(kind)])) as unknown as {
  readonly [K in EntityKind]: EntityTable;
};

function tableOf(kind: EntityKind): EntityTable {
  const { unique, indexed, sorted } = entityRules[kind];
  const ruled = new Set<string>([...unique.map(({ field }) => field), ...indexed.flat(), ...sorted]);
  return { kind, table: columnOf(kind), fields: [...ruled].filter((field) => !Object.hasOwn(headColumns, field)) };
}

/** `deviceProfileId` is the column `device_profile_id`. */
export function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The column that holds a heavy field, as JSON. */
export const heavyColumnOf = (field: string): string => `heavy_${columnOf(field)}`;

/** The column that holds a unique field as it is compared: one of its own where case is ignored. */
export function uniqueColumnOf(rule: { readonly field: string; readonly ignoresCase?: boolean }): string {
  return rule.ignoresCase === true ? `${columnOf(rule.field)}_folded` : columnOf(rule.field);
}

/** What a statement compares or sorts by: a column or a field of the document; undefined where the kind has no such single value. */
export function termOf({ kind, fields }: EntityTable, field: string): string | undefined {
  if (Object.hasOwn(headColumns, field)) return headColumns[field];
  if (fields.includes(field)) return columnOf(field);
  return fieldShape(kind, field)?.holds === 'one' ? `json_extract(document, '$.${field}')` : undefined;
}

/** The statements that create the table of a kind and its indexes. */
export function entityTableSql({ kind, table, fields }: EntityTable): string {
  const unique: readonly UniqueRule<EntityKind>[] = entityRules[kind].unique;
  const folded = unique.filter(({ ignoresCase }) => ignoresCase === true).map((rule) => `${uniqueColumnOf(rule)} ANY NOT NULL, `);
  // A name that is never absent needs no further index to sort by it: SQLite knows then that the unique one has no equals.
  const own = fields.map((field) => `${columnOf(field)} ANY${isRequired(kind, field) ? ' NOT NULL' : ''}, `);
  const heavy = heavyFields(kind).map((field) => `, ${heavyColumnOf(field)} TEXT`);
  const rules = unique.map((rule) => `,\n  UNIQUE (${rule.within === 'tenant' ? 'tenant_id, ' : ''}${uniqueColumnOf(rule)})`);
  return `
CREATE TABLE ${table} (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, created_at_ms INTEGER NOT NULL, version INTEGER NOT NULL,
  ${[...own, ...folded].join('')}search TEXT NOT NULL, document TEXT NOT NULL${heavy.join('')}${rules.join('')}
) STRICT;${indexSql(kind, table).join('')}`;
}

/** The indexes of lists: by id and by time, by each set of filtered fields, by each sorted field. */
function indexSql(kind: EntityKind, table: string): readonly string[] {
  const { indexed, sorted } = entityRules[kind];
  const byFilter = (indexed as readonly (readonly string[])[]).map((fields) => {
    const [first = ''] = fields;
    // Few entities have a firmware or customer of their own: those without one cost nothing here.
    const where = isRequired(kind, first) ? '' : ` WHERE ${columnOf(first)} IS NOT NULL`;
    const columns = fields.map(columnOf);
    return `\nCREATE INDEX ${table}_by_${columns.join('_and_')} ON ${table} (tenant_id, ${columns.join(', ')}, created_at_ms, id)${where};`;
  });
  const bySort = (sorted as readonly string[]).map(
    (field) => `\nCREATE INDEX ${table}_sorted_by_${columnOf(field)} ON ${table} (tenant_id, ${columnOf(field)}, id);`,
  );
  return [
    // With the text that searches look in, so that they need not read the rows.
    `\nCREATE INDEX ${table}_by_id ON ${table} (tenant_id, id, search);`,
    `\nCREATE INDEX ${table}_oldest ON ${table} (tenant_id, created_at_ms, id);`,
    ...byFilter,
    ...bySort,
  ];
}

const isRequired = (kind: EntityKind, field: string): boolean => fieldShape(kind, field)?.isRequired === true;
