import { entityRules, fieldShape, heavyFields, storedEntity, type EntityKind, type EntityOf, type UniqueRule } from '@fieldline/model';
import type { Stored } from '../mongo-collection.js';
import { uniqueFieldOf } from './entity-collections.js';

/**
 * An entity as it is stored: as JSON, because free JSON has keys and lists that not every server takes as they are, and
 * beside it its single values and lists of such, by which it is found and sorted. What may be large is in fields of its own
 * (`heavyFieldOf`), as JSON, so that lists need not read it.
 */
export interface EntityDocument extends Stored {
  readonly tenantId: string;
  readonly createdAtMs: number;
  readonly version: number;
  /** The searched fields in lower case, a line each, so that no search matches across two of them. */
  readonly _search: string;
  readonly _entity: string;
  /** The journal entry of the write that made it so, if that had several steps. */
  readonly _write?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** @param write the journal entry of the write */
export function documentOf(kind: EntityKind, entity: EntityOf<EntityKind>, write?: string): EntityDocument {
  const { id, tenantId, createdAtMs, version, ...others } = entity;
  const fields = Object.entries(others).filter(([field, value]) => isKept(kind, field, value));
  return {
    _id: id,
    tenantId,
    createdAtMs,
    version,
    ...Object.fromEntries(fields),
    ...uniqueValues(kind, entity),
    _search: searchTextOf(kind, entity),
    ...lightAndHeavy(kind, entity),
    ...(write === undefined ? {} : { _write: write }),
  };
}

/** The entity, as far as the fields that were read tell: `_entity`, and those of its heavy fields that are wanted. */
export function entityOf<K extends EntityKind>(kind: K, document: EntityDocument): EntityOf<K> {
  const fields = document as unknown as Fields;
  const heavy = heavyFields(kind).flatMap((field) => {
    const json = fields[heavyFieldOf(field)];
    return typeof json === 'string' ? [[field, JSON.parse(json) as unknown] as const] : [];
  });
  return Object.assign(storedEntity(kind, document._entity), Object.fromEntries(heavy));
}

/** The field that holds what may be large. */
export const heavyFieldOf = (field: string): string => `_heavy_${field}`;

function lightAndHeavy(kind: EntityKind, entity: EntityOf<EntityKind>): Pick<EntityDocument, '_entity'> {
  const heavy = heavyFields(kind);
  const fields = Object.entries(entity).filter(([, value]) => value !== undefined);
  const light = fields.filter(([field]) => !heavy.includes(field));
  const large = fields.filter(([field]) => heavy.includes(field)).map(([field, value]) => [heavyFieldOf(field), JSON.stringify(value)] as const);
  return { _entity: JSON.stringify(Object.fromEntries(light)), ...Object.fromEntries(large) };
}

/** What stands in the place of an entity from its removal to the end of the write: of no tenant, under no name. */
export function tombstoneOf(kind: EntityKind, { _id, createdAtMs, version }: EntityDocument, write: string): EntityDocument {
  const rules: readonly UniqueRule<EntityKind>[] = entityRules[kind].unique;
  const noNames = Object.fromEntries(rules.map(({ field }) => [uniqueFieldOf(field), `-${_id}`]));
  return { _id, tenantId: '', createdAtMs, version, ...noNames, _search: '', _entity: '', _write: write };
}

export const isTombstone = ({ tenantId }: EntityDocument): boolean => tenantId === '';

/** What no other entity may have where the rule speaks of a field: texts that start with =, so that nothing clashes with an absent one. */
export function uniqueValue({ within, ignoresCase }: UniqueRule<EntityKind>, tenantId: string, value: string): string {
  const compared = ignoresCase === true ? value.toLowerCase() : value;
  return within === 'tenant' ? `=${tenantId} ${compared}` : `=${compared}`;
}

/**
 * The unique values of an entity. A unique index must find one in every document: servers disagree on how many may
 * lack the field. So an absent one is the id, which is as unique.
 */
function uniqueValues(kind: EntityKind, entity: EntityOf<EntityKind>): Fields {
  const rules: readonly UniqueRule<EntityKind>[] = entityRules[kind].unique;
  return Object.fromEntries(
    rules.map((rule) => {
      const value = (entity as Fields)[rule.field];
      return [uniqueFieldOf(rule.field), typeof value === 'string' ? uniqueValue(rule, entity.tenantId, value) : `-${entity.id}`];
    }),
  );
}

function isKept(kind: EntityKind, field: string, value: unknown): boolean {
  const holds = fieldShape(kind, field)?.holds;
  return holds === 'one' ? isSingle(value) : holds === 'list' && Array.isArray(value) && value.every(isSingle);
}

const isSingle = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

function searchTextOf(kind: EntityKind, entity: object): string {
  const values = (entityRules[kind].searched as readonly string[]).map((field) => (entity as Fields)[field]);
  return values
    .filter((value) => typeof value === 'string')
    .join('\n')
    .toLowerCase();
}
