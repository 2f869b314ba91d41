import { problemOf } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { ChainPosition } from '@fieldline/ports';
import type { CompiledChain, CompiledNode } from '../compile/compile-chain.js';
import { engineErrors } from '../errors.js';
import { NODES_PER_MESSAGE_MAX } from '../limits.js';
import type { FailedAt } from './attempt.js';
import type { BatchRun } from './batch-run.js';
import { Inbox } from './inbox.js';
import { callNested } from './nested-chain.js';
import { callNode, callOnTimer } from './node-call.js';
import { handedOverBefore, repeatStanding } from './stand.js';

/** Messages that left a chain through its output nodes, with the label each returns to the caller. */
export class Returned extends Inbox {
  readonly labels: string[] = [];
}

/**
 * One batch in one version of a rule chain. Nodes run in topological order, each with all messages that have
 * reached it; so a node sees its messages in the order of the batch, whatever way they took.
 */
export class ChainRun {
  readonly batch: BatchRun;
  readonly chain: CompiledChain;
  /** The rule chain nodes that called this chain, outermost first. */
  readonly callers: readonly ChainPosition[];
  readonly returned = new Returned();
  /** True where the messages were handed over to the node they start at. */
  isHandOver = false;
  readonly #inboxes: (Inbox | undefined)[];
  /** Smallest place of a node that got messages; only a loop in the chain makes it go back. */
  #next: number;

  constructor(batch: BatchRun, chain: CompiledChain, callers: readonly ChainPosition[]) {
    this.batch = batch;
    this.chain = chain;
    this.callers = callers;
    this.#next = chain.nodes.length;
    this.#inboxes = new Array<Inbox | undefined>(chain.nodes.length).fill(undefined);
  }

  /** Puts a message in front of the first node; a chain without one ends it. */
  enter(message: Message, place: number, nodesRun: number): void {
    if (this.chain.first !== undefined) this.#put(this.chain.first, message, place, nodesRun);
  }

  /** Sends a message on by a label, as `node` would: to every connection that has it. */
  leave(node: CompiledNode, label: string, message: Message, place: number, nodesRun: number): void {
    const { targets, count, isFailure } = node.way(label);
    count.left += 1;
    if (targets.length === 0) {
      count.deadEnds += 1;
      if (isFailure) this.batch.fail(message, problemOf(engineErrors.FAILURE_UNCONNECTED({ node: node.name })), this.#at(node), place);
      return;
    }
    for (let i = 0; i < targets.length; i += 1) this.#put(targets[i] as CompiledNode, message, place, nodesRun);
  }

  /** Runs all nodes that have messages, until none has. Returns a promise only where a node made one. */
  run(): void | Promise<void> {
    while (this.#next < this.chain.nodes.length && !this.batch.isCancelled) {
      const place = this.#next;
      const inbox = this.#inboxes[place];
      this.#inboxes[place] = undefined;
      this.#next = place + 1;
      if (inbox === undefined) continue;
      const pending = this.#visit(this.chain.nodes[place] as CompiledNode, inbox.inBatchOrder());
      if (pending !== undefined) return this.#rest(pending);
    }
    return undefined;
  }

  /** Runs messages that were handed over: at their node itself, where they stopped. */
  resume(node: CompiledNode, inbox: Inbox, isDue: boolean): void | Promise<void> {
    this.isHandOver = true;
    if (node.role !== 'inner' && node.role !== 'external') return this.#visit(node, inbox);
    node.runtime.counters.received += isDue ? 0 : inbox.length;
    return isDue ? callOnTimer(this, node, inbox) : callNode(this, node, inbox);
  }

  /**
   * After a run that was resumed in a nested chain: the run of the chain that called it, seeded with what came
   * back. Undefined where nothing came back, or there is no caller any more.
   */
  callerRun(): ChainRun | undefined {
    const caller = this.callers.at(-1);
    if (caller === undefined || this.returned.length === 0) return undefined;
    const chain = this.batch.chain(caller.ruleChainId);
    const node = chain?.node(caller.ruleNodeId);
    if (chain === undefined || node === undefined) return undefined;
    const run = new ChainRun(this.batch, chain, this.callers.slice(0, -1));
    run.comeBack(node, this.returned);
    return run;
  }

  /** Sends on what nested chains returned, in the order of the batch. */
  comeBack(node: CompiledNode, { messages, places, nodesRun, labels }: Returned): void {
    const order = places.map((_, i) => i).sort((a, b) => (places[a] as number) - (places[b] as number));
    for (const i of order) this.leave(node, labels[i] as string, messages[i] as Message, places[i] as number, nodesRun[i] as number);
  }

  #at(node: CompiledNode): FailedAt {
    return { ruleChainId: this.chain.id, node, callers: this.callers };
  }

