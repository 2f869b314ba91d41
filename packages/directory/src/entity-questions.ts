import type { AlarmCountDraft, AlarmDataDraft, EntityCountDraft, EntityDataDraft } from '@fieldline/api-contract';
import {
  attributeScopes,
  type Attribute,
  type AttributeScope,
  type DataPoint,
  type EntityData,
  type EntityId,
  type EntityType,
  type Page,
  type QuerySort,
} from '@fieldline/model';
import type { AlarmData, AttributeReader, Caller, EntityAccess, EntityQueries, ManyEntitiesReader } from '@fieldline/ports';
import { KEY_ENTITIES_MAX } from './limits.js';
import { resolveQuery } from './resolve-query.js';
import { isVisible, visibleTo } from './secret-attributes.js';

export interface QuestionDeps {
  readonly queries: EntityQueries;
  readonly access: EntityAccess;
  readonly attributes: AttributeReader;
  readonly many: ManyEntitiesReader;
  readonly areOrFiltersAllowed: boolean;
}

/** Which keys to tell. */
export interface KeysAsked {
  readonly timeseries: boolean;
  /** Scopes of the attributes; none tells no attributes. */
  readonly scopes: readonly AttributeScope[];
  readonly samples: boolean;
}

/** Keys of entities, each with a value of one of them where samples were asked for. */
export interface KeysFound {
  readonly entityTypes: readonly EntityType[];
  readonly timeseries: readonly { readonly key: string; readonly sample?: DataPoint | undefined }[];
  readonly attributes: Readonly<Partial<Record<AttributeScope, readonly { readonly key: string; readonly sample?: Attribute | undefined }[]>>>;
}

/** What callers ask about many entities and alarms at once (rest-api.md §23 and §24). */
export class EntityQuestions {
  readonly #deps: QuestionDeps;

  constructor(deps: QuestionDeps) {
    this.#deps = deps;
  }

  /** @throws QUERY_TOO_SLOW, QUERY_TOO_MANY_ENTITIES, QUERY_BUSY, DIRECTORY_QUERY_OR_DISABLED */
  async find(caller: Caller, draft: EntityDataDraft): Promise<Page<EntityData>> {
    const { columns, pageSize, page, textSearch, sort } = draft;
    const query = await resolveQuery(this.#deps, caller, draft, { isDynamic: true });
    return this.#deps.queries.find({ ...query, columns: visibleTo(caller, columns), pageSize, page, textSearch, sort: sortOf(caller, sort) });
  }

  /** Dynamic values are not read here, as in ThingsBoard. */
  async count(caller: Caller, draft: EntityCountDraft): Promise<number> {
    return this.#deps.queries.count(await resolveQuery(this.#deps, caller, draft, { isDynamic: false }));
  }

  /** The keys that the first entities of a query have. */
  async keys(caller: Caller, draft: EntityDataDraft, asked: KeysAsked): Promise<KeysFound> {
    const { data } = await this.find(caller, { ...draft, columns: [], page: 0, pageSize: Math.min(draft.pageSize, KEY_ENTITIES_MAX) });
    const entities = data.map(({ entity }) => entity);
    const { many } = this.#deps;
    const { tenantId } = caller;
    const timeseries = asked.timeseries ? await many.keysOfMany(tenantId, entities) : [];
    const latest = asked.samples && asked.timeseries ? (await many.latestOfMany(tenantId, entities, timeseries)).flat() : [];
    const byScope = asked.scopes.length === 0 ? undefined : await many.attributeKeysOfMany(tenantId, entities);
    const attributes: Partial<Record<AttributeScope, readonly { readonly key: string; readonly sample?: Attribute | undefined }[]>> = {};
    for (const scope of attributeScopes.filter((each) => asked.scopes.includes(each))) {
      const samples = asked.samples ? await this.#attributesOf(caller, entities, scope) : new Map<string, Attribute>();
      attributes[scope] = (byScope?.[scope] ?? []).map((key) => ({ key, sample: samples.get(key) }));
    }
    return {
      entityTypes: [...new Set(entities.map(({ entityType }) => entityType))],
      timeseries: timeseries.map((key) => ({ key, sample: latest.find((point) => point.key === key) })),
      attributes,
    };
  }

  async findAlarms(caller: Caller, draft: AlarmDataDraft): Promise<Page<AlarmData>> {
    const { scope, ...entities } = await resolveQuery(this.#deps, caller, draft.entities, { isDynamic: true });
    const columns = visibleTo(caller, draft.columns);
    return this.#deps.queries.findAlarms({ ...draft, columns, sort: sortOf(caller, draft.sort), scope, entities });
  }

  async countAlarms(caller: Caller, { entities, ...filter }: AlarmCountDraft): Promise<number> {
    const { tenantId, customerId } = caller;
    if (entities === undefined) return this.#deps.queries.countAlarms({ ...filter, scope: { tenantId, customerId } });
    const { scope, ...resolved } = await resolveQuery(this.#deps, caller, entities, { isDynamic: false });
    return this.#deps.queries.countAlarms({ ...filter, scope, entities: resolved });
  }

  async #attributesOf(caller: Caller, entities: readonly EntityId[], scope: AttributeScope): Promise<ReadonlyMap<string, Attribute>> {
    const lists = await Promise.all(entities.map((entity) => this.#deps.attributes.attributes(caller.tenantId, entity, scope)));
    return new Map(visibleTo(caller, lists.flat()).map((attribute) => [attribute.key, attribute]));
  }
}

/** An order by what the caller may not see would tell it bit by bit. */
function sortOf(caller: Caller, sort: QuerySort | undefined): QuerySort | undefined {
  return sort !== undefined && isVisible(caller, sort.key) ? sort : undefined;
}
