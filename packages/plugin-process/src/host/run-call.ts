import { isProblem } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { AnyRuleNodeDefinition, Emission, NewMessage, Outcome } from '@fieldline/plugin-sdk';
import { fail } from '@fieldline/plugin-sdk';
import type { ToPlugin } from '../wire/frames.js';
import { callContext } from './call-context.js';
import type { HostCall } from './host-call.js';
import type { Prepared } from './plugin-host.js';

type CallFrame = Extract<ToPlugin, { kind: 'call' }>;
type Context = Parameters<AnyRuleNodeDefinition['onMessage']>[1];

/**
 * Calls the node for the messages of a frame.
 *
 * @returns one outcome a message as plain data, in order; for a tick, one outcome
 */
export async function runCall(call: HostCall, prepared: Prepared, frame: CallFrame): Promise<readonly unknown[]> {
  const { definition } = prepared;
  const shared = callContext(call, prepared, frame) as Context;
  const states = new States(definition, frame.states);
  if (frame.hook === 'tick') return [wireOutcome(call, await tick(definition, { ...shared, state: states.at(0, '') }), 0)];
  const { messages } = call;
  if (frame.hook === 'batch' && definition.onBatch !== undefined) {
    const stateOf = (message: Message): unknown => states.at(call.placeOf(message), message.originator.id);
    const outcomes: unknown = await definition.onBatch(messages, { ...shared, stateOf } as never);
    if (!Array.isArray(outcomes)) throw new TypeError('onBatch gave no list of outcomes');
    return outcomes.map((outcome: Outcome, place) => wireOutcome(call, outcome, place));
  }
  const wire: unknown[] = [];
  for (const [place, message] of messages.entries()) {
    if (call.isOver) break;
    call.place = place;
    const outcome = await one(definition, frame.hook, message, { ...shared, state: states.at(place, message.originator.id) });
    if ('state' in outcome && outcome.state !== undefined) states.set(message.originator.id, outcome.state);
    wire.push(wireOutcome(call, outcome, place));
  }
  return wire;
}

async function tick(definition: AnyRuleNodeDefinition, context: Context): Promise<Outcome> {
  if (definition.ticks === undefined) throw new TypeError('the node declares no ticks');
  return (await definition.ticks.onTick(context)) as Outcome;
}

/** An error of the node fails this message; those after it are still given to the node. */
async function one(definition: AnyRuleNodeDefinition, hook: 'batch' | 'timer', message: Message, context: Context): Promise<Outcome> {
  try {
    const answer: unknown = hook === 'timer' ? await definition.onTimer?.(message, context) : await definition.onMessage(message, context);
    if (typeof answer !== 'object' || answer === null) throw new TypeError('the node gave no outcome');
    return answer as Outcome;
  } catch (error) {
    return fail(isProblem(error) || error instanceof Error ? error : new Error(String(error)), message);
  }
}

/** State as messages of the call meet it: what came with the frame, then what the outcome before left. */
class States {
  readonly #definition: AnyRuleNodeDefinition;
  readonly #given: CallFrame['states'];
  readonly #left = new Map<string, unknown>();

  constructor(definition: AnyRuleNodeDefinition, given: CallFrame['states']) {
    this.#definition = definition;
    this.#given = given;
  }

  at(place: number, originatorId: string): unknown {
    const { state } = this.#definition;
    if (state === undefined) return undefined;
    const left = this.#left.get(this.#keyOf(originatorId));
    if (left !== undefined) return left;
    // What an earlier version of the plugin left may not fit any more: then the node begins anew.
    const parsed = state.schema.safeParse(this.#given?.[place] ?? undefined);
    return parsed.success ? parsed.data : undefined;
  }

  set(originatorId: string, state: unknown): void {
    this.#left.set(this.#keyOf(originatorId), state);
  }

  #keyOf(originatorId: string): string {
    return this.#definition.state?.keyedBy === 'node' ? '' : originatorId;
  }
}

/** An outcome with its messages as the server knows them. The server checks it; what cannot even be read fails its own message there. */
function wireOutcome(call: HostCall, outcome: Outcome, place: number): unknown {
  try {
    return packOutcome(call, outcome, place);
  } catch (error) {
    return { kind: 'unreadable', reason: String(error) };
  }
}

function packOutcome(call: HostCall, outcome: Outcome, place: number): unknown {
  switch (outcome.kind) {
    case 'routed':
    case 'failed': {
      const { message, ...rest } = outcome;
      const wire = { ...rest, message: call.versionOf(message, ownPlace(call, message, place)) };
      return 'emits' in wire || 'spawns' in wire ? { ...wire, ...madeBy(wire) } : wire;
    }
    case 'emitted':
      return { ...outcome, messages: outcome.messages.map(emission), ...madeBy(outcome) };
    case 'ended':
      return { ...outcome, ...madeBy(outcome) };
    default:
      return outcome;
  }
}

/** The message an outcome is for is nearly always the one it sends on. */
const ownPlace = (call: HostCall, message: Message, place: number): number =>
  call.messages[place] === message || call.messages[place]?.id === message.id ? place : call.placeOf(message);

interface Making {
  readonly emits?: readonly Emission<string>[] | undefined;
  readonly spawns?: readonly NewMessage[] | undefined;
}

const madeBy = ({ emits, spawns }: Making): object => ({ emits: emits?.map(emission), spawns: spawns?.map(newMessage) });
const emission = ({ to, message }: Emission<string>): object => ({ to, message: newMessage(message) });
const newMessage = ({ type, originator, customerId, metadata, data, text }: NewMessage): object => ({
  ...{ type, originator, customerId, metadata },
  text: text ?? JSON.stringify(data ?? null),
});
