// Goal: whatever a plugin does, its messages get a coded outcome in time, and the server and its other plugins go on. Method: real
// processes that throw, hang, end, allocate, lie and look for ways out.
import { telemetry, nodeHarness, relationOf } from '@fieldline/plugin-sdk/testing';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { built, builtHost, installPlugin, temporaryFolder } from '../plugins.fixture.js';
import { realClock } from '../real-clock.fixture.js';
import { HANG_GRACE_MS } from '../limits.js';
import { RunningPlugins } from './running-plugin.fixture.js';

const plugins = new RunningPlugins();
afterAll(() => plugins.close());
const reading = (data: object = {}) => telemetry('device-a', data as never);
const doing = (body: string, more = ''): string =>
  `defineRuleNode({ ...about, type: 'test.bad', ${more} async onMessage(m) { ${body} return route('Success', m); } })`;

describe('a process that does not go on', () => {
  test.each([
    ['ends itself', 'if (m.data.bad) process.exit(3);'],
    ['throws where nobody catches', `if (m.data.bad) { setTimeout(() => { throw new Error('late'); }); await new Promise(() => undefined); }`],
    ['fills its heap', 'if (m.data.bad) { const all = []; for (;;) all.push(new Array(100_000).fill(m)); }'],
    ['fills memory outside its heap', 'if (m.data.bad) { const all = []; for (;;) { all.push(new Uint8Array(10_000_000).fill(1)); } }'],
  ])('one that %s fails what it had with PLUGIN_CRASHED, and serves what comes after', async (_what, body) => {
    const { definitions, processes } = await plugins.run(doing(body), { memoryMb: 200 });
    const harness = nodeHarness(definitions[0]!);
    const outcomes = await harness.sendAll([reading(), reading({ bad: true })]);
    expect(outcomes.map(relationOf)).toEqual(['Failure PLUGIN_CRASHED', 'Failure PLUGIN_CRASHED']);
    expect(await harness.relation(reading())).toBe('Success');
    expect(processes.statuses()).toMatchObject([{ name: 'acme', state: 'running', restarts: 1, problem: { code: 'PLUGIN_CRASHED' } }]);
  });

  test('one in a loop is ended: its messages fail at their deadline, and the server does other things meanwhile', async () => {
    const { definitions, processes } = await plugins.run(doing('if (m.data.bad) for (;;);'), { timeoutMs: 1_500 });
    const harness = nodeHarness(definitions[0]!);
    await harness.start();
    const started = performance.now();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 10);
    expect(await harness.relation(reading({ bad: true }))).toBe('Failure PLUGIN_TIMED_OUT');
    clearInterval(timer);
    expect(performance.now() - started).toBeLessThan(2_500);
    expect(turns).toBeGreaterThan(5);
    await expect.poll(() => processes.statuses()[0]?.state, { timeout: 5_000 }).toBe('waiting');
    expect(await harness.relation(reading())).toBe('Success');
  });

  test('one that waits for ever loses its message alone: it shows that it is alive and goes on', async () => {
    const { definitions, processes } = await plugins.run(doing('if (m.data.bad) await new Promise(() => undefined);'), { timeoutMs: 1_500 });
    const harness = nodeHarness(definitions[0]!);
    await harness.start();
    const late = harness.relation(reading({ bad: true }));
    expect(await harness.relation(reading())).toBe('Success');
    expect(await late).toBe('Failure PLUGIN_TIMED_OUT');
    // Longer than a process has to show that it is alive.
    await sleep(HANG_GRACE_MS + 200);
    expect(processes.statuses()).toMatchObject([{ state: 'running', restarts: 0 }]);
  });

  test('one that is slow is waited for as long as patience lasts; its messages are handed over, and so is what comes after', async () => {
    const slow = doing('await new Promise((resolve) => setTimeout(resolve, m.data.ms));');
    const { definitions } = await plugins.run(slow, { patienceMs: 100, timeoutMs: 5_000 });
    const definition = definitions[0]!;
    const harness = nodeHarness(definition);
    expect(await harness.relation(reading({ ms: 0 }))).toBe('Success');
    expect(definition.handsOver?.()).toBe(false);
    const started = performance.now();
    expect(await harness.relation(reading({ ms: 600 }))).toBe('Deferred PLUGIN_BUSY');
    expect(performance.now() - started).toBeLessThan(400);
    // The engine hands over what comes now, and then waits as long as it takes.
    expect(definition.handsOver?.()).toBe(true);
    expect(await harness.relation(reading({ ms: 600 }))).toBe('Success');
  });

  test('what is handed over is not gone on with: the messages of the call that were not begun are left', async () => {
    const source = `(() => { let begun = 0; return defineRuleNode({ ...about, type: 'test.slow', async onMessage(m) {
      begun += 1; const found = begun; await new Promise((resolve) => setTimeout(resolve, m.data.ms)); return route('Success', m.with({ data: { found } })); } }); })()`;
    const { definitions } = await plugins.run(source, { patienceMs: 100 });
    const harness = nodeHarness(definitions[0]!);
    expect(await harness.relation(reading({ ms: 0 }))).toBe('Success');
    const outcomes = await harness.sendAll(Array.from({ length: 50 }, () => reading({ ms: 20 })));
    expect(new Set(outcomes.map(relationOf))).toEqual(new Set(['Deferred PLUGIN_BUSY']));
    const after = (await harness.send(reading({ ms: 1_200 }))) as unknown as { message: { data: { found: number } } };
    expect(after.message.data.found).toBeLessThan(25);
    const later = (await harness.send(reading({ ms: 0 }))) as unknown as { message: { data: { found: number } } };
    expect(later.message.data.found).toBe(after.message.data.found + 1);
  });

  test('one that keeps ending is left alone after some tries, and says so', async () => {
    const hasty = { ...realClock, monotonicMs: () => performance.now() * 20 };
    const { definitions, processes } = await plugins.run(doing('process.exit(9);'), { clock: hasty });
    const harness = nodeHarness(definitions[0]!);
    expect(await harness.relation(reading())).toBe('Failure PLUGIN_CRASHED');
    expect(await harness.relation(reading())).toBe('Failure PLUGIN_CRASHED');
    // Messages wait in the log while the process is started again.
    expect(await harness.relation(reading())).toBe('Deferred PLUGIN_UNAVAILABLE');
    for (let crash = 2; crash < 5; crash += 1) {
      let relation = 'Deferred PLUGIN_UNAVAILABLE';
      await expect
        .poll(async () => (relation = await harness.relation(reading())), { timeout: 10_000, interval: 10 })
        .not.toBe('Deferred PLUGIN_UNAVAILABLE');
      expect(relation).toBe('Failure PLUGIN_CRASHED');
    }
    expect(await harness.relation(reading())).toBe('Failure PLUGIN_QUARANTINED');
    expect(processes.statuses()).toMatchObject([{ state: 'quarantined', restarts: 4, problem: { code: 'PLUGIN_QUARANTINED' } }]);
  });
});

