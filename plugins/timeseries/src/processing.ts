import { type Message, type Outcome, readingTsMs, z } from '@fieldline/plugin-sdk';
import { INTERVALS_REMEMBERED } from './limits.js';

const intervalSecs = z.int().min(1).max(86_400).describe('Length of an interval in seconds: the first message of an originator in each counts.');
const step = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('ON_EVERY_MESSAGE') }),
    z.strictObject({ type: z.literal('DEDUPLICATE'), deduplicationIntervalSecs: intervalSecs }),
    z.strictObject({ type: z.literal('SKIP') }),
  ])
  .describe('How often this is done: always, for the first message of an interval, or never.');
type Step = z.infer<typeof step>;

/** Settings of what is done with a value and how often, in ThingsBoard's form, for the actions a node has. */
export function processingSettings<const Action extends string>(actions: readonly Action[]) {
  const steps = Object.fromEntries(actions.map((action) => [action, step])) as Record<Action, typeof step>;
  return z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('ON_EVERY_MESSAGE') }),
      z.strictObject({ type: z.literal('WEBSOCKETS_ONLY') }),
      z.strictObject({ type: z.literal('DEDUPLICATE'), deduplicationIntervalSecs: intervalSecs }),
      z.strictObject({ type: z.literal('ADVANCED'), ...steps }),
    ])
    .default({ type: 'ON_EVERY_MESSAGE' })
    .describe('What is done with the values of a message, and how often.')
    .meta({ title: 'Processing settings' });
}

export type ProcessingSettings<Action extends string> =
  | { readonly type: 'ON_EVERY_MESSAGE' | 'WEBSOCKETS_ONLY' }
  | { readonly type: 'DEDUPLICATE'; readonly deduplicationIntervalSecs: number }
  | ({ readonly type: 'ADVANCED' } & Readonly<Record<Action, Step>>);

/** Numbers of the intervals that had a message, the newest last, by the length of the interval in seconds. */
export type SeenIntervals = Readonly<Record<string, readonly number[]>>;

/** State of an originator: actions with intervals of one length see the same ones. */
export const seenIntervals: z.ZodType<SeenIntervals> = z.record(z.string(), z.array(z.int()).max(INTERVALS_REMEMBERED));

/** Of each action, whether it takes place. */
export type Actions<Action extends string> = Readonly<Record<Action, boolean>>;

/** What settings mean for the actions of a node. */
export class Processing<Action extends string> {
  /** True where every message gets everything. */
  readonly isWhole: boolean;
  readonly #steps: readonly (readonly [Action, Step])[];
  readonly #lengths: readonly number[];

  constructor(settings: ProcessingSettings<Action>, actions: readonly Action[]) {
    this.#steps = actions.map((action) => [action, stepOf(settings, action)]);
    this.#lengths = [...new Set(this.#steps.flatMap(([, one]) => (one.type === 'DEDUPLICATE' ? [one.deduplicationIntervalSecs] : [])))];
    this.isWhole = this.#steps.every(([, { type }]) => type === 'ON_EVERY_MESSAGE');
  }

  /**
   * What to do with a message, and the state after it; undefined where that did not change.
   *
   * @param seen what earlier messages of the originator left
   */
  actionsFor(tsMs: number, seen: SeenIntervals | undefined): { readonly actions: Actions<Action>; readonly seen: SeenIntervals | undefined } {
    const first = this.#lengths.filter((secs) => !(seen?.[secs] ?? []).includes(intervalOf(tsMs, secs)));
    const isOn = (one: Step): boolean =>
      one.type === 'ON_EVERY_MESSAGE' || (one.type === 'DEDUPLICATE' && first.includes(one.deduplicationIntervalSecs));
    const actions = Object.fromEntries(this.#steps.map(([action, one]) => [action, isOn(one)])) as Record<Action, boolean>;
    if (first.length === 0) return { actions, seen: undefined };
    const added = first.map((secs) => [secs, [...(seen?.[secs] ?? []), intervalOf(tsMs, secs)].slice(-INTERVALS_REMEMBERED)] as const);
    return { actions, seen: { ...seen, ...Object.fromEntries(added) } };
  }
}

/** State of originators from message to message of one batch, of which a node knows only what it was before. */
export class SeenInBatch {
  readonly #before: (message: Message) => SeenIntervals | undefined;
  readonly #changed = new Map<string, SeenIntervals>();

  constructor(before: (message: Message) => SeenIntervals | undefined) {
    this.#before = before;
  }

  of(message: Message): SeenIntervals | undefined {
    return this.#changed.get(keyOf(message)) ?? this.#before(message);
  }

  set(message: Message, seen: SeenIntervals): void {
    this.#changed.set(keyOf(message), seen);
  }
}

/** The outcome with the state after it, if that changed. */
export function remembering(outcome: Outcome<'Success', SeenIntervals>, seen: SeenIntervals | undefined): Outcome<'Success', SeenIntervals> {
  return seen === undefined || (outcome.kind !== 'routed' && outcome.kind !== 'failed') ? outcome : { ...outcome, state: seen };
}

/** The time that decides about the interval of a message. */
export const intervalTsMs = (message: Message, { useServerTime, nowMs }: { readonly useServerTime: boolean; readonly nowMs: number }): number =>
  useServerTime ? nowMs : readingTsMs(message);

function stepOf<Action extends string>(settings: ProcessingSettings<Action>, action: Action): Step {
  switch (settings.type) {
    case 'ON_EVERY_MESSAGE':
      return { type: 'ON_EVERY_MESSAGE' };
    case 'WEBSOCKETS_ONLY':
      return { type: action === 'webSockets' ? 'ON_EVERY_MESSAGE' : 'SKIP' };
    case 'DEDUPLICATE':
      return settings;
    case 'ADVANCED':
      return settings[action];
  }
}

const intervalOf = (tsMs: number, secs: number): number => Math.floor(tsMs / (secs * 1_000));
const keyOf = ({ originator }: Message): string => `${originator.entityType} ${originator.id}`;
