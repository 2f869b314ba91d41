// Goal: a node in another process does what it does in ours: outcomes, state, settings, services, timers, ticks. Method: the
// harness of the SDK runs it as the engine would; the process is real.
import { message, nodeHarness, ruleNodeConformance, telemetry } from '@fieldline/plugin-sdk/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { RunningPlugins } from './running-plugin.fixture.js';

const plugins = new RunningPlugins();
afterAll(() => plugins.close());
const node = async (source: string, config?: object) => nodeHarness(await plugins.node(source), config === undefined ? {} : { config });

const deadband = `defineRuleNode({
  ...about, type: 'test.deadband', relationTypes: ['Changed', 'Unchanged'],
  config: z.strictObject({ key: z.string().describe('Key.'), deadband: z.number().default(1).describe('Deadband.') }),
  defaults: { key: 'temperature', deadband: 1 },
  state: { schema: z.strictObject({ value: z.number() }), keyedBy: 'originator', maxEntries: 10 },
  onMessage(message, { config, state: last }) {
    const value = message.data?.[config.key];
    if (typeof value !== 'number') return fail({ code: 'NODE_VALUE_NOT_NUMERIC', kind: 'invalid-input', retry: 'never', message: 'No number.', remedy: 'Send one.' }, message);
    if (last !== undefined && Math.abs(value - last.value) <= config.deadband) return route('Unchanged', message);
    return route('Changed', message, { state: { value } });
  },
})`;
const reading = (temperature: unknown, device = 'device-a') => telemetry(device, { temperature } as never);

describe('keeps what every node keeps', async () => {
  const definition = await plugins.node(deadband);
  test.each(ruleNodeConformance(definition))('$name', ({ run }) => run());
});

describe('outcomes and state', () => {
  test('state goes from message to message, within a batch and between batches, for each originator', async () => {
    const harness = await node(deadband);
    const first = await harness.sendAll([reading(20), reading(20.5), reading(22), reading(5, 'device-b')]);
    expect(first.map((outcome) => (outcome as { to: string }).to)).toEqual(['Changed', 'Unchanged', 'Changed', 'Changed']);
    expect(harness.state(reading(0))).toEqual({ value: 22 });
    expect(await harness.relation(reading(22.5))).toBe('Unchanged');
    expect(await harness.relation(reading(5.5, 'device-b'))).toBe('Unchanged');
  });

  test('settings and their defaults are those of its own schema', async () => {
    const harness = await node(deadband, { key: 'humidity', deadband: 10 });
    expect(await harness.relation(telemetry('device-a', { humidity: 20 }))).toBe('Changed');
    expect(await harness.relation(telemetry('device-a', { humidity: 30 }))).toBe('Unchanged');
  });

  test('a failure keeps its code, and the message', async () => {
    const outcome = await (await node(deadband)).send(reading('warm'));
    expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'NODE_VALUE_NOT_NUMERIC', remedy: 'Send one.' } });
  });

  test('an unchanged message comes back as the same object, a changed one under the same id with its text', async () => {
    const source = `defineRuleNode({ ...about, type: 'test.change', onMessage: (message) =>
      route('Success', message.data.same ? message : message.with({ type: 'OTHER', metadata: { ...message.metadata, a: '1' }, text: '{"x":42.0}' })) })`;
    const harness = await node(source);
    const same = telemetry('device-a', { same: true });
    expect(await harness.send(same)).toMatchObject({ message: same });
    const other = telemetry('device-a', {});
    const outcome = (await harness.send(other)) as unknown as { message: typeof other };
    expect(outcome.message).toMatchObject({ id: other.id, tenantId: other.tenantId, type: 'OTHER', metadata: { a: '1' }, text: '{"x":42.0}' });
  });

  test('a node with onBatch gets the whole batch, a node without gets a thrown error for its message alone', async () => {
    const batch = await node(`defineRuleNode({ ...about, type: 'test.batch', onMessage: (m) => route('Success', m),
      onBatch: (messages) => messages.map((m) => route('Success', m.with({ data: { of: messages.length } }))) })`);
    const outcomes = await batch.sendAll([reading(1), reading(2), reading(3)]);
    expect(outcomes.map((outcome) => (outcome as unknown as { message: { data: unknown } }).message.data)).toEqual([{ of: 3 }, { of: 3 }, { of: 3 }]);
    const single = await node(
      `defineRuleNode({ ...about, type: 'test.throw', onMessage(m) { if (m.data.temperature === 2) throw new Error('two'); return route('Success', m); } })`,
    );
    const mixed = await single.sendAll([reading(1), reading(2), reading(3)]);
    expect(mixed.map(({ kind }) => kind)).toEqual(['routed', 'failed', 'routed']);
    expect(mixed[1]).toMatchObject({ problem: { code: 'NODE_THREW', message: 'two' } });
  });

  test('new messages, ends and what goes to several relations', async () => {
    const harness = await node(`defineRuleNode({ ...about, type: 'test.many', relationTypes: 'custom', onMessage(m) {
      if (m.data.end) return end('enough');
      if (m.data.emit) return emit([{ to: 'A', message: { type: 'NEW', originator: m.originator, metadata: {}, data: { made: true } } }]);
      return route(['A', 'B'], m, { emits: [{ to: 'C', message: { type: 'NEW', originator: m.originator, metadata: {}, text: '1.0' } }] });
    } })`);
    expect(await harness.relation(telemetry('device-a', {}))).toBe('A, B, +C');
    expect(await harness.relation(telemetry('device-a', { end: true }))).toBe('Ended enough');
    const emitted = await harness.send(telemetry('device-a', { emit: true }));
    expect(emitted).toMatchObject({ kind: 'emitted', messages: [{ to: 'A', message: { type: 'NEW', text: '{"made":true}' } }] });
  });

  test('a batch longer than one call keeps order and state', async () => {
    const count = `defineRuleNode({ ...about, type: 'test.count', state: { schema: z.strictObject({ n: z.number() }), keyedBy: 'node', maxEntries: 1 },
      onMessage: (m, { state }) => route('Success', m.with({ data: { n: (state?.n ?? 0) + 1 } }), { state: { n: (state?.n ?? 0) + 1 } }) })`;
    const outcomes = await (await node(count)).sendAll(Array.from({ length: 2_500 }, (_, n) => reading(n)));
    const numbers = outcomes.map((outcome) => (outcome as unknown as { message: { data: { n: number } } }).message.data.n);
    expect(numbers).toEqual(Array.from({ length: 2_500 }, (_, n) => n + 1));
  });
});

