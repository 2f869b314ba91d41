import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { Emission } from '@fieldline/plugin-sdk';
import type { HopOutcome } from '@fieldline/ports';
import { engineErrors } from '../errors.js';
import { distinctLabels } from '../run/outcome.js';
import { Returned } from '../run/inbox.js';
import type { Told, Visit } from './flight-log.js';

/** A message that left a node, by a relation type. */
export interface Left {
  readonly relationType: string;
  readonly message: Message;
}

/** What became of one message at a node. */
export interface Step {
  /** What came; of a tick, the first message it made. */
  readonly message: Message;
  readonly outcome: HopOutcome;
  readonly left: readonly Left[];
  /** Messages that began in their chains. */
  readonly spawned: readonly Message[];
  /** True where what came went no further itself: the compatible API calls it acknowledged. */
  readonly isDone: boolean;
  readonly reason?: string | undefined;
  readonly problem?: Problem | undefined;
}

type Became = Omit<Step, 'message' | 'spawned'>;

/** Reads what a visit tells, message by message. */
export class VisitSteps {
  readonly #visit: Visit;
  /** How many messages the outcomes before each made, and spawned; only where any did. */
  readonly #made: readonly number[] | undefined;
  readonly #spawned: readonly number[] | undefined;

  constructor(visit: Visit) {
    this.#visit = visit;
    this.#made = visit.made === undefined ? undefined : sumsBefore(visit.outcomes, (told) => emissionsOf(told).length);
    this.#spawned = visit.spawned === undefined ? undefined : sumsBefore(visit.outcomes, spawnCount);
  }

  /** What became of the message at this place of the inbox; undefined for a tick that made none. */
  at(i: number): Step | undefined {
    const { inbox, arrival, outcomes, made = [], spawned = [] } = this.#visit;
    const message = inbox.messages[i];
    if (arrival === 'came-back' && message !== undefined) {
      const label = inbox instanceof Returned ? (inbox.labels[i] ?? '') : '';
      return { message, spawned: [], outcome: 'routed', left: [{ relationType: label, message }], isDone: false };
    }
    const told = outcomes[i];
    // The batch was cancelled while the node had the message.
    if (told === undefined) return message && { message, spawned: [], outcome: 'failed', left: [], isDone: false, problem: timedOut() };
    const fromMade = this.#made?.[i] ?? 0;
    const makes = made.slice(fromMade, fromMade + emissionsOf(told).length);
    const fromSpawned = this.#spawned?.[i] ?? 0;
    const spawns = spawned.slice(fromSpawned, fromSpawned + spawnCount(told));
    const about = message ?? (told.kind === 'routed' || told.kind === 'failed' ? told.message : (makes[0] ?? spawns[0]));
    return about && { message: about, spawned: spawns, ...became(this.#visit, told, about, makes) };
  }
}

const timedOut = (): Problem => problemOf(engineErrors.PACK_TIMED_OUT());

function became({ node, inbox }: Visit, told: Told, message: Message, made: readonly Message[]): Became {
  const emitted = emissionsOf(told).flatMap(({ to }, i) => (made[i] === undefined ? [] : [{ relationType: to, message: made[i] }]));
  switch (told.kind) {
    case 'routed': {
      const labels = typeof told.to === 'string' ? [told.to] : distinctLabels(told.to);
      const left = [...emitted, ...labels.map((relationType) => ({ relationType, message: told.message }))];
      return left.length === 0 ? { outcome: 'ended', left, isDone: false, reason: 'no relation type' } : { outcome: 'routed', left, isDone: false };
    }
    case 'emitted':
      if (emitted.length === 0) return { outcome: 'ended', left: [], isDone: true, reason: 'nothing emitted' };
      return { outcome: 'emitted', left: emitted, isDone: inbox.length > 0 };
    case 'ended':
      return { outcome: 'ended', left: [], isDone: true, reason: told.reason };
    case 'failed':
      return { outcome: 'failed', left: [{ relationType: 'Failure', message: told.message }], isDone: false, problem: told.problem };
    case 'refused':
      return { outcome: 'failed', left: [], isDone: false, problem: told.problem };
    case 'held':
      return { outcome: 'held', left: [], isDone: true };
    case 'deferred':
      return { outcome: 'deferred', left: [], isDone: false, problem: told.problem };
    case 'handed-over': {
      const isCheckpoint = node.role === 'checkpoint';
      return { outcome: 'handed-over', left: isCheckpoint ? [{ relationType: 'Success', message }] : [], isDone: isCheckpoint };
    }
    case 'acknowledged':
      return { outcome: 'routed', left: [{ relationType: 'Success', message }], isDone: true };
    case 'returned':
      return { outcome: 'returned', left: [{ relationType: node.name, message }], isDone: false };
    case 'called':
      return { outcome: 'called', left: [], isDone: false };
  }
}

function emissionsOf(told: Told): readonly Emission<string>[] {
  if (told.kind === 'emitted') return told.messages;
  return told.kind === 'routed' ? (told.emits ?? []) : [];
}

const spawnCount = (told: Told): number => ('spawns' in told ? (told.spawns?.length ?? 0) : 0);

function sumsBefore(outcomes: readonly (Told | undefined)[], count: (told: Told) => number): readonly number[] {
  let sum = 0;
  return outcomes.map((told) => {
    const before = sum;
    sum += told === undefined ? 0 : count(told);
    return before;
  });
}
