import type { NodeChanges } from '@fieldline/directory';
import type { Problem } from '@fieldline/kernel';
import type { EntityId, PointColumns, TenantId } from '@fieldline/model';
import type { ControlEvent, Durability, LiveAlarms, LiveUpdate, RangeQuery } from '@fieldline/ports';
import type { PackingState } from '@fieldline/storage-sqlite';
import type { SessionDescriptor } from '@fieldline/telemetry';

// What crosses between the main thread and the engine thread. Plain data only; the buffers of uplinks and of columns are transferred.

/** A read of history that is answered piece by piece, each when it is asked for. */
export interface PieceRead {
  readonly tenantId: TenantId;
  readonly entity: EntityId;
  readonly query: RangeQuery;
}

/**
 * Whose method a call names: reads of the store, latest values for queries, commands on its data, messages for rule chains,
 * dead letters, accounts of rule chains, the recorder of messages, what was learned from them, or plugins of third parties.
 */
export type CallTarget = 'store' | 'latest' | 'commands' | 'messages' | 'deadLetters' | 'ledger' | 'recorder' | 'learned' | 'plugins';

/** What rule nodes ask of the main thread, which owns the control plane. */
export const nodeChangeMethods = ['ensure', 'assign', 'unassign', 'saveRelation', 'removeRelation'] as const satisfies readonly (keyof NodeChanges)[];
export type NodeChangeMethod = (typeof nodeChangeMethods)[number];

/** What a rule chain of a tenant says to an HTTP call that waits for it. */
export interface RuleReply {
  readonly tenantId: TenantId;
  readonly serviceId: string;
  readonly requestId: string;
  readonly text: string;
}

/** What a rule node publishes to the clients of the MQTT broker. */
export interface NodePublication {
  readonly tenantId: TenantId;
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1 | 2;
  readonly isRetained: boolean;
}

/** Answered by `answer`. */
export interface EngineCall {
  readonly kind: 'call';
  readonly id: number;
  readonly target: CallTarget;
  readonly method: string;
  readonly args: readonly unknown[];
  /** True where the caller gave an AbortSignal behind the arguments, for which `abandon` stands. */
  readonly hasSignal?: boolean;
}

export type ToEngine =
  | { readonly kind: 'sessions'; readonly opened: readonly SessionDescriptor[]; readonly closed: readonly number[] }
  | { readonly kind: 'seen'; readonly handles: readonly number[]; readonly atMs: number }
  | { readonly kind: 'uplinks'; readonly id: number; readonly uplinks: ArrayBuffer }
  | EngineCall
  /** Asks for the first piece (`read` says of what) or for the next one; answered by `piece`. */
  | { readonly kind: 'pull'; readonly id: number; readonly read?: PieceRead | undefined }
  /** Nobody waits for the answer of this call, or for more pieces of this read: it may end. */
  | { readonly kind: 'abandon'; readonly id: number }
  /** Answered once the engine follows the change. */
  | { readonly kind: 'control'; readonly id: number; readonly event: ControlEvent }
  | { readonly kind: 'watch' | 'unwatch'; readonly entity: EntityId }
  | { readonly kind: 'watchAlarms' | 'unwatchAlarms'; readonly tenantId: TenantId }
  /** Answers `change` and `publish`. */
  | { readonly kind: 'changed'; readonly id: number; readonly value?: unknown; readonly problem?: Problem }
  /** Load the rule chains and take messages; answered by `ready` or `refused`. */
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' };

export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** `problems` is absent where all uplinks are stored; `rejected` says that nothing may be acknowledged. */
  | { readonly kind: 'receipt'; readonly id: number; readonly problems?: ReadonlyMap<number, Problem>; readonly rejected?: Problem }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly problem?: Problem }
  /** Without columns and problem: there are no more. */
  | { readonly kind: 'piece'; readonly id: number; readonly columns?: PointColumns | undefined; readonly problem?: Problem | undefined }
  | { readonly kind: 'live'; readonly updates: readonly LiveUpdate[]; readonly alarms: readonly LiveAlarms[] }
  /** A rule node wants something changed in the control plane; answered by `changed`, after the control events of the change. */
  | { readonly kind: 'change'; readonly id: number; readonly method: NodeChangeMethod; readonly args: readonly unknown[] }
  | ({ readonly kind: 'publish'; readonly id: number } & NodePublication)
  | ({ readonly kind: 'reply' } & RuleReply)
  /** What the queue keeps when it ends; absent while it cannot be reached. */
  | { readonly kind: 'queue'; readonly durability?: Durability | undefined }
  /** How packing of the store keeps step with what comes in. */
  | { readonly kind: 'packing'; readonly state: PackingState }
  | { readonly kind: 'stopped' };
