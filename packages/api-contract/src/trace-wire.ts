import type { EntityId } from '@fieldline/model';
import { API_TRACE_HOPS_MAX } from './limits.js';
import type { hopOutcomes, traceReasons, WireTrace, WireTraceHead } from './trace.js';
import { plainEntityId } from './wire-id.js';

/** What a name on the wire is inside: `HANDED_OVER` is `handed-over`. */
type Spelled<T extends string> = T extends `${infer A}_${infer B}` ? `${Lowercase<A>}-${Lowercase<B>}` : Lowercase<T>;

interface Position {
  readonly ruleChainId: string;
  readonly ruleNodeId: string;
}

interface RecordedHop {
  readonly at: Position;
  readonly chainVersion: number;
  readonly nodeName: string;
  readonly nodeType: string;
  readonly callers?: readonly Position[] | undefined;
  readonly startedAtMs: number;
  readonly durationUs: number;
  readonly calledWith: number;
  readonly in: number;
  readonly outcome: Spelled<(typeof hopOutcomes)[number]>;
  readonly out?: readonly { readonly relationType: string; readonly message: number; readonly isUnconnected?: boolean | undefined }[] | undefined;
  readonly reason?: string | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

interface RecordedMessage {
  readonly id: string;
  readonly type: string;
  readonly originator: EntityId;
  readonly metadata: string;
  readonly data: string;
  readonly isCut?: boolean | undefined;
}

interface RecordedHead {
  readonly id: string;
  readonly traceId: string;
  readonly originator: EntityId;
  readonly messageType: string;
  readonly ruleChainId: string;
  readonly startedAtMs: number;
  readonly reason: Spelled<(typeof traceReasons)[number]>;
  readonly hasFailed: boolean;
  readonly isStart: boolean;
  readonly isCut: boolean;
}

/** A part of a trace as stores keep it. */
export interface RecordedPart extends RecordedHead {
  readonly hops: readonly RecordedHop[];
  readonly messages: readonly RecordedMessage[];
}

/** Names of the rule chains that are still there, by id. */
export type ChainNames = ReadonlyMap<string, string>;

export function traceHeadToWire(head: RecordedHead & { readonly hopCount: number }, names: ChainNames): WireTraceHead {
  const { id, traceId, messageType, ruleChainId, hasFailed, isStart, isCut, hopCount } = head;
  return {
    id,
    traceId,
    originator: plainEntityId(head.originator),
    messageType,
    ruleChainId,
    ruleChainName: names.get(ruleChainId) ?? null,
    startTime: head.startedAtMs,
    reason: wireName(head.reason),
    hasFailed,
    isStart,
    isCut,
    hopCount,
  };
}

/** The rule chains that a trace names. */
export function chainsOfTrace(parts: readonly RecordedPart[]): string[] {
  return [...new Set(parts.flatMap(({ ruleChainId, hops }) => [ruleChainId, ...hops.map(({ at }) => at.ruleChainId)]))];
}

/**
 * One trace of all its parts, oldest first. Of very long ones the first `API_TRACE_HOPS_MAX` hops are shown.
 *
 * @param parts at least one
 */
export function traceToWire(traceId: string, parts: readonly RecordedPart[], names: ChainNames): WireTrace {
  const hops: WireTrace['hops'] = [];
  const messages: WireTrace['messages'] = [];
  for (const [place, part] of parts.entries()) {
    const shown = part.hops.slice(0, API_TRACE_HOPS_MAX - hops.length);
    for (const hop of shown) hops.push(hopToWire(hop, place, messages.length));
    if (shown.length > 0) messages.push(...part.messages.map(messageToWire));
  }
  const hopCount = parts.reduce((count, part) => count + part.hops.length, 0);
  return {
    traceId,
    hasFailed: parts.some(({ hasFailed }) => hasFailed),
    isCut: hopCount > hops.length || parts.some(({ isCut }) => isCut),
    parts: parts.map((part) => traceHeadToWire({ ...part, hopCount: part.hops.length }, names)),
    ruleChains: chainsOfTrace(parts).map((id) => ({ id, name: names.get(id) ?? null })),
    messages,
    hops,
  };
}

/** @param firstMessage place in the trace of the first message of the part */
function hopToWire(hop: RecordedHop, part: number, firstMessage: number): WireTrace['hops'][number] {
  const { at, chainVersion, nodeName, nodeType, callers = [], startedAtMs, durationUs, calledWith, outcome, out = [], reason, error } = hop;
  return {
    ruleChainId: at.ruleChainId,
    ruleNodeId: at.ruleNodeId,
    part,
    chainVersion,
    nodeName,
    nodeType,
    callers: callers.map(({ ruleChainId, ruleNodeId }) => ({ ruleChainId, ruleNodeId })),
    startTime: startedAtMs,
    durationUs,
    calledWith,
    in: firstMessage + hop.in,
    outcome: wireName(outcome),
    out: out.map(({ relationType, message, isUnconnected = false }) => ({ relationType, message: firstMessage + message, isUnconnected })),
    reason: reason ?? null,
    error: error === undefined ? null : { code: error.code, message: error.message },
  };
}

function messageToWire({ id, type, originator, metadata, data, isCut = false }: RecordedMessage): WireTrace['messages'][number] {
  return { id, type, originator: plainEntityId(originator), metadata, data, isCut };
}

type WireName<T extends string> = T extends `${infer A}-${infer B}` ? `${Uppercase<A>}_${Uppercase<B>}` : Uppercase<T>;

/** `handed-over` is `HANDED_OVER` on the wire. */
function wireName<const T extends string>(name: T): WireName<T> {
  return name.toUpperCase().replace('-', '_') as WireName<T>;
}
