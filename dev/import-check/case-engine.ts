import { alarmLifeCycle, alarmToJson } from '@fieldline/alarms';
import { silentLog } from '@fieldline/kernel';
import type { EntityId, RuleChain, TypedValue } from '@fieldline/model';
import { Message, ValueKind } from '@fieldline/model';
import { type AnyRuleNodeDefinition, end, type Outcome } from '@fieldline/plugin-sdk';
import { countingIds, harnessServices, harnessTenantId } from '@fieldline/plugin-sdk/testing';
import type { ScriptEngine } from '@fieldline/ports';
import { memoryQueue } from '@fieldline/queue-memory';
import { RuleEngine } from '@fieldline/rule-engine';
import { memoryDataStore, memoryEntityStore } from '@fieldline/storage-memory';
import { telemetryWriter } from '@fieldline/telemetry';
import type { CaseWorld, ChainCase } from './case-format.js';
import { StepClock } from './step-clock.js';
import { nowMs } from './translate.js';

/** What left a node. */
export interface Left {
  readonly node: string;
  readonly to: string;
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: unknown;
}

/** No device can be called. */
const away = () => Promise.reject(new Error('there is no device in an import check'));
const noDevices = { call: away, reply: away };

const needs = ['entities', 'relations', 'http', 'mail', 'broker', 'restReplies', 'deviceState'] as const;

/** A rule engine as the server has one, over stores in memory and a world without an outside, with the chains of a document in it. */
export async function openCaseEngine(
  chains: readonly RuleChain[],
  catalogue: readonly AnyRuleNodeDefinition[],
  scripts: ScriptEngine,
  given: CaseWorld,
) {
  const clock = new StepClock(nowMs);
  const ids = countingIds();
  const entities = memoryEntityStore();
  const store = memoryDataStore({ entities });
  const left: Left[] = [];
  const { http } = given;
  const answer = http === undefined ? undefined : () => ({ status: http.status, headers: http.headers, text: http.body });
  const { recorded, services } = harnessServices({ needs, nowMs: clock.nowMs, http: answer });
  recorded.entities.push(...(given.entities as typeof recorded.entities));
  recorded.relations.push(...(given.relations as unknown as typeof recorded.relations));
  const engine = new RuleEngine({
    store,
    queue: memoryQueue(),
    scripts,
    services: {
      telemetry: telemetryWriter({ reading: (unit) => store.reading(unit) }),
      ttls: { ttlOf: () => 0, readTtlOf: () => Promise.resolve(0) },
      alarms: alarmLifeCycle({ store, ids, propagation: () => Promise.resolve([]) }),
      devices: noDevices,
    },
    platform: () => services,
    alarmToJson,
    catalogue: catalogue.map((definition) => observed(definition, left)),
    clock,
    ids,
    random: () => 0.5,
    log: silentLog,
  });
  await seed(store, given);
  for (const chain of chains) await engine.deploy(chain);
  await engine.start();
  const send = async (message: ChainCase['messages'][number], ruleChainId: string): Promise<void> => {
    const { type, metadata, data } = message;
    const originator = message.originator as EntityId;
    const made = new Message({ tenantId: harnessTenantId, type, originator, tsMs: clock.nowMs(), metadata, text: JSON.stringify(data) }, ids);
    await engine.handle({ queueName: 'Main', partition: 0, messages: [{ message: made, ruleChainId }] });
    await clock.advanceMs(0);
  };
  return { engine, store, clock, recorded, left, send };
}

async function seed(store: ReturnType<typeof memoryDataStore>, { points, attributes }: CaseWorld): Promise<void> {
  const unit = store.begin();
  const beforeMs = nowMs - 1_000;
  for (const { entity, values } of points) {
    for (const [key, given] of Object.entries(values)) {
      const { kind, value } = stored(given);
      unit.point(harnessTenantId, entity as EntityId, key, beforeMs, kind, value, 0);
    }
  }
  for (const { entity, scope, values } of attributes) {
    for (const [key, given] of Object.entries(values)) {
      unit.attribute({ tenantId: harnessTenantId, entity: entity as EntityId, scope, key, lastUpdateMs: beforeMs, ...stored(given) });
    }
  }
  await store.commit(unit);
}

function stored(value: unknown): TypedValue {
  if (typeof value === 'boolean') return { kind: ValueKind.boolean, value };
  if (typeof value === 'string') return { kind: ValueKind.string, value };
  if (typeof value === 'number') return { kind: Number.isInteger(value) ? ValueKind.long : ValueKind.double, value };
  return { kind: ValueKind.json, value: JSON.stringify(value) };
}

/** Notes what leaves a node before the engine takes it on. */
function observed(of: AnyRuleNodeDefinition, left: Left[]): AnyRuleNodeDefinition {
  const note = (node: string, outcome: Outcome): Outcome => {
    const add = (
      to: string,
      { type, metadata, data, text }: { type: string; metadata: Left['metadata']; data?: unknown; text?: string | undefined },
    ) => void left.push({ node, to, type, metadata, data: data ?? (text === undefined ? undefined : (JSON.parse(text) as unknown)) });
    if (outcome.kind === 'routed') for (const to of [outcome.to].flat()) add(to, outcome.message);
    else if (outcome.kind === 'failed') add('Failure', outcome.message);
    const emitted = outcome.kind === 'emitted' ? outcome.messages : outcome.kind === 'routed' ? (outcome.emits ?? []) : [];
    for (const { to, message } of emitted) add(to, message);
    return outcome;
  };
  const { ticks } = of;
  return {
    ...of,
    onMessage: async (message, context) => note(context.nodeName, await of.onMessage(message, context)),
    ...(of.onBatch === undefined
      ? {}
      : { onBatch: async (messages, context) => ((await of.onBatch?.(messages, context)) ?? []).map((outcome) => note(context.nodeName, outcome)) }),
    ...(of.onTimer === undefined
      ? {}
      : { onTimer: async (message, context) => note(context.nodeName, (await of.onTimer?.(message, context)) ?? end('no timer')) }),
    ...(ticks === undefined ? {} : { ticks: { ...ticks, onTick: async (context) => note(context.nodeName, await ticks.onTick(context)) } }),
  };
}
