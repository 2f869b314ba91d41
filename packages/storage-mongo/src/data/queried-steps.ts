import type { EntityId } from '@fieldline/model';
import type { FieldChange } from '../mongo-collection.js';
import type { LatestDocument, SeriesOwner } from './data-documents.js';
import type { DataStep } from './data-steps.js';
import { ownerKey, type MongoUnit } from './mongo-unit.js';
import { queriedField, queriedValue, type QueriedSource } from './queried-values.js';
import type { KeyChanges, QueriedKeys } from './queried-keys.js';

type AttributeChange = MongoUnit['attributeChanges'][number];

export interface ChangedValues {
  readonly latest: readonly LatestDocument[];
  /** Series that have no latest value any more. */
  readonly goneLatest: readonly SeriesOwner[];
  readonly attributes: readonly AttributeChange[];
}

/**
 * What changed values are to queries: keys that are new to them first, so that none has a value that its document
 * does not speak of.
 */
export async function queriedSteps(keys: QueriedKeys, { latest, goneLatest, attributes }: ChangedValues): Promise<readonly DataStep[]> {
  const known = await keys.change([...latest, ...attributes]);
  const entities = new ChangedEntities(known);
  for (const { tenantId, entity: name, key, kind, value, ts } of latest) {
    const [entityType, id] = name.split(' ') as [EntityId['entityType'], string];
    entities.set({ tenantId, entity: { entityType, id }, source: 'series', key }, queriedValue({ kind, value: value as string }), ts);
  }
  for (const { tenantId, entity, key } of goneLatest) entities.unset({ tenantId, entity, source: 'series', key });
  for (const change of attributes) {
    const { tenantId, entity, scope: source, key } = change;
    const at = { tenantId, entity, source, key };
    if ('value' in change) entities.set(at, queriedValue(change), change.lastUpdateMs);
    else entities.unset(at);
  }
  return [
    { to: 'queriedKey', put: known.documents },
    { to: 'queried', change: entities.changes },
  ];
}

interface Place {
  readonly tenantId: string;
  readonly entity: EntityId;
  readonly source: QueriedSource;
  readonly key: string;
}

/** Changes of values, those of an entity together. */
class ChangedEntities {
  readonly #keys: KeyChanges;
  readonly #changes = new Map<string, { readonly _id: string; readonly set: Record<string, unknown>; readonly unset: string[] }>();

  constructor(keys: KeyChanges) {
    this.#keys = keys;
  }

  get changes(): readonly FieldChange[] {
    return [...this.#changes.values()];
  }

  set(place: Place, value: ReturnType<typeof queriedValue>, tsMs: number): void {
    const { tenantId, entity, source, key } = place;
    const field = queriedField(source, key);
    if (!this.#keys.holds(tenantId, entity.entityType, field, value === undefined)) return;
    const { set } = this.#of(place);
    set[`v.${field}`] = value;
    set[`t.${field}`] = tsMs;
  }

  unset(place: Place): void {
    const field = queriedField(place.source, place.key);
    this.#of(place).unset.push(`v.${field}`, `t.${field}`);
  }

  #of({ tenantId, entity }: Place): { readonly set: Record<string, unknown>; readonly unset: string[] } {
    const _id = ownerKey(tenantId, entity);
    const found = this.#changes.get(_id);
    if (found !== undefined) return found;
    const change = { _id, set: { tenantId, entityType: entity.entityType, entity: entity.id }, unset: [] };
    this.#changes.set(_id, change);
    return change;
  }
}
