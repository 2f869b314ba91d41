import type { EntityId, Page, PageQuery, TenantId } from '@fieldline/model';
import type { ChainPosition } from './commit-unit.js';

/** Why the path of a message is recorded: taken as a sample, the first of its originator in an hour, or because it failed. */
export type TraceReason = 'sampled' | 'first' | 'failed';

/**
 * What became of a message at one node. `routed` and `failed` say where it went by `relations`; `handed-over` and `held`
 * go on in a later part of the trace; `returned` left a nested chain for its caller; `ended` ended there on purpose.
 */
export type HopOutcome = 'routed' | 'emitted' | 'failed' | 'ended' | 'returned' | 'handed-over' | 'held' | 'deferred' | 'called';

/** A message as it came to a node or left one. Texts are cut at a bound. */
export interface TracedMessage {
  readonly id: string;
  readonly type: string;
  readonly originator: EntityId;
  /** Metadata as JSON text. */
  readonly metadata: string;
  /** Body as text. */
  readonly data: string;
  /** True where a text was cut. */
  readonly isCut?: boolean | undefined;
}

/** One visit of one message to a node. */
export interface TraceHop {
  readonly at: ChainPosition;
  readonly chainVersion: number;
  readonly nodeName: string;
  readonly nodeType: string;
  /** The rule chain nodes that called the chain, outermost first. */
  readonly callers?: readonly ChainPosition[] | undefined;
  /** When the call began, in milliseconds since 1970. */
  readonly startedAtMs: number;
  /** How long the call took, in microseconds. A call may take many messages: `calledWith` of them. */
  readonly durationUs: number;
  readonly calledWith: number;
  /** Place in `messages` of the part: what came. */
  readonly in: number;
  readonly outcome: HopOutcome;
  /** By which relation types it left, each with the place in `messages` of what left. */
  readonly out?: readonly { readonly relationType: string; readonly message: number; readonly isUnconnected?: boolean | undefined }[] | undefined;
  /** Of `ended`: why. */
  readonly reason?: string | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

/** A part of the path of one message: what one batch did with it and with what descends from it. */
export interface TracePart {
  readonly id: string;
  readonly tenantId: TenantId;
  /** Id of the message that came from outside; parts of one trace share it. */
  readonly traceId: string;
  readonly originator: EntityId;
  readonly messageType: string;
  /** Rule chain the part begins in. */
  readonly ruleChainId: string;
  readonly startedAtMs: number;
  readonly reason: TraceReason;
  readonly hasFailed: boolean;
  /** True for the part that begins where the message came from outside; the others go on after a hand-over. */
  readonly isStart: boolean;
  /** True where further hops were left out, because there were too many. */
  readonly isCut: boolean;
  /** In the order in which they happened. */
  readonly hops: readonly TraceHop[];
  readonly messages: readonly TracedMessage[];
}

/** A part without its hops. */
export type TraceHead = Omit<TracePart, 'hops' | 'messages'> & { readonly hopCount: number };

/** Which parts of traces; `textSearch` looks in the message type, times are those at which they started. */
export interface TraceQuery extends PageQuery {
  readonly originator?: EntityId | undefined;
  /** Only parts with a hop in this rule chain. */
  readonly ruleChainId?: string | undefined;
  readonly reason?: TraceReason | undefined;
  readonly hasFailed?: boolean | undefined;
}

/** Bounds of what stores do with traces at once. */
export const traceLimits = {
  /** Parts that one `trimTraces` removes: a few milliseconds of whoever writes. */
  partsATrim: 200,
  /** Parts of one trace that are read: a message that was split up may have thousands. */
  partsRead: 100,
} as const;

/** What of the traces of a tenant is removed. */
export interface TraceBounds {
  /** Parts that started before. */
  readonly beforeMs: number;
  /** The oldest parts beyond this many bytes of hops and messages. */
  readonly bytesMax: number;
}

export interface TraceReader {
  /** Newest first. */
  traces(tenantId: TenantId, query: TraceQuery): Promise<Page<TraceHead>>;
  /** The parts of one trace, oldest first, at most `traceLimits.partsRead`; empty where nothing of it was recorded. */
  traceParts(tenantId: TenantId, traceId: string): Promise<readonly TracePart[]>;
  /** Bytes kept of the traces of a tenant, and how many parts. */
  traceUsage(tenantId: TenantId): Promise<{ readonly bytes: number; readonly parts: number }>;
}
