import type { Problem } from '@fieldline/kernel';
import type { DataPoint, EntityId, TenantId } from '@fieldline/model';
import type { EntityQueries, RangeQuery } from '@fieldline/ports';
import type { PackedEntities, PackedPoints } from './packed-latest.js';

// What crosses between the main thread and the reader thread. Plain data only.

export const queryMethods = ['find', 'count', 'select', 'findAlarms', 'countAlarms'] as const satisfies readonly (keyof EntityQueries)[];
export type QueryMethod = (typeof queryMethods)[number];

export type ToReader =
  | { readonly kind: 'query'; readonly id: number; readonly method: QueryMethod; readonly args: readonly unknown[] }
  /** Answers `latest` or `range`. */
  | { readonly kind: 'points'; readonly id: number; readonly points?: PackedPoints | readonly DataPoint[]; readonly problem?: Problem }
  /** Answered by `stopped`. */
  | { readonly kind: 'stop' };

export type FromReader =
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly problem?: Problem }
  /** Asks for latest values, which are in the engine thread. */
  | {
      readonly kind: 'latest';
      readonly id: number;
      readonly tenantId: TenantId;
      readonly entities: PackedEntities;
      readonly keys: readonly string[];
    }
  /** Asks for history, of which a point or two are left of views whose time has ended. */
  | { readonly kind: 'range'; readonly id: number; readonly tenantId: TenantId; readonly entity: EntityId; readonly query: RangeQuery }
  | { readonly kind: 'stopped' };
