import type { Problem } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { Outcome } from '@fieldline/plugin-sdk';
import type { ChainPosition } from '@fieldline/ports';
import type { CompiledNode } from '../compile/compile-chain.js';
import type { Wanted } from './origins.js';

/** Where a message failed. */
export interface FailedAt {
  readonly ruleChainId: string;
  readonly node?: CompiledNode | undefined;
  readonly callers?: readonly ChainPosition[] | undefined;
}

/** One branch of a message that failed, as a dead letter would keep it. */
export interface Failure {
  readonly message: Message;
  readonly problem: Problem;
  readonly at: FailedAt;
}

/**
 * What a pack has done that shall not happen twice: outcomes that moved the state of a node, made messages of
 * their own or handed over. A message that is retried starts its chain anew, and where it comes to such a node
 * again, the earlier outcome stands: the message leaves the node as it did before, and nothing else happens.
 * Points and attributes need no such care, saving them again changes nothing (design.md §4).
 */
export class StandingOutcomes {
  readonly #byVisit = new Map<string, Outcome[]>();
  /** Why messages of the pack are traced: that stands as well. */
  readonly wanted: Wanted = new Map();

  at(visit: string, count: number): Outcome | undefined {
    return this.#byVisit.get(visit)?.[count];
  }

  add(visit: string, outcome: Outcome): void {
    const known = this.#byVisit.get(visit);
    if (known === undefined) this.#byVisit.set(visit, [outcome]);
    else known.push(outcome);
  }
}

/** One run of a pack: what failed in it, by place, to be decided on when it is over. */
export class Attempt {
  readonly failures = new Map<number, Failure[]>();
  /** Places of messages that passed an acknowledge node: they are not retried (rule-engine.md §7.4). */
  readonly acknowledged = new Set<number>();
  /** Places of messages that were begun with; others wait behind a failure, or came too late. */
  readonly begun = new Set<number>();
  readonly #standing: StandingOutcomes;
  /** How often each message has come to each node in this attempt, as far as outcomes stand. */
  readonly #visits = new Map<string, number>();

  constructor(standing: StandingOutcomes) {
    this.#standing = standing;
  }

  get wanted(): Wanted {
    return this.#standing.wanted;
  }

  fail(place: number, failure: Failure): void {
    const known = this.failures.get(place);
    if (known === undefined) this.failures.set(place, [failure]);
    else known.push(failure);
  }

  /** The outcome of an earlier attempt for this visit of a message to a node, once for each visit. */
  standing(place: number, nodeId: string): Outcome | undefined {
    const visit = visitOf(place, nodeId);
    const count = this.#visits.get(visit) ?? 0;
    const outcome = this.#standing.at(visit, count);
    if (outcome !== undefined) this.#visits.set(visit, count + 1);
    return outcome;
  }

  /** Keeps what a message did at a node, so that it is not done again. */
  stands(place: number, nodeId: string, outcome: Outcome): void {
    const visit = visitOf(place, nodeId);
    this.#visits.set(visit, (this.#visits.get(visit) ?? 0) + 1);
    this.#standing.add(visit, outcome);
  }
}

const visitOf = (place: number, nodeId: string): string => `${place} ${nodeId}`;
