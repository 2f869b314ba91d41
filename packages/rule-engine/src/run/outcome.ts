import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { Emission, Extras, Outcome } from '@fieldline/plugin-sdk';
import { fail } from '@fieldline/plugin-sdk';
import type { CompiledNode } from '../compile/compile-chain.js';
import { engineErrors } from '../errors.js';
import type { ChainRun } from './chain-run.js';
import { handedOverBefore, standingPart } from './stand.js';

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
  if (outcome.kind === 'deferred' && message !== undefined && isLeftForLater(run, node)) return leaveForLater(run, node, message, place, nodesRun);
  run.visit?.tell(outcome);
  if (batch.attempt !== undefined && message !== undefined) {
    const standing = standingPart(outcome, sendsByQueue(node));
    if (standing !== undefined) batch.attempt.stands(place, node.id, standing);
  }
  switch (outcome.kind) {
    case 'routed': {
      const { to, emits } = outcome;
      if (message === undefined) byTick(run, outcome.message);
      applyExtras(run, node, outcome, message, place, nodesRun);
      if (emits !== undefined) emitAll(run, node, emits, message, place, nodesRun);
      if (typeof to === 'string') run.leave(node, to, outcome.message, place, nodesRun);
      else leaveBySeveral(run, node, to, outcome.message, place, nodesRun);
      return;
    }
    case 'failed':
      if (outcome.state !== undefined) batch.setState(node.runtime, message, outcome.state);
      if (message === undefined) byTick(run, outcome.message);
      failAt(run, node, outcome.message, place, nodesRun, outcome.problem);
      return;
    case 'emitted':
      applyExtras(run, node, outcome, message, place, nodesRun);
      if (outcome.messages.length === 0) endHere(run, node, message, 'nothing emitted');
      // The first of them is the message that came, as far as branches are counted.
      else if (message !== undefined) run.tally.made -= 1;
      emitAll(run, node, outcome.messages, message, place, nodesRun);
      return;
    case 'ended':
      applyExtras(run, node, outcome, message, place, nodesRun);
      endHere(run, node, message, outcome.reason);
      return;
    case 'held':
      batch.setState(node.runtime, message, outcome.state);
      wake(run, node, message, outcome.untilMs, place, nodesRun);
      return;
    case 'deferred':
      if (run.isHandOver && message !== undefined && mayGiveBack(node)) batch.deferred.set(place, outcome);
      else refuse(run, node, message, place, nodesRun, 'it gives a message back that was not handed over to it');
      return;
    default:
      refuse(run, node, message, place, nodesRun, `its kind is ${String((outcome as { kind?: unknown } | undefined)?.kind)}`);
  }
}

const mayGiveBack = ({ role, runtime }: CompiledNode): boolean => role === 'external' || runtime.definition?.handsOver !== undefined;

/** A node that the batch waited for, and that nobody shall wait for any longer: the message is handed over to it after all. */
const isLeftForLater = ({ isHandOver }: ChainRun, { runtime }: CompiledNode): boolean => !isHandOver && runtime.definition?.handsOver !== undefined;

function leaveForLater(run: ChainRun, node: CompiledNode, message: Message, place: number, nodesRun: number): void {
  run.visit?.tell({ kind: 'handed-over' });
  run.batch.later.handOver(run, node, message, place, { nodesRun });
  run.batch.attempt?.stands(place, node.id, handedOverBefore);
}

/** Counts a message that ended on purpose. A tick that makes nothing is none. */
function endHere({ tally }: ChainRun, node: CompiledNode, message: Message | undefined, reason: string): void {
  if (message === undefined) return;
  node.runtime.counters.ended(reason);
  tally.ended += 1;
}

/** A message began with a tick. */
function byTick({ batch, tally }: ChainRun, made: Message): void {
  tally.made += 1;
  batch.origins.ticked(made, batch.parts.recorder, batch.nowMs);
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
  if (spawns !== undefined) {
    for (const fresh of spawns) {
      const spawned = batch.spawn(fresh, node.runtime.tenantId, place, nodesRun);
      if (message === undefined) batch.origins.ticked(spawned, batch.parts.recorder, batch.nowMs);
      run.visit?.spawns(spawned);
    }
  }
  if (wakeAtMs !== undefined) {
    if (message !== undefined) run.tally.made += 1;
    wake(run, node, message, wakeAtMs, place, nodesRun);
  }
}

/** A node with a queue of its own sends its messages there: they leave the node after the commit, under the strategies of that queue. */
function emitAll(
  run: ChainRun,
  node: CompiledNode,
  emissions: readonly Emission<string>[],
  message: Message | undefined,
  place: number,
  nodesRun: number,
): void {
  const { batch } = run;
  const { queueName } = node;
  run.tally.made += emissions.length;
  for (const { to, message: fresh } of emissions) {
    const made = batch.make(fresh, node.runtime.tenantId);
    if (message === undefined) batch.origins.ticked(made, batch.parts.recorder, batch.nowMs);
    run.visit?.makes(made);
    if (sendsByQueue(node)) batch.later.handOver(run, node, made, place, { nodesRun, leaveBy: to, queueName });
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
  count.unconnected += 1;
  run.batch.fail(message, problem, run.at(node), place);
}

/** What an exception of a node amounts to. */
export function thrown(error: unknown, message: Message): Outcome {
  return fail(error instanceof Error ? error : new Error(String(error)), message);
}

/** What a node did wrong that breaks the contract of the SDK. */
export function invalidOutcome(node: CompiledNode, reason: string): Problem {
  return problemOf(engineErrors.OUTCOME_INVALID({ node: node.name, reason }));
}

/** Fails a message over an outcome that breaks the contract of the SDK. */
function refuse(run: ChainRun, node: CompiledNode, message: Message | undefined, place: number, nodesRun: number, reason: string): void {
  const problem = invalidOutcome(node, reason);
  if (message !== undefined) run.visit?.correct(fail(problem, message));
  if (message === undefined) run.batch.parts.log.warn('tick-failed', { nodeId: node.id, code: problem.code, reason });
  else failAt(run, node, message, place, nodesRun, problem);
}

/** Each connection is followed once, however many of the labels (or spellings of one) lead to it. */
function leaveBySeveral(run: ChainRun, node: CompiledNode, labels: readonly string[], message: Message, place: number, nodesRun: number): void {
  if (labels.length === 0) {
    node.runtime.counters.ended('no relation type');
    run.tally.ended += 1;
    return;
  }
  const distinct = distinctLabels(labels);
  run.tally.made += distinct.length - 1;
  for (const label of distinct) run.leave(node, label, message, place, nodesRun);
}

/** Labels without those that only repeat another in its own or another spelling. */
export function distinctLabels(labels: readonly string[]): readonly string[] {
  const taken = new Map<string, string>();
  for (const label of labels) {
    const key = label.toLowerCase();
    if (!taken.has(key)) taken.set(key, label);
  }
  return [...taken.values()];
}

function wake(run: ChainRun, node: CompiledNode, message: Message | undefined, atMs: number, place: number, nodesRun: number): void {
  if (message === undefined || node.runtime.definition?.onTimer === undefined) {
    refuse(run, node, message, place, nodesRun, 'it wants to be called at an instant but has no onTimer, or no message to be called with');
    return;
  }
  run.batch.later.handOver(run, node, message, place, { nodesRun, dueMs: atMs });
}
