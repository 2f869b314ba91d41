import type { Message } from '@fieldline/model';
import type { Outcome } from '@fieldline/plugin-sdk';
import { fail, failOutside } from '@fieldline/plugin-sdk';
import { assert, epochMs } from '@fieldline/kernel';
import type { CompiledNode } from '../compile/compile-chain.js';
import type { NodeConnection } from '../compile/node-connection.js';
import type { ChainRun } from './chain-run.js';
import { Inbox } from './inbox.js';
import type { NodeContext } from './node-context.js';
import { nodeContext, stateKey, withState } from './node-context.js';
import { applyOutcome, invalidOutcome, thrown } from './outcome.js';

type Answered = Outcome | Promise<Outcome>;

/**
 * Gives a node its messages: all at once where it declares `onBatch`, else one by one in order. Nothing is
 * awaited unless the node answers with a promise; then the next message waits for it, because it shall meet the
 * state and the stored values that the one before left.
 */
export function callNode(run: ChainRun, node: CompiledNode, inbox: Inbox): void | Promise<void> {
  const away = awayAt(node);
  if (away !== undefined) return withoutConnection(run, node, inbox, away);
  const context = contextOf(run, node);
  if (node.runtime.definition?.onBatch !== undefined) return callAtOnce(run, node, inbox, context);
  return callOneByOne(run, node, inbox, context, (message, given) => definitionOf(node).onMessage(message, given as never));
}

/** Calls `onTimer` for messages whose `held` is over, or that shall wake the node. */
export function callOnTimer(run: ChainRun, node: CompiledNode, inbox: Inbox): void | Promise<void> {
  const away = awayAt(node);
  if (away !== undefined) return withoutConnection(run, node, inbox, away);
  return callOneByOne(run, node, inbox, contextOf(run, node), (message, given) => {
    const definition = definitionOf(node);
    assert(definition.onTimer !== undefined, 'a node that held a message has onTimer');
    return definition.onTimer(message, given as never);
  });
}

/** Calls `onTick` and does what it answers. */
export function callOnTick(run: ChainRun, node: CompiledNode): void | Promise<void> {
  const { ticks } = definitionOf(node);
  assert(ticks !== undefined, 'a node that ticks declares it');
  const context = withState(contextOf(run, node), node.runtime.states?.get(''));
  const finish = (outcome: Outcome): void => {
    applyOutcome(run, node, outcome, undefined, 0, 1);
    run.lap(node, 1);
  };
  run.begin(node, new Inbox(), 'tick');
  const answer = whenSaved(run, node, ticks.onTick(context) as Answered);
  return run.end(node, isPromise(answer) ? answer.then(finish) : finish(answer));
}

function contextOf(run: ChainRun, node: CompiledNode): NodeContext {
  const { nowMs, parts } = run.batch;
  const { tenantId, needsUnit, needsPlatform } = node.runtime;
  // Most nodes need neither, and a batch may be one message: nothing is made that is not asked for.
  const services = needsUnit ? run.batch.services(tenantId) : none;
  if (needsPlatform) node.platform ??= parts.platform({ tenantId, id: node.id, name: node.name });
  return nodeContext(node, { nowMs, services, platform: node.platform ?? none, random: parts.random, log: parts.log });
}

function definitionOf(node: CompiledNode): NonNullable<CompiledNode['runtime']['definition']> {
  const { definition } = node.runtime;
  assert(definition !== undefined, 'an active node has a definition');
  return definition;
}

const none = {};

type Away = Extract<ReturnType<NodeConnection['reach']>, { is: 'away' }>;

/** Undefined where the node keeps no connection, or has it. */
function awayAt({ runtime: { connection, config } }: CompiledNode): Away | undefined {
  const reach = connection?.reach(config);
  return reach?.is === 'away' ? reach : undefined;
}

/** The connection of the node is away: its messages wait for it, or fail. */
function withoutConnection(run: ChainRun, node: CompiledNode, { messages, places, nodesRun }: Inbox, { problem, againInMs, fails }: Away): void {
  const untilMs = epochMs(run.batch.nowMs + againInMs);
  for (let i = 0; i < messages.length; i += 1) {
    const message = messages[i] as Message;
    const outcome: Outcome = fails ? failOutside(problem, message) : { kind: 'deferred', problem, untilMs };
    applyOutcome(run, node, outcome, message, places[i] as number, nodesRun[i] as number);
  }
}

