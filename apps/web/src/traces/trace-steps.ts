import type { Trace, TraceHop } from '../api/trace-api.js';

/** One line of a trace: a visit to a node, or a pause between two parts. */
export type TraceStep =
  | {
      readonly kind: 'hop';
      /** Place in the hops of the trace. */
      readonly place: number;
      readonly hop: TraceHop;
      /** How many nodes called the chain that it is in. */
      readonly depth: number;
      /** The chain, where it is another than that of the line before; null where it is gone. */
      readonly chainName?: string | null;
    }
  | {
      readonly kind: 'pause';
      /** Number of the part that begins, from 2. */
      readonly part: number;
      /** From the last call of the part before to the first of this one, in milliseconds. */
      readonly waitedMs: number;
    };

/** The lines of a trace, in the order in which things happened. */
export function stepsOf({ hops, ruleChains }: Trace): readonly TraceStep[] {
  const names = new Map(ruleChains.map(({ id, name }) => [id, name]));
  const steps: TraceStep[] = [];
  let before: TraceHop | undefined;
  for (const [place, hop] of hops.entries()) {
    if (before !== undefined && before.part !== hop.part) {
      steps.push({ kind: 'pause', part: hop.part + 1, waitedMs: Math.max(0, hop.startTime - before.startTime - before.durationUs / 1_000) });
    }
    const isSame = before?.ruleChainId === hop.ruleChainId && before.part === hop.part;
    steps.push({ kind: 'hop', place, hop, depth: hop.callers.length, ...(isSame ? {} : { chainName: names.get(hop.ruleChainId) ?? null }) });
    before = hop;
  }
  return steps;
}

/** The hop that people look for: the first that failed, else the first of all. */
export function hopOfInterest({ hops }: Trace): number {
  const failed = hops.findIndex(({ outcome, error }) => outcome === 'FAILED' || error !== null);
  return Math.max(0, failed);
}

/** From the first call to the end of the last, in microseconds. */
export function spanUs({ hops }: Trace): number {
  const [first] = hops;
  if (first === undefined) return 0;
  return Math.max(...hops.map(({ startTime, durationUs }) => (startTime - first.startTime) * 1_000 + durationUs));
}

/** What of a rule chain a trace went through, for the canvas. */
export interface TracedPath {
  readonly nodes: ReadonlySet<string>;
  /** Nodes at which a message failed. */
  readonly failed: ReadonlySet<string>;
  /** Relation types by which messages left each node, in lower case: those of a connection are compared without case. */
  readonly left: ReadonlyMap<string, ReadonlySet<string>>;
}

export function pathIn({ hops }: Pick<Trace, 'hops'>, ruleChainId: string): TracedPath {
  const nodes = new Set<string>();
  const failed = new Set<string>();
  const left = new Map<string, Set<string>>();
  for (const { ruleNodeId, out, outcome, ...hop } of hops) {
    if (hop.ruleChainId !== ruleChainId) continue;
    nodes.add(ruleNodeId);
    if (outcome === 'FAILED') failed.add(ruleNodeId);
    const types = left.get(ruleNodeId) ?? new Set();
    for (const { relationType } of out) types.add(relationType.toLowerCase());
    left.set(ruleNodeId, types);
  }
  return { nodes, failed, left };
}
