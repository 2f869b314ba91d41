import {
  API_QUERY_PATTERN_MAX,
  type DynamicValue,
  type EntityCountDraft,
  type FilterDraft,
  type PredicateDraft,
  type QueryRoot,
  type RootAlias,
  type SelectorDraft,
} from '@fieldline/api-contract';
import { isProblem } from '@fieldline/kernel';
import {
  predicatePattern,
  ValueKind,
  type EntityCountQuery,
  type EntityId,
  type EntitySelector,
  type KeyFilter,
  type Predicate,
  type StringOperation,
  type TypedValue,
} from '@fieldline/model';
import type { AttributeReader, Caller, EntityAccess } from '@fieldline/ports';
import { directoryErrors } from './errors.js';
import { isVisible } from './secret-attributes.js';

/** What a query is resolved with. */
export interface QueryResolver {
  readonly access: EntityAccess;
  readonly attributes: AttributeReader;
  /** Whether conditions may be joined by OR, which an index seldom helps with. */
  readonly areOrFiltersAllowed: boolean;
}

/**
 * The query behind a request, for this caller: stand-ins become entities, dynamic values what the attribute says. Roots
 * that the caller may not read lead nowhere. Conditions on texts that compare with nothing are left out (rest-api.md §23.5), and
 * those on attributes that the caller may not see.
 *
 * @param isDynamic false leaves dynamic values at their defaults
 * @throws DIRECTORY_QUERY_OR_DISABLED, DIRECTORY_QUERY_VALUE_ABSENT, DIRECTORY_QUERY_VALUE_TOO_LONG
 */
export async function resolveQuery(
  deps: QueryResolver,
  caller: Caller,
  { selector, filters, combine }: EntityCountDraft,
  { isDynamic }: { readonly isDynamic: boolean },
): Promise<EntityCountQuery> {
  if (combine === 'OR' && !deps.areOrFiltersAllowed) throw directoryErrors.QUERY_OR_DISABLED();
  const { tenantId, customerId } = caller;
  const visible = filters.filter(({ key }) => isVisible(caller, key));
  const resolved = await Promise.all(visible.map((filter) => resolveFilter(deps, caller, filter, isDynamic)));
  return {
    scope: { tenantId, customerId },
    selector: await resolveSelector(deps, caller, selector),
    filters: resolved.filter((filter) => filter !== undefined),
    combine,
  };
}

const nothing: EntitySelector = { kind: 'ids', entityType: 'DEVICE', ids: [] };

async function resolveSelector({ access }: QueryResolver, caller: Caller, selector: SelectorDraft): Promise<EntitySelector> {
  if (selector.kind === 'single') {
    const entity = entityOf(caller, selector.entity);
    return entity === undefined ? nothing : { kind: 'ids', entityType: entity.entityType, ids: [entity.id] };
  }
  if (selector.kind !== 'relations') return selector;
  const { kind, entityTypes, types, roots, ...walk } = selector;
  const named = roots.map((root) => entityOf(caller, root)).filter((root) => root !== undefined);
  const readable = await Promise.all(named.map((root) => isReadable(access, caller, root)));
  return { kind, entityTypes, types, walk: { ...walk, roots: named.filter((_, at) => readable[at]) } };
}

/** Undefined where the caller has no such entity: administrators have no customer. */
function entityOf(caller: Caller, root: QueryRoot): EntityId | undefined {
  if (!('alias' in root)) return root;
  return ofCaller[root.alias](caller);
}

const tenantOf = ({ tenantId }: Caller): EntityId => ({ entityType: 'TENANT', id: tenantId });
const customerOf = ({ customerId }: Caller): EntityId | undefined =>
  customerId === undefined ? undefined : { entityType: 'CUSTOMER', id: customerId };
const ofCaller: Readonly<Record<RootAlias, (caller: Caller) => EntityId | undefined>> = {
  CURRENT_TENANT: tenantOf,
  CURRENT_CUSTOMER: customerOf,
  CURRENT_USER: ({ userId }) => ({ entityType: 'USER', id: userId }),
  CURRENT_USER_OWNER: (caller) => customerOf(caller) ?? tenantOf(caller),
};

async function isReadable(access: EntityAccess, caller: Caller, entity: EntityId): Promise<boolean> {
  try {
    await access.require(caller, entity, 'read');
    return true;
  } catch (error) {
    if (isProblem(error) && (error.kind === 'not-found' || error.kind === 'forbidden')) return false;
    throw error;
  }
}

