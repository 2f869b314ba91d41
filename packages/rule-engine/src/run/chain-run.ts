import { problemOf } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { ChainPosition } from '@fieldline/ports';
import type { ChainTally } from '../account/chain-tally.js';
import type { CompiledChain, CompiledNode } from '../compile/compile-chain.js';
import { engineErrors } from '../errors.js';
import { NODES_PER_MESSAGE_MAX } from '../limits.js';
import type { Arrival, Visit } from '../record/flight-log.js';
import type { FailedAt } from './attempt.js';
import type { BatchRun } from './batch-run.js';
import { Inbox, Returned } from './inbox.js';
import { callNode, callOnTimer } from './node-call.js';
import { playRole } from './role.js';
import { repeatStanding } from './stand.js';

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
  readonly tally: ChainTally;
  /** True while the node is called that messages were handed over to. */
  isHandOver = false;
  /** The call that is under way; undefined where nobody records it. */
  visit: Visit | undefined;
  readonly #inboxes: (Inbox | undefined)[];
  /** Smallest place of a node that got messages; only a loop in the chain makes it go back. */
  #next: number;
  /** When the call that is under way began, or the node last answered. */
  #sinceMs = 0;
  /** Messages of the call that is under way whose time is not counted yet. */
  #untimed = 0;

  constructor(batch: BatchRun, chain: CompiledChain, callers: readonly ChainPosition[]) {
    this.batch = batch;
    this.chain = chain;
    this.callers = callers;
    this.tally = batch.account.of(chain);
    this.#next = chain.nodes.length;
    this.#inboxes = new Array<Inbox | undefined>(chain.nodes.length).fill(undefined);
  }

  /** Puts a message in front of the first node; a chain without one ends it. */
  enter(message: Message, place: number, nodesRun: number): void {
    this.tally.entered += 1;
    if (this.chain.first === undefined) this.tally.ended += 1;
    else this.#put(this.chain.first, message, place, nodesRun, '');
  }

  /** Sends a message on by a label, as `node` would: to every connection that has it. */
  leave(node: CompiledNode, label: string, message: Message, place: number, nodesRun: number): void {
    const { targets, count, isFailure } = node.way(label);
    count.left += 1;
    if (isFailure) this.batch.origins.failed(place);
    if (targets.length === 0) {
      count.unconnected += 1;
      if (isFailure) this.batch.fail(message, problemOf(engineErrors.FAILURE_UNCONNECTED({ node: node.name })), this.at(node), place);
      else this.tally.unconnected += 1;
      return;
    }
    this.tally.made += targets.length - 1;
    for (let i = 0; i < targets.length; i += 1) this.#put(targets[i] as CompiledNode, message, place, nodesRun, label);
  }

  /** Runs all nodes that have messages, until none has. Returns a promise only where a node made one. */
  run(): void | Promise<void> {
    while (this.#next < this.chain.nodes.length && !this.batch.isCancelled) {
      const place = this.#next;
      const inbox = this.#inboxes[place];
      this.#inboxes[place] = undefined;
      this.#next = place + 1;
      if (inbox === undefined) continue;
      const pending = this.#arrive(this.chain.nodes[place] as CompiledNode, inbox.inBatchOrder());
      if (pending !== undefined) return this.#rest(pending);
    }
    return undefined;
  }

  /** Runs messages that were handed over: at their node itself, where they stopped. */
  resume(node: CompiledNode, inbox: Inbox, isDue: boolean): void | Promise<void> {
    this.isHandOver = true;
    this.begin(node, inbox, isDue ? 'due' : 'handed-over');
    if (node.role !== 'inner' && node.role !== 'external') return this.end(node, playRole(this, node, inbox));
    const pending = this.end(node, isDue ? callOnTimer(this, node, inbox) : callNode(this, node, inbox));
    if (pending === undefined) this.isHandOver = false;
    return pending?.then(() => void (this.isHandOver = false));
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
    node.runtime.counters.leftUntimed();
    return run;
  }

  /** Sends on what nested chains returned, in the order of the batch. */
  comeBack(node: CompiledNode, returned: Returned): void {
    const { messages, places, nodesRun, labels } = returned;
    if (messages.length === 0) return;
    this.tally.made += messages.length;
    this.batch.flight?.begin(this, node, returned, 'came-back', this.batch.stopwatch.atMs);
    const order = places.map((_, i) => i).sort((a, b) => (places[a] as number) - (places[b] as number));
    for (const i of order) this.leave(node, labels[i] as string, messages[i] as Message, places[i] as number, nodesRun[i] as number);
  }

  /** Called before a node is called with messages, or the engine does something in its stead; `end` follows. */
  begin(node: CompiledNode, inbox: Inbox, arrival: Arrival): void {
    const { flight, stopwatch } = this.batch;
    this.#sinceMs = stopwatch.atMs;
    this.#untimed = inbox.length;
    this.visit = flight?.begin(this, node, inbox, arrival, this.#sinceMs);
  }

  /** Counts the time of the call when it is over: `pending` is what it gave. */
  end(node: CompiledNode, pending: void | Promise<void>): void | Promise<void> {
    if (pending === undefined) return this.#answered(node);
    return pending.then(() => this.#answered(node));
  }

  /** The node is done with so many messages of the call that is under way. */
  lap(node: CompiledNode, messages: number): void {
    const sinceMs = this.#sinceMs;
    this.#sinceMs = this.batch.stopwatch.read();
    this.#untimed -= messages;
    const durationUs = (this.#sinceMs - sinceMs) * 1_000;
    node.runtime.counters.took(durationUs, messages);
    this.visit?.took(durationUs, messages);
  }

  /** Where a message fails that fails at a node. */
  at(node: CompiledNode): FailedAt {
    return { ruleChainId: this.chain.id, node, callers: this.callers };
  }

  async #rest(pending: Promise<void>): Promise<void> {
    await pending;
    const more = this.run();
    if (more !== undefined) await more;
  }

  #put(target: CompiledNode, message: Message, place: number, nodesRun: number, label: string): void {
    if (nodesRun >= NODES_PER_MESSAGE_MAX) {
      const problem = problemOf(engineErrors.TOO_MANY_NODES({ nodesMax: NODES_PER_MESSAGE_MAX }));
      this.batch.fail(message, problem, this.at(target), place);
      return;
    }
    let inbox = this.#inboxes[target.place];
    if (inbox === undefined) {
      inbox = new Inbox();
      this.#inboxes[target.place] = inbox;
      if (target.place < this.#next) this.#next = target.place;
    }
    inbox.push(message, place, nodesRun + 1);
    if (target.debug.allUntilMs > this.batch.nowMs) inbox.cameBy(label);
  }

  #arrive(node: CompiledNode, arrived: Inbox): void | Promise<void> {
    node.runtime.counters.received += arrived.length;
    const { attempt } = this.batch;
    const inbox = attempt === undefined ? arrived : repeatStanding(this, attempt, node, arrived);
    if (inbox.length === 0) return undefined;
    this.begin(node, inbox, 'arrived');
    return this.end(node, playRole(this, node, inbox));
  }

  #answered(node: CompiledNode): void {
    if (this.#untimed > 0) this.lap(node, this.#untimed);
    this.visit = undefined;
  }
}
