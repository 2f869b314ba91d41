import type { EntityId, Message, TenantId } from '@fieldline/model';
import type { CommitUnit } from './commit-unit.js';
import type { TracePart, TraceReason } from './traces.js';

/** What entered or left a node that people debug. */
export interface DebugRecord {
  readonly tenantId: TenantId;
  readonly ruleChainId: string;
  readonly ruleNodeId: string;
  readonly direction: 'IN' | 'OUT';
  /** Of IN: by which connection it came, empty at the first node. Of OUT: by which relation type it left. */
  readonly relationType: string;
  readonly message: Message;
  readonly error?: string | undefined;
}

/**
 * Decides what of the messages in rule chains is recorded, and adds it to the commit of their batch. The engine asks
 * for every message, so the answers must cost next to nothing.
 */
export interface MessageRecorder {
  /** Why the path of this message shall be recorded, which came from outside at `nowMs`; undefined: it shall not. */
  wants(tenantId: TenantId, originator: EntityId, nowMs: number): TraceReason | undefined;
  /** Whether the path of a message that failed shall be recorded, which otherwise would not. */
  wantsFailure(tenantId: TenantId, nowMs: number): boolean;
  /** Keeps a part of a trace that is wanted; one that goes on after a hand-over only within the budget of the tenant. */
  trace(unit: CommitUnit, part: Omit<TracePart, 'id'>): void;
  /** Keeps a debug event, within the limit of the tenant. */
  debug(unit: CommitUnit, record: DebugRecord): void;
}

/** What a recorder could not keep, for those who ask why something is missing. */
export interface RecorderState {
  /** Parts of traces of a tenant that were left out since the server started, because too many came at once. */
  leftOut(tenantId: TenantId): number | Promise<number>;
}