  async #rest(pending: Promise<void>): Promise<void> {
    await pending;
    const more = this.run();
    if (more !== undefined) await more;
  }

  #put(target: CompiledNode, message: Message, place: number, nodesRun: number): void {
    if (nodesRun >= NODES_PER_MESSAGE_MAX) {
      const problem = problemOf(engineErrors.TOO_MANY_NODES({ nodesMax: NODES_PER_MESSAGE_MAX }));
      this.batch.fail(message, problem, this.#at(target), place);
      return;
    }
    let inbox = this.#inboxes[target.place];
    if (inbox === undefined) {
      inbox = new Inbox();
      this.#inboxes[target.place] = inbox;
      if (target.place < this.#next) this.#next = target.place;
    }
    inbox.push(message, place, nodesRun + 1);
  }

  #visit(node: CompiledNode, arrived: Inbox): void | Promise<void> {
    node.runtime.counters.received += arrived.length;
    const { attempt } = this.batch;
    const inbox = attempt === undefined ? arrived : repeatStanding(this, attempt, node, arrived);
    if (inbox.length === 0) return undefined;
    switch (node.role) {
      case 'inner':
        return callNode(this, node, inbox);
      case 'rule-chain':
        return callNested(this, node, inbox);
      case 'output':
        return this.#giveBack(node, inbox);
      case 'external':
        for (let i = 0; i < inbox.length; i += 1) {
          this.batch.handOver(inbox.messages[i] as Message, node, this.callers, { nodesRun: inbox.nodesRun[i] as number });
          attempt?.stands(inbox.places[i] as number, node.id, handedOverBefore);
        }
        return undefined;
      case 'acknowledge':
        for (let i = 0; i < inbox.length; i += 1) {
          attempt?.acknowledged.add(inbox.places[i] as number);
          this.leave(node, 'Success', inbox.messages[i] as Message, inbox.places[i] as number, inbox.nodesRun[i] as number);
        }
        return undefined;
      case 'checkpoint':
        for (let i = 0; i < inbox.length; i += 1) {
          const rest = { nodesRun: inbox.nodesRun[i] as number, leaveBy: 'Success', queueName: node.queueName };
          this.batch.handOver(inbox.messages[i] as Message, node, this.callers, rest);
          attempt?.stands(inbox.places[i] as number, node.id, handedOverBefore);
        }
        return undefined;
      case 'inactive':
        return this.#refuse(node, inbox);
    }
  }

  /** An output node returns to the caller by its own name; without a caller the message ends. */
  #giveBack(node: CompiledNode, { messages, places, nodesRun }: Inbox): void {
    for (let i = 0; i < messages.length; i += 1) {
      node.runtime.counters.ended(this.callers.length === 0 ? 'output without caller' : 'returned to caller');
      if (this.callers.length === 0) continue;
      this.returned.push(messages[i] as Message, places[i] as number, nodesRun[i] as number);
      this.returned.labels.push(node.name);
    }
  }

  /** A node that could not start fails its messages; that is not routed through Failure (rule-engine.md §7.3). */
  #refuse(node: CompiledNode, { messages, places }: Inbox): void {
    const { problem } = node.runtime;
    if (problem === undefined) return;
    messages.forEach((message, i) => this.batch.fail(message, problem, this.#at(node), places[i] as number));
  }
}
