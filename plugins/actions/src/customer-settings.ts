import type { EntityId, EntityType } from '@fieldline/plugin-sdk';
import { actionErrors } from './errors.js';

const assignable: ReadonlySet<EntityType> = new Set(['ASSET', 'DEVICE', 'ENTITY_VIEW', 'DASHBOARD', 'EDGE']);

/** @throws ACTION_ORIGINATOR_NOT_ASSIGNABLE */
export function requireAssignable({ entityType }: EntityId): void {
  if (!assignable.has(entityType)) throw actionErrors.ORIGINATOR_NOT_ASSIGNABLE({ entityType });
}

/** Version 0 said how long customers are remembered. */
export function withoutCacheExpiration(old: unknown): unknown {
  const { customerCacheExpiration: _customerCacheExpiration, ...rest } = old as { customerCacheExpiration?: unknown };
  return rest;
}