describe('starting, waiting and ticking', () => {
  test('settings that only the plugin can judge keep the node from starting, with its words', async () => {
    const source = `defineRuleNode({ ...about, type: 'test.refine', config: z.strictObject({ low: z.number(), high: z.number() }).refine((c) => c.low < c.high, 'low must be below high'),
      defaults: { low: 1, high: 2 }, onMessage: (m) => route('Success', m) })`;
    await expect((await node(source, { low: 3 })).start()).rejects.toThrow('low must be below high');
  });

  test('settings of an earlier version are brought on by the plugin', async () => {
    const source = `defineRuleNode({ ...about, type: 'test.old', version: 3, config: z.strictObject({ c: z.number() }), defaults: { c: 0 },
      migrate: { 1: ({ a }) => ({ b: a + 1 }), 2: ({ b }) => ({ c: b * 10 }) },
      onMessage: (m, { config }) => route('Success', m.with({ data: config })) })`;
    const definition = await plugins.node(source);
    const { loadSettings } = await import('@fieldline/plugin-sdk/host');
    const settings = loadSettings(definition, { version: 1, config: { a: 4 } }) as { config: unknown };
    const context = { config: settings.config, nodeId: 'n', nodeName: 'n', tenantId: 't', nowMs: 1, random: () => 0 };
    await definition.onStart?.(context as never);
    expect(await definition.onMessage(reading(1), context as never)).toMatchObject({ message: { data: { c: 50 } } });
  });

  test('held messages come back through onTimer', async () => {
    const harness =
      await node(`defineRuleNode({ ...about, type: 'test.hold', state: { schema: z.strictObject({ n: z.number() }), keyedBy: 'originator', maxEntries: 9 },
      onMessage: (m, { nowMs }) => hold(nowMs + 1000, { n: 7 }), onTimer: (m, { state }) => route('Success', m.with({ data: state })) })`);
    expect(await harness.relation(reading(1))).toBe('Held');
    harness.advanceMs(1_000);
    expect(await harness.runDue()).toMatchObject([{ to: 'Success', message: { data: { n: 7 } } }]);
  });

  test('ticks come at the period of the settings and keep state', async () => {
    const harness =
      await node(`defineRuleNode({ ...about, type: 'test.tick', hasInput: false, config: z.strictObject({ everyMs: z.number() }), defaults: { everyMs: 500 },
      state: { schema: z.strictObject({ n: z.number() }), keyedBy: 'node', maxEntries: 1 }, onMessage: (m) => route('Success', m),
      ticks: { periodMs: ({ everyMs }) => everyMs, onTick: ({ tenantId, state }) => emit([{ to: 'Success', message: { type: 'TICK', originator: { entityType: 'TENANT', id: tenantId }, metadata: {}, data: { n: (state?.n ?? 0) + 1 } } }], { state: { n: (state?.n ?? 0) + 1 } }) } })`);
    await harness.start();
    harness.advanceMs(1_000);
    const made = await harness.runDue();
    expect(made).toMatchObject([{ messages: [{ message: { text: '{"n":1}' } }] }, { messages: [{ message: { text: '{"n":2}' } }] }]);
  });

  test('time and randomness are those of the call', async () => {
    const source = `defineRuleNode({ ...about, type: 'test.chance', onMessage: (m, { nowMs, random }) => route('Success', m.with({ data: [nowMs, random(), random()] })) })`;
    const answers = [];
    const definition = await plugins.node(source);
    for (let round = 0; round < 2; round += 1) {
      const harness = nodeHarness(definition, { random: () => 0.25, startMs: 5 });
      const { message: made } = (await harness.send(reading(1))) as unknown as { message: { data: readonly number[] } };
      answers.push(made.data);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]![0]).toBe(5);
    expect(answers[0]![1]).not.toBe(answers[0]![2]);
  });
});