async function resolveFilter(
  deps: QueryResolver,
  caller: Caller,
  { key, predicate }: FilterDraft,
  isDynamic: boolean,
): Promise<KeyFilter | undefined> {
  const resolved = await resolvePredicate(deps, caller, predicate, isDynamic);
  return resolved && { key, predicate: resolved };
}

async function resolvePredicate(deps: QueryResolver, caller: Caller, draft: PredicateDraft, isDynamic: boolean): Promise<Predicate | undefined> {
  if (draft.type === 'COMPLEX') {
    const parts = await Promise.all(draft.predicates.map((part) => resolvePredicate(deps, caller, part, isDynamic)));
    const predicates = parts.filter((part) => part !== undefined);
    return predicates.length === 0 ? undefined : { ...draft, predicates };
  }
  const read = draft.dynamic === undefined || !isDynamic ? undefined : await dynamicValue(deps.attributes, caller, draft.dynamic);
  const { dynamic, ...predicate } = read === undefined ? draft : withValue(draft, read);
  if (predicate.value === undefined) throw directoryErrors.QUERY_VALUE_ABSENT({ attribute: dynamic?.attribute ?? '' });
  if (predicate.value === '') return undefined;
  if (predicate.type === 'STRING') checkLength(predicate.operation, predicate.value, dynamic?.attribute ?? '');
  return predicate as Simple;
}

type Simple = Exclude<Predicate, { readonly type: 'COMPLEX' }>;
type SimpleDraft = Exclude<PredicateDraft, { readonly type: 'COMPLEX' }>;

/** An attribute may be longer than what a request says. */
function checkLength(operation: StringOperation, value: string, attribute: string): void {
  const charactersMax = API_QUERY_PATTERN_MAX;
  if (value.length > charactersMax && predicatePattern(operation, value) !== undefined) {
    throw directoryErrors.QUERY_VALUE_TOO_LONG({ attribute, charactersMax });
  }
}

/** The predicate with the value that was read; with its own where that has another type. */
function withValue(predicate: SimpleDraft, { kind, value }: TypedValue): SimpleDraft {
  switch (predicate.type) {
    case 'STRING':
      return kind === ValueKind.string ? { ...predicate, value: String(value) } : predicate;
    case 'NUMERIC':
      return kind === ValueKind.long || kind === ValueKind.double ? { ...predicate, value: Number(value) } : predicate;
    case 'BOOLEAN':
      return kind === ValueKind.boolean ? { ...predicate, value: value === true } : predicate;
  }
}

/** The attribute of the first of the source and, where it inherits, its owners that has one. */
async function dynamicValue(reader: AttributeReader, caller: Caller, dynamic: DynamicValue): Promise<TypedValue | undefined> {
  for (const entity of sourcesOf(caller, dynamic)) {
    const [found] = await reader.attributes(caller.tenantId, entity, 'SERVER_SCOPE', [dynamic.attribute]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function sourcesOf(caller: Caller, { source, inherit }: DynamicValue): readonly EntityId[] {
  const owners: readonly RootAlias[] = ['CURRENT_USER', 'CURRENT_CUSTOMER', 'CURRENT_TENANT'];
  const asked = inherit ? owners.slice(owners.indexOf(source)) : [source];
  return asked.map((alias) => ofCaller[alias](caller)).filter((entity) => entity !== undefined);
}

/** A server attribute on which a query of a caller depends. */
export interface DynamicSource {
  readonly entity: EntityId;
  readonly attribute: string;
}

/** The attributes from which the dynamic values of a query are read. */
export function dynamicSources(caller: Caller, { filters }: Pick<EntityCountDraft, 'filters'>): readonly DynamicSource[] {
  const sources: DynamicSource[] = [];
  const visit = (predicate: PredicateDraft): void => {
    if (predicate.type === 'COMPLEX') predicate.predicates.forEach(visit);
    else if (predicate.dynamic !== undefined) {
      const { attribute } = predicate.dynamic;
      for (const entity of sourcesOf(caller, predicate.dynamic)) sources.push({ entity, attribute });
    }
  };
  for (const { key, predicate } of filters) if (isVisible(caller, key)) visit(predicate);
  return sources;
}
