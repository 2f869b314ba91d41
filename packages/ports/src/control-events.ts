import type { EntityKind, TenantId } from '@fieldline/model';

/**
 * Says that an entity of the control plane changed. A hint: receivers read the entity again, so an event that
 * is lost or comes twice costs time, never truth (design.md §1).
 */
export interface ControlEvent {
  readonly kind: EntityKind;
  readonly tenantId: TenantId;
  readonly id: string;
  /** Version after the change; absent where the entity was removed. */
  readonly version?: number | undefined;
}

export interface ControlEvents {
  /** Called after the write is durable. */
  publish(event: ControlEvent): void;
  /** @returns a function that ends the subscription */
  subscribe(listener: (event: ControlEvent) => void): () => void;
}