type Call = (message: Message, context: NodeContext) => Answered;

function callOneByOne(run: ChainRun, node: CompiledNode, inbox: Inbox, context: NodeContext, call: Call): void | Promise<void> {
  for (let i = 0; i < inbox.length; i += 1) {
    const answer = callOne(run, node, inbox.messages[i] as Message, context, call);
    if (isPromise(answer)) return finishOneByOne(run, node, inbox, i, answer, context, call);
    applyOutcome(run, node, answer, inbox.messages[i], inbox.places[i] as number, inbox.nodesRun[i] as number);
  }
  return undefined;
}

async function finishOneByOne(
  run: ChainRun,
  node: CompiledNode,
  inbox: Inbox,
  from: number,
  first: Promise<Outcome>,
  context: NodeContext,
  call: Call,
): Promise<void> {
  let answer: Answered = first;
  if (from > 0) run.lap(node, from);
  for (let i = from; i < inbox.length; i += 1) {
    const message = inbox.messages[i] as Message;
    if (i > from) answer = callOne(run, node, message, context, call);
    let outcome: Outcome;
    try {
      outcome = isPromise(answer) ? await answer : answer;
    } catch (error) {
      outcome = thrown(error, message);
    }
    applyOutcome(run, node, outcome, message, inbox.places[i] as number, inbox.nodesRun[i] as number);
    run.lap(node, 1);
  }
}

function callOne(run: ChainRun, node: CompiledNode, message: Message, shared: NodeContext, call: Call): Answered {
  const { runtime } = node;
  let answer: Answered;
  try {
    answer = call(message, runtime.states === undefined ? shared : withState(shared, runtime.states.get(stateKey(runtime, message))));
  } catch (error) {
    answer = thrown(error, message);
  }
  return whenSaved(run, node, answer);
}

/** What a node answered, once the points that it saved are in the unit: how long some are kept may have to be read first. */
function whenSaved<T>(run: ChainRun, node: CompiledNode, answer: T | Promise<T>): T | Promise<T> {
  if (isPromise(answer)) return node.runtime.needs.has('timeSeries') ? afterwardsSaved(run, answer) : answer;
  return run.batch.late.settle()?.then(() => answer) ?? answer;
}

async function afterwardsSaved<T>(run: ChainRun, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } finally {
    await run.batch.late.settle();
  }
}

function callAtOnce(run: ChainRun, node: CompiledNode, inbox: Inbox, context: NodeContext): void | Promise<void> {
  let answer: readonly Outcome[] | undefined | Promise<readonly Outcome[] | undefined>;
  try {
    answer = whenSaved(run, node, definitionOf(node).onBatch?.(inbox.messages, context));
  } catch (error) {
    const failAll = (): void => applyToAll(run, node, inbox, error);
    const saved = run.batch.late.settle();
    return saved === undefined ? failAll() : saved.then(failAll, failAll);
  }
  if (isPromise(answer)) {
    return answer.then(
      (outcomes) => applyAll(run, node, inbox, outcomes),
      (error: unknown) => applyToAll(run, node, inbox, error),
    );
  }
  return applyAll(run, node, inbox, answer);
}

function applyAll(run: ChainRun, node: CompiledNode, inbox: Inbox, outcomes: readonly Outcome[] | undefined): void {
  const { messages, places, nodesRun } = inbox;
  if (!Array.isArray(outcomes) || outcomes.length !== messages.length) {
    const problem = invalidOutcome(node, `${outcomes?.length ?? 'no'} outcomes for ${messages.length} messages`);
    messages.forEach((message, i) => applyOutcome(run, node, fail(problem, message), message, places[i] as number, nodesRun[i] as number));
    return;
  }
  for (let i = 0; i < messages.length; i += 1) {
    applyOutcome(run, node, outcomes[i] as Outcome, messages[i], places[i] as number, nodesRun[i] as number);
  }
}

/** A node that throws over a batch fails all of it: which message was the cause is not known. */
function applyToAll(run: ChainRun, node: CompiledNode, { messages, places, nodesRun }: Inbox, error: unknown): void {
  for (let i = 0; i < messages.length; i += 1) {
    const message = messages[i] as Message;
    applyOutcome(run, node, thrown(error, message), message, places[i] as number, nodesRun[i] as number);
  }
}

function isPromise<T>(answer: T | Promise<T>): answer is Promise<T> {
  return typeof answer === 'object' && answer !== null && 'then' in answer;
}
