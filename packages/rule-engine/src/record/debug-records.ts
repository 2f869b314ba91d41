import type { MessageRecorder } from '@fieldline/ports';
import type { BatchRun } from '../run/batch-run.js';
import type { Visit } from './flight-log.js';
import { type Step, VisitSteps } from './visit-steps.js';

/** Records what entered and left nodes that people debug (rule-engine.md §9). */
export function recordDebugged(run: BatchRun, recorder: MessageRecorder, visits: readonly Visit[]): void {
  const failed = run.origins.failures;
  for (const visit of visits) {
    const { failures, allUntilMs } = visit.node.debug;
    const isAll = allUntilMs > run.nowMs;
    if (!isAll && !(failures && failed.size > 0)) continue;
    const { places } = visit.inbox;
    const steps = new VisitSteps(visit);
    for (let i = 0; i < Math.max(1, places.length); i += 1) {
      // Most messages of a batch that has a failure are none: they cost nothing.
      if (!isAll && !failed.has(places[i] ?? 0)) continue;
      const step = steps.at(i);
      if (step === undefined) continue;
      if (isAll) recordIn(run, recorder, visit, i, step);
      recordOut(run, recorder, visit, step, isAll);
    }
  }
}

function recordIn({ unit }: BatchRun, recorder: MessageRecorder, visit: Visit, i: number, { message }: Step): void {
  const relationType = connectionOf(visit, i);
  if (relationType !== undefined) recorder.debug(unit, { ...aboutNode(visit), direction: 'IN', relationType, message });
}

/** The label by which a message came; undefined where it did not come, but goes on. */
function connectionOf({ arrival, inbox, node }: Visit, i: number): string | undefined {
  if (arrival === 'arrived') return inbox.cameOver?.[i] ?? '';
  // What a node has from a hand-over of its own came to it before; only what was replayed at another one comes anew.
  const handsOver = node.role === 'external' || node.runtime.definition?.handsOver !== undefined;
  return arrival === 'handed-over' && !handsOver ? '' : undefined;
}

function recordOut({ unit }: BatchRun, recorder: MessageRecorder, visit: Visit, step: Step, isAll: boolean): void {
  const about = { ...aboutNode(visit), direction: 'OUT' } as const;
  const { left, message, problem, isDone, spawned } = step;
  const error = problem?.message;
  for (const out of left) {
    const isFailure = out.relationType.toLowerCase() === 'failure';
    if (isAll || isFailure) recorder.debug(unit, { ...about, ...out, error: isFailure ? error : undefined });
  }
  if (step.outcome === 'failed' && left.length === 0) recorder.debug(unit, { ...about, relationType: 'Failure', message, error });
  if (!isAll) return;
  if (isDone) recorder.debug(unit, { ...about, relationType: 'ACK', message });
  for (const one of spawned) recorder.debug(unit, { ...about, relationType: 'To Root Rule Chain', message: one });
}

const aboutNode = ({ node }: Visit) => ({ tenantId: node.runtime.tenantId, ruleChainId: node.ruleChainId, ruleNodeId: node.id });
