import { fieldSource, ValueKind, type FieldSource, type QueriedType, type QueryKey, type TypedValue } from '@fieldline/model';
import { attributeOf, pointOf, seriesName, type AttributeDocument } from '../data/data-documents.js';
import { ownerKey } from '../data/mongo-unit.js';
import { inCalls, type MongoFilter } from '../mongo-collection.js';
import { EntityValues, type Found } from './entity-values.js';
import { isDataKey, QueriedFields, scopesOf } from './queried-fields.js';
import type { QueryRun } from './query-run.js';
import type { QueryRow } from './selected-rows.js';
import { viewedPoints } from './viewed-points.js';

/** What to read of rows. */
export interface RowsRead {
  readonly keys: readonly QueryKey[];
  /** Values of these rows, which are of one type then, that were read before. */
  readonly known?: EntityValues | undefined;
  /** Without, times may be 0. */
  readonly withTimes: boolean;
}

/** Values of many entities, read for all of them together: by a few calls for each thousand. */
export class RowValues {
  readonly #known = new Map<string, EntityValues[]>();
  readonly #attributes = new Map<string, Map<string, AttributeDocument>>();
  readonly #latest = new Map<string, Map<string, Found>>();
  readonly #ownerNames = new Map<string, string>();

  /** @throws QUERY_TOO_SLOW */
  static async read(run: QueryRun, rows: readonly QueryRow[], { keys, known, withTimes }: RowsRead): Promise<RowValues> {
    const values = new RowValues();
    const isOfOneTenant = rows.every(({ tenantId }) => tenantId === rows[0]?.tenantId);
    for (const [entityType, ofType] of Map.groupBy(rows, ({ entity }) => entity.entityType)) {
      if (known !== undefined) values.#know(entityType, known);
      let unknown = keys.filter((key) => isDataKey(key) && known?.has(key) !== true);
      if (isOfOneTenant && unknown.length > 0) {
        const read = await readKnown(run, ofType, { keys: unknown, withTimes });
        values.#know(entityType, read);
        unknown = unknown.filter((key) => !read.has(key));
      }
      await values.#readEach(run, ofType, unknown);
    }
    if (keys.some(({ type, key }) => type === 'ENTITY_FIELD' && key === 'ownerName')) await values.#readOwners(run, rows);
    return values;
  }

  /** The value of one of the keys that were read; undefined where the entity has none. */
  of(row: QueryRow, queryKey: QueryKey): Found | undefined {
    const { type, key } = queryKey;
    const known = this.#known.get(row.entity.entityType)?.find((values) => values.has(queryKey));
    if (known !== undefined) return known.of(row.entity.id, queryKey);
    const owner = ownerKey(row.tenantId, row.entity);
    switch (type) {
      case 'ALARM_FIELD':
        return undefined;
      case 'TIME_SERIES':
        return this.#latest.get(owner)?.get(key);
      case 'ENTITY_FIELD': {
        const source = fieldSource(row.entity.entityType, key);
        const value = source === undefined ? undefined : this.#fieldOf(row, source);
        return value === undefined ? undefined : { ...value, tsMs: 0 };
      }
      default: {
        let newest: Found | undefined;
        for (const scope of scopesOf(queryKey)) {
          const document = this.#attributes.get(owner)?.get(`${scope} ${key}`);
          if (document === undefined || (newest !== undefined && newest.tsMs >= document.lastUpdateMs)) continue;
          const { kind, value, lastUpdateMs } = attributeOf(document);
          newest = { kind, value, tsMs: lastUpdateMs };
        }
        return newest;
      }
    }
  }