describe('services', () => {
  test('what a node saves is saved in order, and a question after it sees it', async () => {
    const harness =
      await node(`defineRuleNode({ ...about, type: 'test.save', needs: ['timeSeries', 'attributes', 'log'], async onMessage(m, { timeSeries, attributes, log }) {
      const points = timeSeries.save(m, { ttlMs: 0, useServerTime: false });
      timeSeries.put(m.originator, { key: 'big', tsMs: 5, kind: 2, value: 9007199254740993n }, 0);
      const [latest] = await timeSeries.latest(m.originator, ['big']);
      await attributes.put(m.originator, 'SERVER_SCOPE', new Map([['limit', { kind: 3, value: 1.5 }]]));
      const [attribute] = await attributes.read(m.originator, 'SERVER_SCOPE', ['limit']);
      log.info('saved ' + points);
      return route('Success', m.with({ data: { points, big: latest.key, limit: attribute.value } }));
    } })`);
    const outcome = await harness.send(telemetry('device-a', { temperature: 20, humidity: 40 }));
    expect(outcome).toMatchObject({ message: { data: { points: 2, big: 'big', limit: 1.5 } } });
    expect(harness.recorded.points.map(({ key }) => key)).toEqual(['temperature', 'humidity', 'big']);
    expect(harness.recorded.logged).toEqual(['saved 2']);
  });

  test('a fault of something without answer fails its message, and no other', async () => {
    const harness = await node(`defineRuleNode({ ...about, type: 'test.save', needs: ['timeSeries'], onMessage(m, { timeSeries }) {
      timeSeries.put(m.originator, { key: 'k', tsMs: 1, kind: m.data.kind, value: 1 }, 0);
      return route('Success', m);
    } })`);
    const outcomes = await harness.sendAll([
      telemetry('device-a', { kind: 2 }),
      telemetry('device-a', { kind: 77 }),
      telemetry('device-a', { kind: 2 }),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['routed', 'failed', 'routed']);
    expect(outcomes[1]).toMatchObject({ problem: { code: 'PLUGIN_SERVICE_ARGUMENTS_INVALID' } });
  });

  test('alarms are raised and cleared, with their JSON', async () => {
    const harness = await node(`defineRuleNode({ ...about, type: 'test.alarm', needs: ['alarms'], async onMessage(m, { alarms }) {
      const wanted = { type: 'Hot', severity: 'MAJOR', startMs: 1, details: {}, propagate: false, propagateToOwner: false, propagateToTenant: false, propagateRelationTypes: [] };
      const { alarm, change } = await alarms.raise(m, wanted);
      const active = await alarms.active(m, 'Hot');
      const cleared = await alarms.clear(m, active, undefined);
      return route('Success', m.with({ data: { change, type: alarm.type, json: typeof alarms.toJson(alarm), cleared: cleared?.clearedAtMs !== undefined } }));
    } })`);
    expect(await harness.send(reading(1))).toMatchObject({ message: { data: { change: 'created', type: 'Hot', json: 'object', cleared: true } } });
  });

  test('errors of services reach the node with their codes; HTTP goes through the client of the server', async () => {
    const definition =
      await plugins.node(`defineRuleNode({ ...about, type: 'test.http', isExternal: true, needs: ['http'], async onMessage(m, { http }) {
      try {
        const answer = await http.request({ method: 'GET', url: m.data.url, headers: {}, timeoutMs: 0, answerBytesMax: 100 });
        return route('Success', m.with({ data: { status: answer.status, text: answer.text } }));
      } catch (error) { return fail(error, m); }
    } })`);
    const harness = nodeHarness(definition, {
      http: ({ url }) => (url === 'http://x/' ? { status: 200, headers: {}, text: 'fine' } : Promise.reject(new Error('unexpected'))),
    });
    expect(await harness.send(telemetry('device-a', { url: 'http://x/' }))).toMatchObject({ message: { data: { status: 200, text: 'fine' } } });
    expect(await harness.relation(telemetry('device-a', { url: 'http://y/' }))).toBe('Failure INTERNAL_ERROR');
  });

  test('an undeclared service is out of reach, also for a node that asks for it behind our back', async () => {
    const harness = await node(`defineRuleNode({ ...about, type: 'test.sly', needs: ['http'], async onMessage(m, { http, entities }) {
      return route('Success', m.with({ data: { entities: typeof entities, http: typeof http.request } }));
    } })`);
    expect(await harness.send(message('X', { entityType: 'DEVICE', id: 'device-a' }, {}))).toMatchObject({
      message: { data: { entities: 'undefined', http: 'function' } },
    });
  });
});
