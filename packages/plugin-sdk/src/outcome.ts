import type { EpochMs, Problem } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { CustomerId, EntityId, JsonValue, Message, Metadata } from '@fieldline/model';

/** The relation type every node has besides its own. */
export type Failure = 'Failure';

/** A message a node makes itself: it gets an id and a time of its own. */
export interface NewMessage {
  readonly type: string;
  readonly originator: EntityId;
  readonly customerId?: CustomerId | undefined;
  readonly metadata: Metadata;
  readonly data?: JsonValue | undefined;
  /** JSON text, where `data` would lose something. */
  readonly text?: string | undefined;
}

/** A new message and the relation type by which it leaves the node. */
export interface Emission<Relation> {
  readonly to: Relation;
  readonly message: NewMessage;
}

/** What an outcome may bring besides what becomes of the message; all of it is committed with the batch. */
export interface Extras<Relation, State> {
  /** Replaces the node's state. */
  readonly state?: State | undefined;
  /** Messages that enter their originator's rule chain at its first node, as branches of this one. */
  readonly spawns?: readonly NewMessage[] | undefined;
  /** New messages that leave this node, each by its relation type. */
  readonly emits?: readonly Emission<Relation | Failure>[] | undefined;
  /** `onTimer` is called then, with this message, whether or not it has left; it outlives a restart of the process. */
  readonly wakeAtMs?: EpochMs | undefined;
}

/**
 * What became of one message in a node. A node returns one for each message it is given; it never calls
 * back. `state` replaces the node's state (for the originator, or for the node, as declared) and is
 * committed together with what the batch wrote.
 */
export type Outcome<Relation extends string = string, State = unknown> =
  | ({ readonly kind: 'routed'; readonly to: Relation | readonly Relation[]; readonly message: Message } & Extras<Relation, State>)
  | ({ readonly kind: 'emitted'; readonly messages: readonly Emission<Relation | Failure>[] } & Omit<Extras<Relation, State>, 'emits'>)
  | { readonly kind: 'held'; readonly untilMs: EpochMs; readonly state: State }
  /** External nodes only: what the node talks to is away, and the node gets the message again later. It waits on disk. */
  | { readonly kind: 'deferred'; readonly untilMs: EpochMs; readonly problem: Problem }
  | ({ readonly kind: 'ended'; readonly reason: string } & Omit<Extras<Relation, State>, 'emits'>)
  | { readonly kind: 'failed'; readonly problem: Problem; readonly message: Message; readonly state?: State | undefined };

export type Answer<Relation extends string, State> = Outcome<NoInfer<Relation>, State> | Promise<Outcome<NoInfer<Relation>, State>>;

/** Sends the message on by a relation type, or by several. */
export function route<const Relation extends string, State = never>(
  to: Relation | readonly Relation[],
  message: Message,
  extra?: Extras<Relation, State>,
): Outcome<Relation, State> {
  return { kind: 'routed', to, message, ...extra };
}

/** Sends new messages on, each by its relation type or by `Failure`; the incoming message ends here. */
export function emit<const Relation extends string, State = never>(
  messages: readonly Emission<Relation>[],
  extra?: Omit<Extras<never, State>, 'emits'>,
): Outcome<Exclude<Relation, Failure>, State> {
  // Exclude<Relation, Failure> | Failure covers Relation, which the compiler does not see for a type parameter.
  return { kind: 'emitted', messages: messages as readonly Emission<Exclude<Relation, Failure> | Failure>[], ...extra };
}

/** Keeps the message open until an instant; then `onTimer` is called. */
export function hold<State>(untilMs: EpochMs, state: State): Outcome<never, State> {
  return { kind: 'held', untilMs, state };
}

/**
 * Gives the message back, because what an external node talks to is away: the node gets it again at the instant, and until
 * then it waits in the log, not in memory. Messages behind it in the node wait as well, so order is kept.
 */
export function defer(problem: Problem | Error, untilMs: EpochMs): Outcome<never, never> {
  return { kind: 'deferred', problem: problemFrom(problem), untilMs };
}

/** Ends the message here, deliberately. The reason is counted in the dead-end ledger. */
export function end<State = never>(reason: string, extra?: Omit<Extras<never, State>, 'emits'>): Outcome<never, State> {
  return { kind: 'ended', reason, ...extra };
}

/** Sends the message to `Failure` with a coded problem. An error without a code becomes NODE_THREW. */
export function fail<State = never>(problem: Problem | Error, message: Message, extra?: { readonly state?: State }): Outcome<never, State> {
  return { kind: 'failed', problem: problemFrom(problem), message, ...extra };
}

function problemFrom(problem: Problem | Error): Problem {
  if (!(problem instanceof Error)) return problem;
  if (isProblem(problem)) return problemOf(problem);
  return {
    code: 'NODE_THREW',
    kind: 'internal',
    retry: 'never',
    message: problem.message,
    remedy: 'Report this to the author of the node: a node should fail with a code of its own.',
  };
}