  #know(entityType: QueriedType, values: EntityValues): void {
    this.#known.set(entityType, [...(this.#known.get(entityType) ?? []), values]);
  }

  /** By the documents of attributes and latest points: what `EntityValues` do not have. */
  async #readEach(run: QueryRun, rows: readonly QueryRow[], keys: readonly QueryKey[]): Promise<void> {
    const filters = filtersOf(run, rows);
    const attributeKeys = namesOf(keys, (key) => scopesOf(key).length > 0);
    const seriesKeys = namesOf(keys, ({ type }) => type === 'TIME_SERIES');
    const scopes = [...new Set(keys.flatMap(scopesOf))];
    for (const filter of filters(attributeKeys, (owner, key) => scopes.map((scope) => `${owner} ${scope} ${key}`))) {
      await this.#readAttributes(run, filter);
    }
    if (rows[0]?.entity.entityType === 'ENTITY_VIEW') await this.#readViewed(run, rows, seriesKeys);
    else for (const filter of filters(seriesKeys, (owner, key) => [seriesName(owner, key)])) await this.#readLatest(run, filter);
  }

  async #readAttributes(run: QueryRun, filter: MongoFilter): Promise<void> {
    for (const document of await run.all(run.collections.data.attribute, filter, VALUES_MAX)) {
      const owner = `${document.tenantId} ${document.entity}`;
      entry(this.#attributes, owner).set(`${document.scope} ${document.key}`, document);
    }
  }

  async #readLatest(run: QueryRun, filter: MongoFilter): Promise<void> {
    for (const document of await run.all(run.collections.data.latest, filter, VALUES_MAX)) {
      entry(this.#latest, `${document.tenantId} ${document.entity}`).set(document.key, pointOf(document.key, document));
    }
  }

  async #readViewed(run: QueryRun, rows: readonly QueryRow[], keys: readonly string[]): Promise<void> {
    const points = await viewedPoints(run, rows, keys);
    for (const { tenantId, entity } of rows) {
      for (const point of points.get(entity.id) ?? []) entry(this.#latest, ownerKey(tenantId, entity)).set(point.key, point);
    }
  }

  async #readOwners(run: QueryRun, rows: readonly QueryRow[]): Promise<void> {
    const { tenant, customer } = run.collections.entities;
    const ids = [...new Set(rows.map(ownerIdOf))];
    for (const part of inCalls(ids)) {
      for (const collection of [tenant, customer]) {
        const named = await run.all(collection, { _id: { $in: part } }, part.length, { fields: ['name'] });
        for (const document of named) this.#ownerNames.set(document._id, String((document as { readonly name?: unknown }).name));
      }
    }
  }

  #fieldOf(row: QueryRow, source: FieldSource): TypedValue | undefined {
    const named = (name: string): string | undefined => row.fields[name] as string | undefined;
    switch (source.from) {
      case 'field':
        return text(named(source.field));
      case 'first':
        return text(source.fields.map(named).find((value) => value !== undefined && value !== ''));
      case 'constant':
        return text(source.text);
      case 'createdTime':
        return { kind: ValueKind.long, value: Number(row.fields['createdAtMs']) };
      case 'additionalInfo':
        return text(row.fields['additionalInfo'] === undefined ? undefined : JSON.stringify(row.fields['additionalInfo']));
      case 'person': {
        const person = [named('firstName'), named('lastName')].filter((name) => name !== undefined && name !== '').join(' ');
        return text(person === '' ? named('email') : person);
      }
      case 'root':
        return text(row.rootId);
      case 'ownerType':
        return text(named('customerId') === undefined ? 'TENANT' : 'CUSTOMER');
      case 'ownerName':
        return text(this.#ownerNames.get(ownerIdOf(row)));
    }
  }
}

const text = (value: string | undefined): TypedValue | undefined => (value === undefined ? undefined : { kind: ValueKind.string, value });
const ownerIdOf = ({ fields, tenantId }: QueryRow): string => (fields['customerId'] as string | undefined) ?? tenantId;
const namesOf = (keys: readonly QueryKey[], isOfType: (key: QueryKey) => boolean): readonly string[] => [
  ...new Set(keys.filter(isOfType).map(({ key }) => key)),
];

/** Only time limits how many values are read: entities have few of the same key. */
const VALUES_MAX = Number.MAX_SAFE_INTEGER;

/** What the documents that queries read have of rows of one tenant and type: of each, or where those are very many, of all there are. */
async function readKnown(run: QueryRun, rows: readonly QueryRow[], { keys, withTimes }: RowsRead): Promise<EntityValues> {
  const [{ tenantId, entity }] = rows as readonly [QueryRow];
  const of = { tenantId, entityType: entity.entityType };
  const ids = rows.length >= run.limits.readByKeyFrom ? undefined : rows.map((row) => row.entity.id);
  return EntityValues.read(run, of, { fields: await QueriedFields.read(run, of, keys), keys, ids, withTimes });
}

type IdsOf = (owner: string, key: string) => readonly string[];

/**
 * Filters that together find the values of keys: by the ids of their documents, or where that would be very many, all
 * that the tenant has of a key. Those of others come along then, which costs less than to ask for each.
 */
function filtersOf(run: QueryRun, rows: readonly QueryRow[]): (keys: readonly string[], idsOf: IdsOf) => readonly MongoFilter[] {
  const [first] = rows;
  const isByKey = rows.length >= run.limits.readByKeyFrom && rows.every(({ tenantId }) => tenantId === first?.tenantId);
  return (keys, idsOf) => {
    if (isByKey) return keys.map((key) => ({ tenantId: first?.tenantId, key }));
    const ids = rows.flatMap(({ tenantId, entity }) => keys.flatMap((key) => idsOf(ownerKey(tenantId, entity), key)));
    return inCalls([...new Set(ids)]).map((part) => ({ _id: { $in: part } }));
  };
}

function entry<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const found = map.get(key) ?? new Map<string, V>();
  map.set(key, found);
  return found;
}
