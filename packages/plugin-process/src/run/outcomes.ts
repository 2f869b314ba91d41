import type { IdSource } from '@fieldline/kernel';
import { epochMs, problemOf } from '@fieldline/kernel';
import type { EntityId, JsonValue, MessageChanges, TenantId } from '@fieldline/model';
import { Message } from '@fieldline/model';
import type { Outcome } from '@fieldline/plugin-sdk';
import { fail } from '@fieldline/plugin-sdk';
import * as z from 'zod';
import { entityIdSchema, type NodeDeclaration } from '../discover/declaration.js';
import { faultsOf } from '../discover/manifest.js';
import { pluginErrors } from '../errors.js';
import { MADE_PER_OUTCOME_MAX, STATE_CHARACTERS_MAX } from '../limits.js';
import { problemSchema } from '../wire/incoming.js';

const relation = z.string().min(1).max(255);
const metadata = z.record(z.string().max(255), z.string());
const type = z.string().min(1).max(255);
/** A body must be JSON: nodes further on rely on it. */
const text = z.string().refine(isJson, 'is not JSON');

export const versionSchema = z.object({
  at: z.int().min(-1),
  type: type.optional(),
  originator: entityIdSchema.optional(),
  metadata: metadata.optional(),
  text: text.optional(),
});
const newMessage = z.object({ type, originator: entityIdSchema, customerId: z.string().max(64).optional(), metadata, text });
const emissions = z.array(z.object({ to: relation, message: newMessage })).max(MADE_PER_OUTCOME_MAX);
const state = z
  .json()
  .refine((value) => JSON.stringify(value).length <= STATE_CHARACTERS_MAX, 'is too large')
  .optional();
const instant = z.int().min(0);
const extras = { state, spawns: z.array(newMessage).max(MADE_PER_OUTCOME_MAX).optional(), wakeAtMs: instant.optional() };

const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('routed'),
    to: z.union([relation, z.array(relation).max(100)]),
    message: versionSchema,
    emits: emissions.optional(),
    ...extras,
  }),
  z.object({ kind: z.literal('emitted'), messages: emissions, ...extras }),
  z.object({ kind: z.literal('held'), untilMs: instant, state: state.refine((value) => value !== undefined, 'is missing') }),
  z.object({ kind: z.literal('deferred'), untilMs: instant, problem: problemSchema }),
  z.object({ kind: z.literal('ended'), reason: z.string().max(255), ...extras }),
  z.object({ kind: z.literal('failed'), problem: problemSchema, message: versionSchema, state }),
]);
/** What the process says where it could not make plain data of an outcome. */
const unreadableSchema = z.object({ kind: z.literal('unreadable'), reason: z.string() });
type WireOutcome = z.output<typeof outcomeSchema>;
type Version = z.output<typeof versionSchema>;

/** What outcomes are read against: the messages of the call, and what the node declares. */
export interface ReadingOutcomes {
  readonly plugin: string;
  readonly declaration: NodeDeclaration;
  readonly messages: readonly Message[];
  readonly tenantId: TenantId;
  readonly nowMs: number;
  readonly ids: IdSource;
}

/** An outcome of a plugin, checked; one that is none fails its message with PLUGIN_ANSWER_INVALID. */
export function readOutcome(reading: ReadingOutcomes, found: unknown, message: Message): Outcome {
  const wire = wireOutcome(found);
  const faults = typeof wire === 'string' ? wire : faultOf(reading, wire);
  if (faults === undefined) return outcomeOf(reading, wire as WireOutcome);
  return fail(problemOf(pluginErrors.ANSWER_INVALID({ plugin: reading.plugin, faults })), message);
}

/** @returns what a plugin sent, or what is wrong with it */
function wireOutcome(found: unknown): WireOutcome | string {
  const parsed = outcomeSchema.safeParse(found);
  if (parsed.success) return parsed.data;
  // Asked last, because a parse that fails costs more than one that succeeds.
  const unreadable = unreadableSchema.safeParse(found);
  return unreadable.success ? unreadable.data.reason.slice(0, 500) : faultsOf(parsed.error.issues);
}

/** The message a plugin means: one of the call, changed in what it says, or one it made. Id, tenant, customer and time stay. */
export function versionOf({ messages, tenantId, nowMs, ids }: Omit<ReadingOutcomes, 'plugin' | 'declaration'>, wire: Version): Message | undefined {
  const base = messages[wire.at];
  if (base === undefined) {
    if (!isWhole(wire)) return undefined;
    const { type: madeType, originator, metadata: madeMetadata = {}, text: madeText = 'null' } = wire;
    return new Message({ tenantId, type: madeType, originator, metadata: madeMetadata, text: madeText, tsMs: nowMs }, ids);
  }
  const changes: MessageChanges = { type: wire.type, originator: wire.originator, metadata: wire.metadata, text: wire.text };
  return Object.values(changes).every((change) => change === undefined) ? base : base.with(changes);
}

const isKnown = ({ messages }: Pick<ReadingOutcomes, 'messages'>, wire: Version): boolean => messages[wire.at] !== undefined || isWhole(wire);

/** Whether a message that was not in the call says all that one has to say. */
const isWhole = (wire: Version): wire is Version & { readonly type: string; readonly originator: EntityId } =>
  wire.at < 0 && wire.type !== undefined && wire.originator !== undefined;

function outcomeOf(reading: ReadingOutcomes, wire: WireOutcome): Outcome {
  switch (wire.kind) {
    case 'routed':
      return { ...wire, ...timesOf(wire), message: versionOf(reading, wire.message) } as Outcome;
    case 'failed':
      return { ...wire, message: versionOf(reading, wire.message) } as Outcome;
    case 'held':
    case 'deferred':
      return { ...wire, untilMs: epochMs(wire.untilMs) } as Outcome;
    default:
      return { ...wire, ...timesOf(wire) } as Outcome;
  }
}

const timesOf = ({ wakeAtMs }: { readonly wakeAtMs?: number | undefined }): object => (wakeAtMs === undefined ? {} : { wakeAtMs: epochMs(wakeAtMs) });

/** What the schema cannot see: whether the node declares what it does. */
function faultOf(reading: ReadingOutcomes, wire: WireOutcome): string | undefined {
  const { relationTypes, hasOnTimer, isExternal, state: declared } = reading.declaration;
  const undeclared = relationsOf(wire).find((name) => relationTypes !== 'custom' && !relationTypes.includes(name));
  if (undeclared !== undefined) return `it leaves by "${undeclared}", which the node does not declare`;
  if ('message' in wire && !isKnown(reading, wire.message)) return 'it sends on a message that it was not given';
  const isWoken = wire.kind === 'held' || ('wakeAtMs' in wire && wire.wakeAtMs !== undefined);
  if (isWoken && !hasOnTimer) return 'it wants to be called at an instant but has no onTimer';
  if (wire.kind === 'deferred' && isExternal !== true) return 'it gives a message back, which only external nodes may';
  if ('state' in wire && wire.state !== undefined && declared === undefined) return 'it leaves state, which the node does not declare';
  return undefined;
}

function relationsOf(wire: WireOutcome): readonly string[] {
  const emitted = (made: readonly { readonly to: string }[] = []): readonly string[] => made.map(({ to }) => to).filter((to) => to !== 'Failure');
  if (wire.kind === 'emitted') return emitted(wire.messages);
  if (wire.kind !== 'routed') return [];
  return [...(typeof wire.to === 'string' ? [wire.to] : wire.to), ...emitted(wire.emits)];
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}

/** State as it goes to the process; what was never there is null. */
export const wireState = (found: unknown): JsonValue => (found ?? null) as JsonValue;
