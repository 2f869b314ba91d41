import type { Alarm, AttributeScope, DataPoint, EntityId, TenantId, TypedValue } from '@fieldline/model';
import type { AlarmRemoval } from './data-store.js';

/** New values of one entity, after they became durable: one call a batch and entity. */
export interface LiveUpdate {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  /** In the order they were stored. */
  readonly points: readonly DataPoint[];
  readonly attributes: readonly (TypedValue & { readonly scope: AttributeScope; readonly key: string; readonly lastUpdateMs: number })[];
  /** Keys whose latest value was removed, with what they have now. */
  readonly removedLatest?: readonly { readonly key: string; readonly latest?: DataPoint | undefined }[] | undefined;
  readonly removedAttributes?: readonly { readonly scope: AttributeScope; readonly key: string }[] | undefined;
}

/** Alarms of a tenant that changed, after that became durable: one call a batch. */
export interface LiveAlarms {
  readonly tenantId: TenantId;
  /** As each write left them, in the order of the writes. */
  readonly alarms: readonly Alarm[];
  readonly removed: readonly AlarmRemoval[];
}

/**
 * Pushes what is stored to whoever watches an entity. To miss nothing: subscribe, then read, then merge by
 * time (design.md §1).
 */
export interface LiveFeed {
  /** @returns a function that ends the subscription; nothing is delivered after it was called */
  subscribe(tenantId: TenantId, entity: EntityId, listener: (update: LiveUpdate) => void): () => void;
  /** As `subscribe`, for every change of an alarm of the tenant. */
  subscribeAlarms(tenantId: TenantId, listener: (changes: LiveAlarms) => void): () => void;
}