describe('answers that are none', () => {
  test.each([
    ['nothing', 'return undefined;', 'NODE_THREW'],
    ['a text', `return 'Success';`, 'NODE_THREW'],
    ['an unknown kind', `return { kind: 'acknowledged' };`, 'PLUGIN_ANSWER_INVALID'],
    ['a relation it does not declare', `return route('Elsewhere', m);`, 'PLUGIN_ANSWER_INVALID'],
    ['state it does not declare', `return route('Success', m, { state: { n: 1 } });`, 'PLUGIN_ANSWER_INVALID'],
    ['a hold without onTimer', `return hold(1, {});`, 'PLUGIN_ANSWER_INVALID'],
    ['a message without message', `return { kind: 'routed', to: 'Success' };`, 'PLUGIN_ANSWER_INVALID'],
    ['a body that is no JSON', `return route('Success', m.with({ text: '{' }));`, 'PLUGIN_ANSWER_INVALID'],
    ['metadata that is no text', `return route('Success', m.with({ metadata: { a: 1 } }));`, 'PLUGIN_ANSWER_INVALID'],
    ['a code that is none', `return fail({ code: 'no', kind: 'internal', retry: 'never', message: 'x', remedy: 'x' }, m);`, 'PLUGIN_ANSWER_INVALID'],
  ])('%s fails the message', async (_what, body, code) => {
    const harness = nodeHarness(await plugins.node(`defineRuleNode({ ...about, type: 'test.bad', onMessage(m) { ${body} } })`));
    expect(await harness.relation(reading())).toBe(`Failure ${code}`);
  });

  test('too few outcomes fail the whole batch', async () => {
    const harness = nodeHarness(
      await plugins.node(
        `defineRuleNode({ ...about, type: 'test.bad', onMessage: (m) => route('Success', m), onBatch: ([first]) => [route('Success', first)] })`,
      ),
    );
    expect((await harness.sendAll([reading(), reading()])).map(relationOf)).toEqual([
      'Failure PLUGIN_ANSWER_INVALID',
      'Failure PLUGIN_ANSWER_INVALID',
    ]);
  });

  test('an answer that is too long fails its call, and the process goes on', async () => {
    const source = doing(`if (m.data.bad) return route('Success', m.with({ data: 'x'.repeat(40 * 1024 * 1024) }));`);
    const { definitions, processes } = await plugins.run(source, { memoryMb: 600 });
    const harness = nodeHarness(definitions[0]!);
    expect(await harness.relation(reading({ bad: true }))).toBe('Failure PLUGIN_TOO_LARGE');
    expect(await harness.relation(reading())).toBe('Success');
    expect(processes.statuses()).toMatchObject([{ state: 'running', restarts: 0 }]);
  });

  test('what a plugin writes to the line itself ends its process: too long a frame before it is read, and one that is none', async () => {
    const lines = `const { Duplex } = await import('node:stream'); const { write } = Duplex.prototype; const bad = m.data.bad;
      Duplex.prototype.write = function () { Duplex.prototype.write = write; return write.call(this, Buffer.from(bad)); }; console.log('now');`;
    const harness = nodeHarness(await plugins.node(doing(`if (m.data.bad) { ${lines} }`)));
    await harness.start();
    for (const bad of [
      [255, 255, 255, 127],
      [2, 0, 0, 0, 91, 93],
    ]) {
      const outcome = await harness.send(reading({ bad }));
      expect(outcome).toMatchObject({ problem: { code: 'PLUGIN_CRASHED', message: expect.stringContaining('it sent what is no answer') } });
      await expect.poll(() => harness.relation(reading()), { timeout: 5_000 }).toBe('Success');
    }
  });

  test('an answer that comes twice counts once', async () => {
    const lines = `const { Duplex } = await import('node:stream'); const { write } = Duplex.prototype; log.info('once');
      Duplex.prototype.write = function (frame) { Duplex.prototype.write = write; return write.call(this, Buffer.concat([frame, frame])); };`;
    const source = `defineRuleNode({ ...about, type: 'test.twice', needs: ['log'], async onMessage(m, { log }) { ${lines} return route('Success', m); } })`;
    const harness = nodeHarness(await plugins.node(source));
    expect(await harness.relation(reading())).toBe('Success');
    expect(await harness.relation(reading())).toBe('Success');
    expect(harness.recorded.logged).toHaveLength(2);
  });

  test('an outcome that is no plain data says what is wrong with it', async () => {
    const source = doing(
      `return { kind: 'emitted', messages: [{ to: 'Success', message: { type: 'A', originator: m.originator, metadata: {}, data: 1n } }] };`,
    );
    const outcome = await nodeHarness(await plugins.node(source)).send(reading());
    expect(outcome).toMatchObject({ problem: { code: 'PLUGIN_ANSWER_INVALID', message: expect.stringContaining('BigInt') } });
  });

  test('code that goes on asking after its call is over is ended', async () => {
    const source = `defineRuleNode({ ...about, type: 'test.bad', needs: ['entities'], onMessage(m, { entities }) {
      if (m.data.bad) void (async () => { for (;;) try { await entities.find({ entityType: 'DEVICE', id: 'x' }); } catch {} })();
      return route('Success', m); } })`;
    const { definitions, processes } = await plugins.run(source);
    expect(await nodeHarness(definitions[0]!).relation(reading({ bad: true }))).toBe('Success');
    await expect.poll(() => processes.statuses()[0]?.problem?.message, { timeout: 10_000 }).toContain('goes on asking');
  });

  test('a flood of log lines is cut', async () => {
    const harness = nodeHarness(
      await plugins.node(
        `defineRuleNode({ ...about, type: 'test.bad', needs: ['log'], onMessage(m, { log }) { for (let n = 0; n < 5000; n += 1) log.info('line ' + n); return route('Success', m); } })`,
      ),
    );
    expect(await harness.relation(reading())).toBe('Success');
    expect(harness.recorded.logged.length).toBeLessThanOrEqual(40);
  });
});

