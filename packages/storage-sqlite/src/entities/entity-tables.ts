import { entityRules, entitySchemas, type EntityKind } from '@fieldline/model';

/** How a kind of entity is kept: the JSON document, and the fields that are found, unique or sorted by beside it. */
export interface EntityTable {
  readonly kind: EntityKind;
  readonly table: string;
  /** Fields with a column of their own; all others are read from the document. */
  readonly columns: readonly string[];
}

const columns: { readonly [K in EntityKind]: readonly string[] } = {
  tenant: ['name'],
  user: ['email', 'customerId', 'authority'],
  userCredentials: ['userId'],
  device: ['name', 'label', 'type', 'deviceProfileId', 'customerId'],
  deviceProfile: ['name', 'isDefault'],
  deviceCredentials: ['deviceId', 'credentialsId'],
  ruleChain: ['name', 'type', 'isRoot'],
};

export const entityTables = Object.fromEntries(
  (Object.keys(entitySchemas) as EntityKind[]).map((kind) => [kind, { kind, table: columnOf(kind), columns: columns[kind] }]),
) as unknown as { readonly [K in EntityKind]: EntityTable };

/** `deviceProfileId` is the column `device_profile_id`. */
export function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The column that holds a unique field as it is compared: one of its own where case is ignored. */
export function uniqueColumnOf(rule: { readonly field: string; readonly ignoresCase?: boolean }): string {
  return rule.ignoresCase === true ? `${columnOf(rule.field)}_folded` : columnOf(rule.field);
}

/** The statements that create the table of a kind and its indexes. */
export function entityTableSql({ kind, table, columns: own }: EntityTable): string {
  const { unique } = entityRules[kind];
  const folded = unique.filter(({ ignoresCase }) => ignoresCase === true).map(uniqueColumnOf);
  const rules = unique.map((rule) => `,\n  UNIQUE (${rule.within === 'tenant' ? 'tenant_id, ' : ''}${uniqueColumnOf(rule)})`);
  const typed = [...own.map(columnOf), ...folded].map((column) => `${column} ANY, `);
  return `
CREATE TABLE ${table} (
  id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, created_at_ms INTEGER NOT NULL, version INTEGER NOT NULL,
  ${typed.join('')}search TEXT NOT NULL, document TEXT NOT NULL${rules.join('')}
) STRICT;
CREATE INDEX ${table}_by_id ON ${table} (tenant_id, id);
CREATE INDEX ${table}_oldest ON ${table} (tenant_id, created_at_ms, id);`;
}
