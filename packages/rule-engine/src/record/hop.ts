import { problemOf } from '@fieldline/kernel';
import type { TraceHop } from '@fieldline/ports';
import { engineErrors } from '../errors.js';
import type { BatchRun } from '../run/batch-run.js';
import type { Visit } from './flight-log.js';
import { cutText, type PartBuilder } from './trace-part.js';
import type { Step } from './visit-steps.js';

/** One visit of one message as a trace has it. */
export function hopOf({ nowMs, stopwatch }: BatchRun, visit: Visit, i: number, step: Step, part: PartBuilder): TraceHop {
  const { node, run, startedMs } = visit;
  const { durationUs, calledWith, afterUs } = lapOf(visit, i);
  const out = step.left.map(({ relationType, message }) => ({
    relationType,
    message: part.message(message),
    ...(isUnconnected(visit, relationType) ? { isUnconnected: true } : {}),
  }));
  const problem = step.problem ?? (endsInFailure(visit, step) ? problemOf(engineErrors.FAILURE_UNCONNECTED({ node: node.name })) : undefined);
  return {
    at: { ruleChainId: node.ruleChainId, ruleNodeId: node.id },
    chainVersion: run.chain.version,
    nodeName: node.name,
    nodeType: node.runtime.type,
    ...(run.callers.length === 0 ? {} : { callers: run.callers }),
    startedAtMs: nowMs + Math.round(startedMs - stopwatch.beganMs + afterUs / 1_000),
    durationUs: Math.round(durationUs),
    calledWith,
    in: part.message(step.message),
    outcome: step.outcome,
    ...(out.length === 0 ? {} : { out }),
    ...(step.reason === undefined ? {} : { reason: cutText(step.reason) }),
    ...(problem === undefined ? {} : { error: { code: problem.code, message: cutText(problem.message) } }),
  };
}

/** An output node gives back to its caller, over no connection. */
const isUnconnected = ({ node }: Visit, relationType: string): boolean => node.role !== 'output' && node.way(relationType).targets.length === 0;

const endsInFailure = (visit: Visit, { left }: Step): boolean =>
  left.some(({ relationType }) => visit.node.way(relationType).isFailure && isUnconnected(visit, relationType));

/** The call that took the message at this place of the inbox: how long it took, and when it began after the visit did. */
function lapOf(
  { laps, durationUs, inbox }: Visit,
  i: number,
): { readonly durationUs: number; readonly calledWith: number; readonly afterUs: number } {
  let afterUs = 0;
  let before = 0;
  for (const lap of laps ?? []) {
    if (i < before + lap.messages) return { durationUs: lap.durationUs, calledWith: lap.messages, afterUs };
    before += lap.messages;
    afterUs += lap.durationUs;
  }
  return { durationUs, calledWith: Math.max(1, inbox.length), afterUs };
}
