import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { Emission, Extras, Outcome } from '@fieldline/plugin-sdk';
import { fail } from '@fieldline/plugin-sdk';
import type { CompiledNode } from '../compile/compile-chain.js';
import { engineErrors } from '../errors.js';
import type { ChainRun } from './chain-run.js';
import { standingPart } from './stand.js';

/**
 * Does what an outcome says: moves the state, sends messages on, fails, ends or holds the message.
 *
 * @param message the message the node was given; undefined for a tick
 * @param place of the message in the batch
 */
export function applyOutcome(
  run: ChainRun,
  node: CompiledNode,
  outcome: Outcome,
  message: Message | undefined,
  place: number,
  nodesRun: number,
): void {
  const { batch } = run;
  if (batch.isCancelled) return;
  if (batch.attempt !== undefined && message !== undefined) {
    const standing = standingPart(outcome, sendsByQueue(node));
    if (standing !== undefined) batch.attempt.stands(place, node.id, standing);
  }
  switch (outcome.kind) {
    case 'routed': {
      const { to, emits } = outcome;
      applyExtras(run, node, outcome, message, place, nodesRun);
      if (emits !== undefined) emitAll(run, node, emits, place, nodesRun);
      if (typeof to === 'string') run.leave(node, to, outcome.message, place, nodesRun);
      else leaveBySeveral(run, node, to, outcome.message, place, nodesRun);
      return;
    }
    case 'failed':
      if (outcome.state !== undefined) batch.setState(node.runtime, message, outcome.state);
      failAt(run, node, outcome.message, place, nodesRun, outcome.problem);
      return;
    case 'emitted':
      applyExtras(run, node, outcome, message, place, nodesRun);
      if (outcome.messages.length === 0) node.runtime.counters.ended('nothing emitted');
      emitAll(run, node, outcome.messages, place, nodesRun);
      return;
    case 'ended':
      applyExtras(run, node, outcome, message, place, nodesRun);
      node.runtime.counters.ended(outcome.reason);
      return;
    case 'held':
      batch.setState(node.runtime, message, outcome.state);
      wake(run, node, message, outcome.untilMs, place, nodesRun);
      return;
    case 'deferred':
      if (run.isHandOver && node.role === 'external' && message !== undefined) batch.deferred.set(place, outcome);
      else refuse(run, node, message, place, nodesRun, 'it gives a message back that was not handed over to it');
      return;
    default:
      refuse(run, node, message, place, nodesRun, `its kind is ${String((outcome as { kind?: unknown } | undefined)?.kind)}`);
  }
}

/** What an outcome brings besides what becomes of the message. */
function applyExtras(
  run: ChainRun,
  node: CompiledNode,
  { state, spawns, wakeAtMs }: Extras<string, unknown>,
  message: Message | undefined,
  place: number,
  nodesRun: number,
): void {
  const { batch } = run;
  if (state !== undefined) batch.setState(node.runtime, message, state);
  if (spawns !== undefined) for (const fresh of spawns) batch.spawn(fresh, node.runtime.tenantId, place, nodesRun);
  if (wakeAtMs !== undefined) wake(run, node, message, wakeAtMs, place, nodesRun);
}

/** A node with a queue of its own sends its messages there: they leave the node after the commit, under the strategies of that queue. */
function emitAll(run: ChainRun, node: CompiledNode, emissions: readonly Emission<string>[], place: number, nodesRun: number): void {
  const { batch, callers } = run;
  const { queueName } = node;
  for (const { to, message } of emissions) {
    const made = batch.make(message, node.runtime.tenantId);
    if (sendsByQueue(node)) batch.handOver(made, node, callers, { nodesRun, leaveBy: to, queueName });
    else run.leave(node, to, made, place, nodesRun);
  }
}

const sendsByQueue = ({ queueName, runtime }: CompiledNode): boolean => queueName !== undefined && runtime.definition?.hasQueue === true;

/** Sends a failed message to Failure; without a connection there it is a dead letter with the problem. */
export function failAt(run: ChainRun, node: CompiledNode, message: Message, place: number, nodesRun: number, problem: Problem): void {
  if (node.way('Failure').targets.length > 0) {
    run.leave(node, 'Failure', message, place, nodesRun);
    return;
  }
  const { count } = node.way('Failure');
  count.left += 1;
  count.deadEnds += 1;
  run.batch.fail(message, problem, { ruleChainId: run.chain.id, node, callers: run.callers }, place);
}

/** What an exception of a node amounts to. */
export function thrown(error: unknown, message: Message): Outcome {
  return fail(error instanceof Error ? error : new Error(String(error)), message);
}

/** Fails a message over an outcome that breaks the contract of the SDK. */
export function refuse(run: ChainRun, node: CompiledNode, message: Message | undefined, place: number, nodesRun: number, reason: string): void {
  const problem = problemOf(engineErrors.OUTCOME_INVALID({ node: node.name, reason }));
  if (message === undefined) run.batch.parts.log.warn('tick-failed', { nodeId: node.id, code: problem.code, reason });
  else failAt(run, node, message, place, nodesRun, problem);
}

/** Each connection is followed once, however many of the labels (or spellings of one) lead to it. */
function leaveBySeveral(run: ChainRun, node: CompiledNode, labels: readonly string[], message: Message, place: number, nodesRun: number): void {
  if (labels.length === 0) node.runtime.counters.ended('no relation type');
  const taken = new Set<string>();
  for (const label of labels) {
    const key = label.toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    run.leave(node, label, message, place, nodesRun);
  }
}

function wake(run: ChainRun, node: CompiledNode, message: Message | undefined, atMs: number, place: number, nodesRun: number): void {
  if (message === undefined || node.runtime.definition?.onTimer === undefined) {
    refuse(run, node, message, place, nodesRun, 'it wants to be called at an instant but has no onTimer, or no message to be called with');
    return;
  }
  run.batch.handOver(message, node, run.callers, { nodesRun, dueMs: atMs });
}
