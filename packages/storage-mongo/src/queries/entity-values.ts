import type { EntityType, QueryKey, TypedValue } from '@fieldline/model';
import { typedOf, type QueriedDocument } from '../data/queried-values.js';
import type { MongoFilter } from '../mongo-collection.js';
import type { QueriedFields } from './queried-fields.js';
import type { QueryRun } from './query-run.js';

type Values = Pick<QueriedDocument, 'v' | 't'>;

/** What the documents that queries read say of the entities of a tenant and a type, or of those that match. */
export class EntityValues {
  readonly #fields: QueriedFields;
  readonly #keys: readonly QueryKey[];
  readonly #values: ReadonlyMap<string, Values | undefined>;

  private constructor(fields: QueriedFields, keys: readonly QueryKey[], values: ReadonlyMap<string, Values | undefined>) {
    this.#fields = fields;
    this.#keys = keys;
    this.#values = values;
  }

  /**
   * Reads which entities match, with their values of those keys that are there.
   *
   * @throws QUERY_TOO_SLOW, QUERY_TOO_MANY_ENTITIES
   */
  static async read(
    run: QueryRun,
    of: { readonly tenantId: string; readonly entityType: EntityType },
    { fields, keys, filter }: { readonly fields: QueriedFields; readonly keys: readonly QueryKey[]; readonly filter: MongoFilter | undefined },
  ): Promise<EntityValues> {
    const { queried } = run.collections.data;
    const { entitiesMax } = run.limits;
    const matching = { ...of, ...(filter === undefined ? {} : { $and: [filter] }) };
    const held = keys.filter((key) => fields.of(key) !== undefined);
    const read = new Set(
      held.flatMap((key) => {
        const known = fields.of(key) ?? [];
        // Times tell the newest of several.
        return known.flatMap((field) => (known.length === 1 ? [`v.${field}`] : [`v.${field}`, `t.${field}`]));
      }),
    );
    if (read.size === 0) {
      const entities = filter === undefined ? [] : await run.texts(queried, 'entity', matching, entitiesMax);
      return new EntityValues(fields, held, new Map(entities.map((entity) => [entity, undefined])));
    }
    const documents = await run.all(queried, matching, entitiesMax, { fields: ['entity', ...read], isWithoutId: true });
    return new EntityValues(fields, held, new Map(documents.map((document) => [document.entity, document])));
  }

  /** The ids of the entities that match and have a document. */
  get entities(): { has(id: string): boolean } & Iterable<string> {
    const values = this.#values;
    return { has: (id) => values.has(id), [Symbol.iterator]: () => values.keys() };
  }

  /** True where the values of the key were read. */
  has({ type, key }: QueryKey): boolean {
    return this.#keys.some((held) => held.type === type && held.key === key);
  }

  /** The value of a key that was read. */
  of(entityId: string, key: QueryKey): TypedValue | undefined {
    const { v, t } = this.#values.get(entityId) ?? {};
    let newest: { readonly field: string; readonly ms: number } | undefined;
    for (const field of this.#fields.of(key) ?? []) {
      const ms = t?.[field] ?? Number.NEGATIVE_INFINITY;
      if (v?.[field] !== undefined && (newest === undefined || newest.ms < ms)) newest = { field, ms };
    }
    const value = newest === undefined ? undefined : v?.[newest.field];
    return value === undefined ? undefined : typedOf(value);
  }
}
