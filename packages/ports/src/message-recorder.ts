import type { Message, TenantId } from '@fieldline/model';
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
  wants(message: Pick<Message, 'tenantId' | 'originator' | 'type'>, nowMs: number): TraceReason | undefined;
  /** Whether the path of a message that failed shall be recorded, which otherwise would not. */
  wantsFailure(tenantId: TenantId, nowMs: number): boolean;
  /** Keeps a part of a trace that is wanted; one that goes on after a hand-over only within the budget of the tenant. */
  trace(unit: CommitUnit, part: Omit<TracePart, 'id'>): void;
  /** Keeps a debug event, within the limit of the tenant. */
  debug(unit: CommitUnit, record: DebugRecord): void;
}

/** What was not kept of a tenant since the server started, because too much came at once. */
export interface LeftOut {
  /** Parts of traces that would have been recorded as a sample or as the first of their originator in an hour. */
  readonly traces: number;
  /** Parts of traces of messages that failed. */
  readonly failures: number;
  readonly debugEvents: number;
}

/** What a recorder could not keep, for those who ask why something is missing. */
export interface RecorderState {
  leftOut(tenantId: TenantId): LeftOut | Promise<LeftOut>;
}