/** Evaluates expressions in a plugin, and gives what came of each. */
async function tried(expressions: readonly string[]): Promise<readonly string[]> {
  const attempts = expressions.map((expression) => `async () => (${expression})`);
  const source = `defineRuleNode({ ...about, type: 'test.try', async onMessage(m) {
    const found = [];
    for (const attempt of [${attempts.join(',')}]) {
      try { found.push(String(await attempt())); } catch (error) { found.push('refused ' + (error.code ?? error.message)); }
    }
    return route('Success', m.with({ data: { found } }));
  } })`;
  const outcome = (await nodeHarness(await plugins.node(source)).send(reading())) as unknown as { message: { data: { found: readonly string[] } } };
  return outcome.message.data.found;
}

describe('ways out', () => {
  const refused = [
    ...['fs', 'net', 'http', 'https', 'http2', 'tls', 'dgram', 'dns', 'child_process', 'worker_threads', 'inspector', 'vm', 'sqlite'],
    ...['module', 'v8', 'os', 'cluster', 'repl', 'wasi', 'fs/promises', 'dns/promises', 'test', 'trace_events', 'sea', 'tty'],
  ];

  test('modules that reach outside cannot be imported, by either spelling', async () => {
    const names = refused.flatMap((name) => [name, `node:${name}`]);
    const found = await tried(names.map((name) => `import('${name}').then((it) => Object.keys(it).length)`));
    names.forEach((name, place) => expect(found[place], name).toMatch(/^refused (PLUGIN_MODULE_REFUSED|ERR_)/));
  });

  test('globals and members of process that lead outside are not there', async () => {
    const globals = ['fetch', 'WebSocket', 'EventSource', 'require', 'localStorage', 'navigator'];
    const members = [
      'binding',
      '_linkedBinding',
      'getBuiltinModule',
      'dlopen',
      'execve',
      'kill',
      'stdout',
      'stdin',
      'stderr',
      '_getActiveHandles',
      'report',
    ];
    const expressions = [...globals, ...members.map((name) => `process.${name}`)].map((name) => `typeof ${name}`);
    expect(await tried(expressions)).toEqual(expressions.map(() => 'undefined'));
  });

  test('files outside its folder cannot be read, and its environment is empty', async () => {
    const read = (path: string): string => `import('file://${path}', { with: { type: 'json' } })`;
    expect(await tried([read('/etc/hostname'), read(join(import.meta.dirname, '../../package.json')), 'Object.keys(process.env).length'])).toEqual([
      'refused ERR_ACCESS_DENIED',
      'refused ERR_ACCESS_DENIED',
      '0',
    ]);
  });

  test.skipIf(process.platform !== 'linux')('a plugin in a loop ends when the server is killed', async () => {
    const folder = temporaryFolder();
    installPlugin(folder, 'acme', doing('for (;;);'));
    const child = spawn(process.execPath, [built(killedServer, join(temporaryFolder(), 'server.mjs')), folder, builtHost()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString().trim());
    expect(isRunning(pid)).toBe(true);
    child.kill('SIGKILL');
    await expect.poll(() => isRunning(pid), { timeout: 5_000 }).toBe(false);
  });
});

/** A server with one plugin that is in a loop; prints the id of its process. */
const killedServer = `
  import { silentLog } from '@fieldline/kernel';
  import { countingIds, telemetry } from '@fieldline/plugin-sdk/testing';
  import { discoverPlugins } from './discover/discover-plugins.js';
  import { realClock } from './real-clock.fixture.js';
  import { PluginProcess } from './run/plugin-process.js';
  import { proxyDefinition } from './run/proxy-definition.js';
  const [, , folder, hostFile] = process.argv;
  const parts = { hostFile, memoryMb: 256, clock: realClock, log: silentLog };
  const [found] = await discoverPlugins({ ...parts, folder, taken: new Set() });
  const plugin = new PluginProcess(found, parts);
  const definition = proxyDefinition(found.nodes[0], { process: plugin, ids: countingIds(), timeoutMs: 60_000, patienceMs: 60_000 });
  const config = definition.config.parse({});
  const context = { config, nodeId: 'n', nodeName: 'n', tenantId: 't', nowMs: 1, random: () => 0, stateOf: () => undefined };
  await definition.onStart(context);
  void definition.onBatch([telemetry('device-a', {})], context);
  setTimeout(() => console.log(plugin.pid), 300);
`;

function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
