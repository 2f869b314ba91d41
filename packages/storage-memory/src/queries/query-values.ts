import {
  attributeScopes,
  fieldSource,
  latestThroughViews,
  queryText,
  ValueKind,
  type AttributeScope,
  type DataPoint,
  type EntityOf,
  type EntityView,
  type FieldSource,
  type QueryKey,
  type QueryValue,
  type TypedValue,
} from '@fieldline/model';
import type { AttributeReader, EntityStore, TimeSeriesReader } from '@fieldline/ports';
import type { QueryRow } from './query-rows.js';

/** What queries read values from. */
export interface QueriedStores {
  readonly entities: EntityStore;
  readonly data: AttributeReader & TimeSeriesReader;
}

export type Found = TypedValue & { readonly tsMs: number };

const scopes: Readonly<Record<string, readonly AttributeScope[]>> = {
  ATTRIBUTE: attributeScopes,
  CLIENT_ATTRIBUTE: ['CLIENT_SCOPE'],
  SHARED_ATTRIBUTE: ['SHARED_SCOPE'],
  SERVER_ATTRIBUTE: ['SERVER_SCOPE'],
};

/** The value of a key of one entity; undefined where it has none. */
export async function valueOf(stores: QueriedStores, row: QueryRow, { type, key }: QueryKey): Promise<Found | undefined> {
  if (type === 'ALARM_FIELD') return undefined;
  if (type === 'ENTITY_FIELD') {
    const source = fieldSource(row.entity.entityType, key);
    const value = source === undefined ? undefined : await fieldOf(stores.entities, row, source);
    return value === undefined ? undefined : { ...value, tsMs: 0 };
  }
  if (type === 'TIME_SERIES') return latestOf(stores.data, row, key);
  let newest: Found | undefined;
  for (const scope of scopes[type] ?? []) {
    const [attribute] = await stores.data.attributes(row.tenantId, row.entity, scope, [key]);
    if (attribute === undefined || (newest !== undefined && newest.tsMs >= attribute.lastUpdateMs)) continue;
    newest = { kind: attribute.kind, value: attribute.value, tsMs: attribute.lastUpdateMs };
  }
  return newest;
}

async function latestOf(data: TimeSeriesReader, { tenantId, entity, fields }: QueryRow, key: string): Promise<DataPoint | undefined> {
  if (entity.entityType !== 'ENTITY_VIEW') return (await data.latest(tenantId, entity, [key]))[0];
  const [points = []] = await latestThroughViews([fields as unknown as EntityView], [key], {
    latest: (targets, keys) => Promise.all(targets.map((target) => data.latest(tenantId, target, keys))),
    newest: async (target, asked, time) => (await data.range(tenantId, target, { key: asked, ...time, limit: 1, order: 'DESC' }))[0],
  });
  return points[0];
}

/** The value as a column of an answer. */
export function columnOf(key: QueryKey, found: Found | undefined): QueryValue {
  return found === undefined ? { key, tsMs: 0, text: '' } : { key, tsMs: found.tsMs, text: queryText(found) };
}

const text = (value: string | undefined): TypedValue | undefined => (value === undefined ? undefined : { kind: ValueKind.string, value });

async function fieldOf(entities: EntityStore, { fields, tenantId, rootId }: QueryRow, source: FieldSource): Promise<TypedValue | undefined> {
  const named = (name: string): string | undefined => fields[name] as string | undefined;
  switch (source.from) {
    case 'field':
      return text(named(source.field));
    case 'first':
      return text(source.fields.map(named).find((value) => value !== undefined && value !== ''));
    case 'constant':
      return text(source.text);
    case 'createdTime':
      return { kind: ValueKind.long, value: Number(fields['createdAtMs']) };
    case 'additionalInfo':
      return text(fields['additionalInfo'] === undefined ? undefined : JSON.stringify(fields['additionalInfo']));
    case 'person': {
      const person = [named('firstName'), named('lastName')].filter((name) => name !== undefined && name !== '').join(' ');
      return text(person === '' ? named('email') : person);
    }
    case 'root':
      return text(rootId);
    case 'ownerType':
      return text(ownerIdOf(fields) === undefined ? 'TENANT' : 'CUSTOMER');
    case 'ownerName': {
      const ownerId = ownerIdOf(fields);
      const owner: EntityOf<'tenant' | 'customer'> | undefined =
        ownerId === undefined ? await entities.find('tenant', tenantId, tenantId) : await entities.find('customer', tenantId, ownerId);
      return text(owner?.name);
    }
  }
}

const ownerIdOf = (fields: Readonly<Record<string, unknown>>): string | undefined => fields['customerId'] as string | undefined;
