import { attributeScopes, type AttributeScope, type EntityType, type QueryKey } from '@fieldline/model';
import { OTHER_KEYS, queriedKeyId } from '../data/queried-keys.js';
import { queriedField, type QueriedSource } from '../data/queried-values.js';
import { inCalls } from '../mongo-collection.js';
import type { QueryRun } from './query-run.js';

const scopes: Readonly<Record<string, readonly AttributeScope[]>> = {
  ATTRIBUTE: attributeScopes,
  CLIENT_ATTRIBUTE: ['CLIENT_SCOPE'],
  SHARED_ATTRIBUTE: ['SHARED_SCOPE'],
  SERVER_ATTRIBUTE: ['SERVER_SCOPE'],
};

/** The scopes of attributes that a key means, those first that count where two are equally old; none for other keys. */
export const scopesOf = ({ type }: QueryKey): readonly AttributeScope[] => scopes[type] ?? [];

const sourcesOf = (key: QueryKey): readonly QueriedSource[] => (key.type === 'TIME_SERIES' ? ['series'] : scopesOf(key));

export const sameKey = (a: QueryKey, b: QueryKey): boolean => a.type === b.type && a.key === b.key;

/** True for attributes and time series. */
export const isDataKey = (key: QueryKey): boolean => sourcesOf(key).length > 0;

/** Where the values of keys are in the documents that queries read, for one type of entities. */
export class QueriedFields {
  readonly #entityType: EntityType;
  readonly #states: ReadonlyMap<string, 'whole' | 'partial'>;

  private constructor(entityType: EntityType, states: ReadonlyMap<string, 'whole' | 'partial'>) {
    this.#entityType = entityType;
    this.#states = states;
  }

  /** Reads what is known of the keys. */
  static async read(
    run: QueryRun,
    { tenantId, entityType }: { readonly tenantId: string; readonly entityType: EntityType },
    keys: readonly QueryKey[],
  ): Promise<QueriedFields> {
    const fields = new Set(keys.flatMap((key) => sourcesOf(key).map((source) => queriedField(source, key.key))));
    const fieldOf = new Map([...fields, OTHER_KEYS].map((field) => [queriedKeyId(tenantId, entityType, field), field]));
    const states = new Map<string, 'whole' | 'partial'>();
    if (fields.size === 0) return new QueriedFields(entityType, states);
    for (const part of inCalls([...fieldOf.keys()])) {
      for (const { _id, state } of await run.all(run.collections.data.queriedKey, { _id: { $in: part } }, part.length)) {
        states.set(fieldOf.get(_id) as string, state);
      }
    }
    return new QueriedFields(entityType, states);
  }

  /**
   * The fields that values of the key can be in, those first that count where two are equally old.
   *
   * @returns undefined where not all values are there
   */
  of(key: QueryKey): readonly string[] | undefined {
    const fields = sourcesOf(key).map((source) => queriedField(source, key.key));
    const stateOf = (field: string): 'whole' | 'partial' | undefined => this.#states.get(field) ?? this.#states.get(OTHER_KEYS);
    // What shows through a view is in the documents of others.
    if (this.#entityType === 'ENTITY_VIEW' && key.type === 'TIME_SERIES') return undefined;
    if (fields.length === 0 || fields.some((field) => stateOf(field) === 'partial')) return undefined;
    return fields.filter((field) => stateOf(field) === 'whole');
  }
}
