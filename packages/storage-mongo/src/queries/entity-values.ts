import type { EntityType, QueryKey, TypedValue } from '@fieldline/model';
import { typedOf, type QueriedDocument } from '../data/queried-values.js';
import { inCalls, type MongoFilter } from '../mongo-collection.js';
import { sameKey, type QueriedFields } from './queried-fields.js';
import type { QueryRun } from './query-run.js';

type Values = Pick<QueriedDocument, 'v' | 't'>;
export type Found = TypedValue & { readonly tsMs: number };

/** What to read for the entities of a type. */
export interface ValuesRead {
  readonly fields: QueriedFields;
  readonly keys: readonly QueryKey[];
  /** On the documents that queries read; absent: of all entities. */
  readonly filter?: MongoFilter | undefined;
  /** Only these. */
  readonly ids?: readonly string[] | undefined;
  /** Without, times are 0. */
  readonly withTimes: boolean;
}

/** What the documents that queries read say of entities of a tenant and a type: of some of them, or of those that match. */
export class EntityValues {
  readonly #fields: QueriedFields;
  readonly #keys: readonly QueryKey[];
  readonly #values = new Map<string, Values | undefined>();

  private constructor(fields: QueriedFields, keys: readonly QueryKey[]) {
    this.#fields = fields;
    this.#keys = keys;
  }

  /**
   * Reads which entities match, with their values of those keys that are there.
   *
   * @throws QUERY_TOO_SLOW, QUERY_TOO_MANY_ENTITIES
   */
  static async read(
    run: QueryRun,
    of: { readonly tenantId: string; readonly entityType: EntityType },
    { fields, keys, filter, ids, withTimes }: ValuesRead,
  ): Promise<EntityValues> {
    const values = new EntityValues(
      fields,
      keys.filter((key) => fields.of(key) !== undefined),
    );
    const parts = ids && inCalls(ids.map((id) => `${of.tenantId} ${of.entityType} ${id}`));
    const filters = parts?.map((part) => ({ _id: { $in: part } })) ?? [{ ...of, ...(filter === undefined ? {} : { $and: [filter] }) }];
    const shown = values.#shown(withTimes);
    for (const matching of shown.length === 0 && filter === undefined ? [] : filters) await values.#add(run, matching, shown);
    return values;
  }

  /** The ids of the entities that match and have a document. */
  get entities(): { has(id: string): boolean } & Iterable<string> {
    const values = this.#values;
    return { has: (id) => values.has(id), [Symbol.iterator]: () => values.keys() };
  }

  /** True where the values of the key were read. */
  has(key: QueryKey): boolean {
    return this.#keys.some((held) => sameKey(held, key));
  }

  /** The value of a key that was read. */
  of(entityId: string, key: QueryKey): Found | undefined {
    const { v, t } = this.#values.get(entityId) ?? {};
    let newest: { readonly field: string; readonly tsMs: number } | undefined;
    for (const field of this.#fields.of(key) ?? []) {
      const tsMs = t?.[field] ?? 0;
      if (v?.[field] !== undefined && (newest === undefined || newest.tsMs < tsMs)) newest = { field, tsMs };
    }
    const value = newest === undefined ? undefined : v?.[newest.field];
    return newest === undefined || value === undefined ? undefined : { ...typedOf(value), tsMs: newest.tsMs };
  }

  /** The fields to read. Times tell the newest of several scopes. */
  #shown(withTimes: boolean): readonly string[] {
    const shown = this.#keys.flatMap((key) => {
      const known = this.#fields.of(key) ?? [];
      return known.flatMap((field) => (withTimes || known.length > 1 ? [`v.${field}`, `t.${field}`] : [`v.${field}`]));
    });
    return [...new Set(shown)];
  }

  async #add(run: QueryRun, matching: MongoFilter, shown: readonly string[]): Promise<void> {
    const { queried } = run.collections.data;
    const { entitiesMax } = run.limits;
    if (shown.length === 0) {
      for (const entity of await run.texts(queried, 'entity', matching, entitiesMax)) this.#values.set(entity, undefined);
      return;
    }
    const documents = await run.all(queried, matching, entitiesMax, { fields: ['entity', ...shown], isWithoutId: true });
    for (const document of documents) this.#values.set(document.entity, document);
  }
}
