import type { Problem } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { Outcome } from '@fieldline/plugin-sdk';
import type { CompiledNode } from '../compile/compile-chain.js';
import { FLIGHT_LOG_MAX } from '../limits.js';
import type { ChainRun } from '../run/chain-run.js';
import type { Inbox } from '../run/inbox.js';

/** What became of a message at a node: what the node said, or what the engine did where it plays the node. */
export type Told =
  | Outcome
  | { readonly kind: 'handed-over' | 'acknowledged' | 'called' | 'returned' }
  /** It failed, and was not sent to Failure. */
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * How messages came to a node: over a connection or as the first; after a hand-over, to the node that handed over or held
 * them; from a chain the node called; or by nothing, with a tick.
 */
export type Arrival = 'arrived' | 'handed-over' | 'due' | 'came-back' | 'tick';

/** One call of a node with the messages that waited for it. Messages never change, so references are enough. */
export class Visit {
  readonly run: ChainRun;
  readonly node: CompiledNode;
  readonly inbox: Inbox;
  readonly arrival: Arrival;
  /** By the stopwatch of the batch. */
  readonly startedMs: number;
  /** What became of each message of the inbox; nothing where the batch was cancelled meanwhile. As long as it gets: it need not grow. */
  readonly outcomes: (Told | undefined)[];
  /** Messages that outcomes made, in their order. */
  made: Message[] | undefined;
  spawned: Message[] | undefined;
  /** Where the node was called more than once and waited for: after how many messages, and how long the calls took. */
  laps: { readonly messages: number; readonly durationUs: number }[] | undefined;
  durationUs = 0;
  #told = 0;

  constructor(run: ChainRun, node: CompiledNode, inbox: Inbox, arrival: Arrival, startedMs: number) {
    this.run = run;
    this.node = node;
    this.inbox = inbox;
    this.arrival = arrival;
    this.startedMs = startedMs;
    this.outcomes = new Array<Told | undefined>(inbox.length);
  }

  tell(outcome: Told): void {
    this.outcomes[this.#told] = outcome;
    this.#told += 1;
  }

  makes(message: Message): void {
    this.made ??= [];
    this.made.push(message);
  }

  spawns(message: Message): void {
    this.spawned ??= [];
    this.spawned.push(message);
  }

  /** Puts something in place of what was last told. */
  correct(outcome: Told): void {
    this.outcomes[Math.max(0, this.#told - 1)] = outcome;
  }

  took(durationUs: number, messages: number): void {
    if (messages === this.inbox.length || this.inbox.length === 0) this.durationUs = durationUs;
    else {
      this.laps ??= [];
      this.laps.push({ messages, durationUs });
    }
  }
}

/**
 * What a batch did, node by node, kept until it is committed: only then is it known which messages failed. It costs an
 * entry a call, not a message, and is let go with the batch.
 */
export class FlightLog {
  readonly visits: Visit[] = [];
  /** True where a node was visited of which people see everything. */
  isDebugged = false;
  readonly #nowMs: number;
  #messages = 0;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  /** True where something is missing. */
  get isFull(): boolean {
    return this.#messages >= FLIGHT_LOG_MAX;
  }

  begin(run: ChainRun, node: CompiledNode, inbox: Inbox, arrival: Arrival, startedMs: number): Visit | undefined {
    if (this.isFull) return undefined;
    this.#messages += inbox.length;
    if (node.debug.allUntilMs > this.#nowMs) this.isDebugged = true;
    const visit = new Visit(run, node, inbox, arrival, startedMs);
    this.visits.push(visit);
    return visit;
  }
}
