import type { Clock } from '@fieldline/kernel';
import { epochMs, silentLog } from '@fieldline/kernel';
import type { Connection, JsonValue, RuleChain, RuleNode, TenantId } from '@fieldline/model';
import { Message } from '@fieldline/model';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import { defineRuleNode, emit, end, fail, hold, route, z } from '@fieldline/plugin-sdk';
import { countingIds, harnessPlatform, scriptStandIns } from '@fieldline/plugin-sdk/testing';
import type { DataStore, MessageBatch, MessageQueue, NodeServices, QueuedMessage, ScriptEngine } from '@fieldline/ports';
import { memoryQueue } from '@fieldline/queue-memory';
import { memoryDataStore } from '@fieldline/storage-memory';
import type { RuleEngineOptions } from './rule-engine.js';
import { RuleEngine } from './rule-engine.js';

export const tenantId = '00000000-0000-7000-8000-0000000000aa' as TenantId;
export const ids = countingIds();

/** A clock the test moves; timers fire in their order as it passes them. */
export class ManualClock implements Clock {
  #nowMs = 1_700_000_000_000;
  #timers: { readonly atMs: number; readonly name: string; readonly fn: () => void }[] = [];

  nowMs = () => epochMs(this.#nowMs);
  monotonicMs = () => this.#nowMs;
  after(name: string, delayMs: number, fn: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, name, fn };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  async advanceMs(durationMs: number): Promise<void> {
    const untilMs = this.#nowMs + durationMs;
    for (;;) {
      const next = this.#timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.fn();
      await settled();
    }
    this.#nowMs = untilMs;
  }

  /** Moves the time without letting timers fire, as a machine that sleeps does. */
  sleepMs(durationMs: number): void {
    this.#nowMs += durationMs;
  }

  get longestTimerMs(): number {
    return Math.max(0, ...this.#timers.map(({ atMs }) => atMs - this.#nowMs));
  }

  get pending(): readonly string[] {
    return this.#timers.map(({ name }) => name);
  }
}

/** Lets everything happen that waits for nothing but promises. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
}

export interface World {
  readonly engine: RuleEngine;
  readonly store: DataStore;
  readonly queue: MessageQueue;
  readonly clock: ManualClock;
  /** What nodes of type `test.note` have seen: `<node name>:<label of the message>`. */
  readonly seen: string[];
}

/** An engine over the memory store, with the node types of this file and those given. */
export function world(options: Partial<RuleEngineOptions> & { readonly nodes?: readonly AnyRuleNodeDefinition[] } = {}): World {
  const { nodes = [], store = memoryDataStore(), queue = memoryQueue(), clock = new ManualClock(), ...rest } = options;
  const seen: string[] = [];
  const scripts: ScriptEngine = { ...(scriptStandIns({}) as Pick<ScriptEngine, 'compile'>), dispose: () => undefined };
  const engine = new RuleEngine({
    store,
    queue,
    services: fakeServices,
    platform: () => harnessPlatform,
    scripts,
    alarmToJson: () => ({}),
    catalogue: [...testNodes(seen), ...nodes],
    clock,
    ids,
    random: () => 0.5,
    log: silentLog,
    ...rest,
  });
  return { engine, store, queue, clock: clock as ManualClock, seen };
}

/** Saves each number of a flat object as a point, and single points; everything else is out of scope here. */
export const fakeServices: NodeServices = {
  telemetry: {
    saveMessage(unit, message, { nowMs, ttlMs }) {
      const entries = Object.entries(message.data as Record<string, number>);
      for (const [key, value] of entries) unit.point(message.tenantId, message.originator, key, nowMs, 3, value, ttlMs);
      return entries.length;
    },
    savePoint: (unit, { entity, key, tsMs, kind, value, ttlMs }) => unit.point(tenantId, entity, key, tsMs, kind, value, ttlMs),
    saveAttributes: () => Promise.reject(new Error('not in this test')),
    removeAttributes: () => Promise.resolve([]),
    attributeValues: () => new Map(),
  },
  ttls: { ttlOf: () => 0, readTtlOf: () => Promise.resolve(0) },
  alarms: {
    active: () => Promise.resolve(undefined),
    byId: () => Promise.resolve(undefined),
    raise: () => Promise.reject(new Error('not in this test')),
    clear: () => Promise.resolve(undefined),
  },
  devices: { call: () => Promise.reject(new Error('not in this test')), reply: () => Promise.reject(new Error('not in this test')) },
};

const none = z.strictObject({});
const about = { version: 1, category: 'action', title: 'Test', summary: 'For tests.', config: none, defaults: {} } as const;
const labelled = z.strictObject({ label: z.string() });
const nested = z.strictObject({ ruleChainId: z.string(), forwardMsgToDefaultRuleChain: z.boolean().default(false) });

/** The label a test message carries in its body. */
export const labelOf = (message: Message): string => (message.data as { label?: string }).label ?? message.type;

export function testNodes(seen: string[]): readonly AnyRuleNodeDefinition[] {
  const note = (message: Message, { nodeName }: { nodeName: string }) => void seen.push(`${nodeName}:${labelOf(message)}`);
  const pass = (message: Message, context: { nodeName: string }) => {
    note(message, context);
    return route('Success', message);
  };
  return [
    defineRuleNode({ ...about, type: 'test.note', relationTypes: ['Success'], onMessage: pass }),
    defineRuleNode({
      ...about,
      type: 'test.slow',
      relationTypes: ['Success'],
      async onMessage(message, context) {
        for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
        return pass(message, context);
      },
    }),
    defineRuleNode({
      ...about,
      type: 'test.batch',
      relationTypes: ['Success'],
      onMessage: pass,
      onBatch: (messages, context) => messages.map((message) => pass(message, context)),
    }),
    // Leaves by the labels in the body's `to`: one text, or a list.
    defineRuleNode({
      ...about,
      type: 'test.switch',
      relationTypes: 'custom',
      onMessage: (message) => route((message.data as { to: string | string[] }).to, message),
    }),
    defineRuleNode({
      ...about,
      type: 'test.fail',
      relationTypes: ['Success'],
      onMessage: (message) => fail({ code: 'TEST_FAILED', kind: 'internal', retry: 'never', message: 'On purpose.', remedy: 'None.' }, message),
    }),
    defineRuleNode({
      ...about,
      type: 'test.throw',
      relationTypes: ['Success'],
      onMessage() {
        throw new Error('thrown on purpose');
      },
    }),
    defineRuleNode({ ...about, type: 'test.end', relationTypes: ['Success'], onMessage: () => end('enough') }),
    defineRuleNode({
      ...about,
      type: 'test.save',
      relationTypes: ['Success'],
      needs: ['timeSeries'],
      onMessage(message, { timeSeries }) {
        timeSeries.save(message, { ttlMs: 0, useServerTime: false });
        return route('Success', message);
      },
    }),
    // Counts per originator and writes the count into the type of the message.
    defineRuleNode({
      ...about,
      type: 'test.count',
      relationTypes: ['Success'],
      config: z.strictObject({ step: z.int().default(1) }),
      defaults: { step: 1 },
      state: { schema: z.strictObject({ count: z.int() }), keyedBy: 'originator', maxEntries: 3 },
      onMessage(message, { state, config }) {
        const count = (state?.count ?? 0) + config.step;
        return route('Success', message.with({ data: { label: `${labelOf(message)}=${count}` } }), { state: { count } });
      },
    }),
    defineRuleNode({ ...about, type: 'test.external', relationTypes: ['Success'], isExternal: true, onMessage: pass }),
    defineRuleNode({
      ...about,
      type: 'test.hold',
      relationTypes: ['Success'],
      state: { schema: none, keyedBy: 'node', maxEntries: 1 },
      onMessage: (_message, { nowMs }) => hold(epochMs(nowMs + 1_000), {}),
      onTimer: (message) => route('Success', message),
    }),
    // Makes two messages of one, for the same originator.
    defineRuleNode({
      ...about,
      type: 'test.split',
      relationTypes: ['Success'],
      onMessage: (message) =>
        emit(
          ['a', 'b'].map((part) => {
            const { type, originator, metadata } = message;
            return { to: 'Success' as const, message: { type, originator, metadata, data: { label: `${labelOf(message)}${part}` } } };
          }),
        ),
    }),
    // Spawns a message of type SPAWNED into the originator's chain, unless the message is one.
    defineRuleNode({
      ...about,
      type: 'test.spawn',
      relationTypes: ['Success'],
      onMessage(message) {
        const { originator, metadata } = message;
        const data = { label: `${labelOf(message)}'` };
        return route('Success', message, { spawns: message.type === 'SPAWNED' ? [] : [{ type: 'SPAWNED', originator, metadata, data }] });
      },
    }),
    defineRuleNode({
      ...about,
      type: 'test.tick',
      relationTypes: ['Success'],
      config: labelled,
      defaults: { label: 'tick' },
      hasInput: false,
      state: { schema: z.strictObject({ count: z.int() }), keyedBy: 'node', maxEntries: 1 },
      onMessage: (message) => route('Success', message),
      ticks: {
        periodMs: () => 1_000,
        onTick({ config, state }) {
          const count = (state?.count ?? 0) + 1;
          const message = {
            type: 'T',
            originator: { entityType: 'DEVICE', id: 'd' } as const,
            metadata: {},
            data: { label: `${config.label}${count}` },
          };
          return emit([{ to: 'Success', message }], { state: { count } });
        },
      },
    }),
    defineRuleNode({
      ...about,
      type: 'test.chain',
      relationTypes: 'custom',
      engine: 'rule-chain',
      config: nested,
      defaults: { ruleChainId: '', forwardMsgToDefaultRuleChain: false },
      onMessage: (message) => route('Success', message),
    }),
    defineRuleNode({ ...about, type: 'test.output', relationTypes: [], engine: 'output', onMessage: () => end('output') }),
  ];
}

/** A node in a sketch: `type` without `test.`, and settings. */
export type Sketch = Readonly<Record<string, string | readonly [type: string, config: JsonValue]>>;

/**
 * A rule chain from a sketch: nodes by name, the first of them first to run, and connections as
 * `from -Label-> to`. The id of a node is the id of the chain and its name.
 */
export function chain(id: string, sketch: Sketch, connections: readonly string[] = [], more: Partial<RuleChain> = {}): RuleChain {
  const idOf = (name: string): string => `${id}.${name}`;
  const nodes = Object.entries(sketch).map(([name, drawn]): RuleNode => {
    const [type, config] = typeof drawn === 'string' ? [drawn, {}] : drawn;
    const rest = { isSingleton: false, debug: { failures: false, allUntilMs: 0 }, layout: { x: 0, y: 0 } };
    return { id: idOf(name), type: `test.${type}`, name, configVersion: 1, config: config as RuleNode['config'], ...rest };
  });
  const lines = connections.map((text): Connection => {
    const [, from = '', relationType = '', to = ''] = /^(\S+) -(.+)-> (\S+)$/.exec(text) ?? [];
    return { fromId: idOf(from), toId: idOf(to), relationType };
  });
  const head = { id, tenantId, createdAtMs: 0, version: 1, name: id, type: 'CORE' as const, isRoot: id === 'root', notes: [] };
  return { ...head, nodes, connections: lines, ...(nodes[0] === undefined ? {} : { firstNodeId: nodes[0].id }), ...more };
}

export function message(
  label: string,
  data: Readonly<Record<string, JsonValue>> = {},
  device = 'device-a',
  type = 'POST_TELEMETRY_REQUEST',
): Message {
  const originator = { entityType: 'DEVICE', id: device } as const;
  return new Message({ tenantId, type, originator, tsMs: 0, metadata: {}, data: { label, ...data } }, ids);
}

export function batch(messages: readonly Message[], ruleChainId?: string): MessageBatch {
  return { queueName: 'Main', partition: 0, messages: messages.map((made): QueuedMessage => ({ message: made, ruleChainId })) };
}

export async function deadLetters(store: DataStore): Promise<readonly string[]> {
  const page = await store.deadLetters(tenantId, { page: 0, pageSize: 1_000 });
  return page.data.map(({ code, message: { text } }) => `${code} ${(JSON.parse(text) as { label: string }).label}`).reverse();
}
