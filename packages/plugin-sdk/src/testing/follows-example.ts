import { assert } from '@fieldline/kernel';
import type { JsonValue, Message, Metadata } from '@fieldline/model';
import type { NodeExample } from '../definition.js';
import type { Emission, NewMessage, Outcome } from '../outcome.js';
import { harnessStartMs, message } from './messages.js';
import { relationOf } from './node-harness.js';

/** What running an example needs of a harness. */
interface ExampleNode {
  send(message: Message): Promise<Outcome>;
  advanceMs(durationMs: number): void;
  runDue(): Promise<readonly Outcome[]>;
}

/** Sends the message of an example and throws where something else comes of it than the example says. */
export async function followsExample<C, R extends string>(node: ExampleNode, example: NodeExample<C, R>): Promise<void> {
  const { to, result, emits, afterMs } = example;
  const { type, metadata, data } = example.message;
  const given = message(type, { entityType: 'DEVICE', id: 'device-a' }, data, {
    metadata: { deviceName: 'device-a', deviceType: 'default', ...metadata },
    tsMs: harnessStartMs,
  });
  const outcome = await node.send(given);
  const wanted = typeof to === 'string' ? to : to.join(', ');
  const relation = emits === undefined ? waysOut(outcome) : waysOut(withoutNew(outcome));
  assert(relation === wanted, `it left by "${relation}" instead of "${wanted}"`);
  if (result !== undefined) matches('it', leftWith(outcome), result);
  if (emits === undefined) return;
  if (afterMs !== undefined) node.advanceMs(afterMs);
  const made = (afterMs === undefined ? [outcome] : await node.runDue()).flatMap(madeBy);
  assert(made.length === emits.length, `it made ${made.length} messages instead of ${emits.length}`);
  emits.forEach((emission, place) => {
    const { to: way, message: found } = made[place] as Emission<string>;
    assert(way === emission.to, `message ${place + 1} left by "${way}" instead of "${emission.to}"`);
    matches(`message ${place + 1}`, partsOf(found), emission);
  });
}

function waysOut(outcome: Outcome): string {
  const hasLeft = outcome.kind !== 'ended' && outcome.kind !== 'held';
  return hasLeft ? relationOf(outcome).replace(/^Failure .*$/, 'Failure') : '';
}

/** What became of the message itself. */
function withoutNew(outcome: Outcome): Outcome {
  if (outcome.kind === 'routed') return { ...outcome, emits: [] };
  return outcome.kind === 'emitted' ? { ...outcome, messages: [] } : outcome;
}

function madeBy(outcome: Outcome): readonly Emission<string>[] {
  if (outcome.kind === 'emitted') return outcome.messages;
  return outcome.kind === 'routed' ? (outcome.emits ?? []) : [];
}

type Parts = Pick<Message, 'type' | 'metadata' | 'data'>;

function leftWith(outcome: Outcome): Parts | undefined {
  if (outcome.kind === 'routed' || outcome.kind === 'failed') return outcome.message;
  const first = outcome.kind === 'emitted' ? outcome.messages[0]?.message : undefined;
  return first === undefined ? undefined : partsOf(first);
}

function partsOf({ type, metadata, data, text = 'null' }: NewMessage): Parts {
  return { type, metadata, data: data ?? (JSON.parse(text) as JsonValue) };
}

function matches(what: string, left: Parts | undefined, wanted: Partial<Parts>): void {
  for (const part of ['type', 'metadata', 'data'] as const) {
    const expected = wanted[part];
    const found = part === 'metadata' ? picked(left?.metadata ?? {}, Object.keys(wanted.metadata ?? {})) : left?.[part];
    assert(expected === undefined || isEqual(found, expected), `${what} has the ${part} ${JSON.stringify(found)}`);
  }
}

const picked = (metadata: Metadata, keys: readonly string[]): Metadata =>
  Object.fromEntries(keys.flatMap((key) => (metadata[key] === undefined ? [] : [[key, metadata[key]]])));

/** Equal as JSON, whatever the order of members. */
function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  if (Array.isArray(a) !== Array.isArray(b) || keys.length !== others.length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key as keyof typeof a], b[key as keyof typeof b]));
}
