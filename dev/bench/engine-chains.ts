// The chains and messages of the engine benchmark, and the same work as plain functions.
import { epochMs, type Log, uuidV7Source } from '@fieldline/kernel';
import { Message, type RuleChain, type TenantId } from '@fieldline/model';
import { plugin as filters } from '@fieldline/plugin-filters';
import { plugin as transforms } from '@fieldline/plugin-transforms';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import type { DataStore, MessageBatch, ScriptEngine } from '@fieldline/ports';
import { memoryQueue } from '@fieldline/queue-memory';
import { messageRecorder } from '@fieldline/recorder';
import { RuleEngine } from '@fieldline/rule-engine';
import { memoryDataStore } from '@fieldline/storage-memory';
import { getRandomValues } from 'node:crypto';

const tenantId = '00000000-0000-7000-8000-0000000000aa' as TenantId;
export const clock = { nowMs: () => epochMs(Date.now()), monotonicMs: () => performance.now(), after: () => () => undefined };
export const ids = uuidV7Source(clock.nowMs, (into) => void getRandomValues(into));

/** A node of a chain: type, settings, and the relation by which messages go on. */
interface Step {
  readonly type: string;
  readonly config: RuleChain['nodes'][number]['config'];
  readonly by: string;
}

export const hop: Step = { type: 'filter.message-type', config: { messageTypes: ['POST_TELEMETRY_REQUEST'] }, by: 'True' };
const script = (text: string) => ({ scriptLang: 'JS', jsScript: text, tbelScript: '' });

export const tenNodes: readonly Step[] = [
  { type: 'filter.message-type-switch', config: {}, by: 'Post telemetry' },
  { type: 'filter.check-fields', config: { messageNames: ['temperature'], metadataNames: ['deviceName'], checkAllKeys: true }, by: 'True' },
  { type: 'filter.script', config: script('return msg.temperature > -50 && msg.temperature < 150;'), by: 'True' },
  hop,
  { type: 'transform.rename-keys', config: { renameIn: 'METADATA', renameKeysMapping: { deviceType: 'profile' } }, by: 'Success' },
  hop,
  {
    type: 'transform.script',
    config: script('msg.fahrenheit = msg.temperature * 1.8 + 32; return {msg: msg, metadata: metadata, msgType: msgType};'),
    by: 'Success',
  },
  { type: 'filter.check-fields', config: { messageNames: ['fahrenheit'], metadataNames: [], checkAllKeys: true }, by: 'True' },
  hop,
  hop,
];

/**
 * An engine with the nodes these chains need and those given. Its chains store nothing; what it records of their messages, as
 * it does in the server, is in the store.
 */
export function newEngine(
  scripts: ScriptEngine,
  log: Log,
  { nodes = [], store = memoryDataStore() }: { readonly nodes?: readonly AnyRuleNodeDefinition[]; readonly store?: DataStore } = {},
): RuleEngine {
  const refused = (): never => {
    throw new Error('the chains of this benchmark store nothing');
  };
  const none = {} as never;
  return new RuleEngine({
    store,
    queue: memoryQueue(),
    scripts,
    services: { telemetry: none, ttls: none, alarms: none, devices: none },
    platform: () => ({}),
    alarmToJson: refused,
    catalogue: [...filters.nodes, ...transforms.nodes, ...nodes],
    clock,
    ids,
    random: Math.random,
    log,
    recorder: messageRecorder({ clock, ids, server: 'bench' }),
  });
}

/** A chain in which each node leads to the next; the last leads nowhere. */
export function drawnChain(id: string, steps: readonly Step[]): RuleChain {
  const idOf = (place: number): string => `${id}-${place}`;
  const rest = { configVersion: 99, isSingleton: false, debug: { failures: false, allUntilMs: 0 }, layout: { x: 0, y: 0 } };
  return {
    ...{ id, tenantId, createdAtMs: 0, version: 1, name: id, type: 'CORE', isRoot: false, notes: [], firstNodeId: idOf(0) },
    nodes: steps.map(({ type, config }, place) => ({ id: idOf(place), type, name: `${place}`, config, ...rest })),
    connections: steps.slice(0, -1).map(({ by }, place) => ({ fromId: idOf(place), toId: idOf(place + 1), relationType: by })),
  };
}

/** Batches of messages with three keys, as the intake makes them: text and parsed body. */
export function telemetryBatches(count: number, size: number): MessageBatch[] {
  return Array.from({ length: count }, () => ({
    queueName: 'Main',
    partition: 0,
    messages: Array.from({ length: size }, (_, place) => ({ message: reading(place), ruleChainId: undefined })),
  }));
}

function reading(place: number): Message {
  const data = { temperature: 20 + place / 8, humidity: 40, pressure: 1013.25 };
  const metadata = { deviceName: `thermometer-${place}`, deviceType: 'default', ts: '1700000000000' };
  const originator = { entityType: 'DEVICE', id: `device-${place}` } as const;
  return new Message({ tenantId, type: 'POST_TELEMETRY_REQUEST', originator, tsMs: 1_700_000_000_000, metadata, text: JSON.stringify(data) }, ids);
}

/** What the ten nodes do to a message; undefined where one of them would stop it. */
export function plainPipeline(message: Message): Message | undefined {
  const isTelemetry = (one: Message): boolean => one.type === 'POST_TELEMETRY_REQUEST';
  if (!isTelemetry(message)) return undefined;
  const body = message.data as { readonly temperature: number };
  if (!Object.hasOwn(body, 'temperature') || !Object.hasOwn(message.metadata, 'deviceName')) return undefined;
  if (!(body.temperature > -50 && body.temperature < 150) || !isTelemetry(message)) return undefined;
  const { deviceType: profile = '', ...metadata } = message.metadata;
  const renamed = message.with({ metadata: { ...metadata, profile } });
  if (!isTelemetry(renamed)) return undefined;
  const copy = JSON.parse(renamed.text) as { temperature: number; fahrenheit?: number };
  copy.fahrenheit = copy.temperature * 1.8 + 32;
  const made = renamed.with({ text: JSON.stringify(copy) });
  return Object.hasOwn(made.data as object, 'fahrenheit') && isTelemetry(made) ? made : undefined;
}

/** Fails the benchmark where a message does not come out of the last node by the relation the chain goes on by. */
export async function reachesTheEnd(engine: RuleEngine, run: (batch: MessageBatch) => Promise<unknown>): Promise<void> {
  const [batch] = telemetryBatches(1, 10);
  if (batch !== undefined) await run(batch);
  const last = (await engine.ledger(tenantId, 'scripts'))?.nodes.at(-1);
  const left = last?.relations.find(({ relationType }) => relationType === 'True')?.left;
  if (left !== 10) throw new Error(`of 10 messages ${left ?? 0} came out of the chain`);
}

/** Leaves a megabyte of the traces that were recorded, as the server's retention leaves some. */
export async function trimTraces(store: DataStore): Promise<void> {
  const unit = store.begin();
  unit.trimTraces(tenantId, { beforeMs: 0, bytesMax: 1_000_000 });
  await store.commit(unit);
}
