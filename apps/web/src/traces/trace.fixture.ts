import type { Trace, TraceHop } from '../api/trace-api.js';

/** A hop with only what a test is about. */
export function hopOf(over: Partial<TraceHop>): TraceHop {
  return {
    ...{ ruleChainId: 'root', ruleNodeId: 'a', part: 0, chainVersion: 1, nodeName: 'A', nodeType: 'filter.script', callers: [] },
    ...{ startTime: 1_000, durationUs: 500, calledWith: 1, in: 0, outcome: 'ROUTED', out: [], reason: null, error: null },
    ...over,
  };
}

export function traceOf(hops: readonly TraceHop[]): Trace {
  const ruleChains = [
    { id: 'root', name: 'Root' },
    { id: 'nested', name: 'Nested' },
  ];
  return { traceId: 't', hasFailed: false, isCut: false, parts: [], ruleChains, messages: [], hops: [...hops] };
}
