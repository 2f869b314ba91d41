import type { AttributeScope, DataPoint, EntityId, TenantId, TypedValue } from '@fieldline/model';

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

/**
 * Pushes what is stored to whoever watches an entity. To miss nothing: subscribe, then read, then merge by
 * time (design.md §1).
 */
export interface LiveFeed {
  /** @returns a function that ends the subscription; nothing is delivered after it was called */
  subscribe(tenantId: TenantId, entity: EntityId, listener: (update: LiveUpdate) => void): () => void;
}
