// Goal: what keeps the server from starting is said in a sentence that names the setting; what keeps readings from being
// stored keeps them from being acknowledged; and whatever was acknowledged is there after a stop. Method: the built
// server as a process, with taken ports, unusable folders and a full disk.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync, writeSync, openSync, closeSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from './program.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, tenant, TenantClient } from './server-under-test.js';
import { SteadyDevice } from './steady-device.js';

const main = fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url));
const DATA_FILE = 'fieldline.db';

/** Starts a server that is expected not to come up, and gives everything it said. */
async function failedStart(dataDir: string, env: Record<string, string> = {}): Promise<string> {
  try {
    await stopServer(await startServer(dataDir, { env }));
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the server started though it should not have');
}

/** A sentence that names the setting and says what to do, with a code, instead of a stack. */
function expectAdvice(said: string, setting: string, code: string): void {
  expect(said).toMatch(/^the server ended with 1 /);
  expect(said).toContain(setting);
  expect(said).toContain(`(${code})`);
  expect(said).not.toMatch(/\n\s+at /);
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => void (folder = await temporaryFolder('e2e-robustness')));
afterAll(() => folder.remove());

const emptyFolder = (name: string): string => {
  const path = join(folder.path, name);
  mkdirSync(path, { recursive: true });
  return path;
};

describe('a port that is taken', () => {
  test.each(['FIELDLINE_HTTP_PORT', 'FIELDLINE_MQTT_PORT'])('%s', async (setting) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const said = await failedStart(emptyFolder('ports'), { [setting]: String(port) });
    taken.close();
    expectAdvice(said, setting, setting === 'FIELDLINE_MQTT_PORT' ? 'MQTT_PORT_TAKEN' : 'CONFIG_PORT_TAKEN');
    expect(said).toContain(String(port));
  });

  test('FIELDLINE_COAP_PORT', async () => {
    const taken = createSocket('udp4');
    await new Promise<void>((resolve) => taken.bind(0, '127.0.0.1', resolve));
    const said = await failedStart(emptyFolder('ports'), { FIELDLINE_COAP_PORT: String(taken.address().port) });
    taken.close();
    expectAdvice(said, 'FIELDLINE_COAP_PORT', 'COAP_PORT_TAKEN');
  });
});

describe('settings and commands that are wrong', () => {
  test('a setting', async () => {
    expectAdvice(await failedStart(emptyFolder('settings'), { FIELDLINE_HTTP_PORT: 'eighty' }), 'FIELDLINE_HTTP_PORT', 'CONFIG_INVALID');
  });

  test('a command and an option that nobody knows', async () => {
    for (const args of [['strat'], ['--dmeo']]) {
      const { code, output } = await runProgram(process.execPath, [main, ...args]);
      expect(code).toBe(1);
      expect(output).toContain(args[0]);
      expect(output).not.toMatch(/\n\s+at /);
    }
  });
});

describe('a data folder', () => {
  test('below a regular file', async () => {
    const path = join(emptyFolder('file'), 'plain');
    writeFileSync(path, 'no folder');
    expectAdvice(await failedStart(folder.path, { FIELDLINE_DATA_DIR: join(path, 'data') }), 'FIELDLINE_DATA_DIR', 'CONFIG_DATA_DIR_UNUSABLE');
  });

  test('on a disk that cannot be written', async (context) => {
    const path = emptyFolder('read-only');
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', path]).status !== 0) context.skip('mounting is not permitted here');
    const said = await failedStart(folder.path, { FIELDLINE_DATA_DIR: path });
    spawnSync('umount', [path]);
    expect(said).toMatch(/^the server ended with 1 /);
    expect(said).toContain('FIELDLINE_DATA_DIR');
    expect(said).not.toMatch(/\n\s+at /);
  });
});

describe('one data folder through its life', () => {
  // The tests of this group build on each other: one server, its stop under load, its restart, and damage at last.
  let path: string;
  let server: RunningServer;
  let devices: { id: string; token: string }[];
  beforeAll(async () => {
    path = emptyFolder('life');
    server = await startServer(path);
    devices = await (await TenantClient.signIn(server.ports.http)).createDevices('life', 8);
  });
  afterAll(() => stopServer(server));

  test('a second server is refused, and the first goes on', async () => {
    expectAdvice(await failedStart(path), 'FIELDLINE_DATA_DIR', 'SQLITE_FOLDER_IN_USE');
    expect((await fetch(`http://127.0.0.1:${server.ports.http}/api/health`)).status).toBe(200);
  });

  const resetPassword = () =>
    runProgram('env', [`FIELDLINE_DATA_DIR=${path}`, process.execPath, main, 'reset-password', tenant.email], { timeoutMs: 30_000 });

  test('reset-password refuses while the server runs', async () => {
    const { code, output } = await resetPassword();
    expect(code).toBe(1);
    expect(output).toContain('SQLITE_FOLDER_IN_USE');
    await TenantClient.signIn(server.ports.http);
  });

  test('SIGTERM under load: exit code 0 within seconds, and everything acknowledged is there after the restart', async () => {
    const steady = await Promise.all(devices.map((device) => SteadyDevice.start(server, device, 20)));
    await Promise.all(steady.map((device) => device.more(300)));
    const startedAt = performance.now();
    await stopServer(server);
    const stopMs = performance.now() - startedAt;
    expect([server.process.exitCode, server.process.signalCode]).toEqual([0, null]);
    expect(stopMs).toBeLessThan(20_000);
    for (const device of steady) device.abandon();

    server = await startServer(path);
    console.log(`stopped under load in ${Math.round(stopMs)} ms; second start ready after ${Math.round(server.readyMs)} ms`);
    // The goal is 3 s on an idle machine; this bound holds on a busy one.
    expect(server.readyMs).toBeLessThan(10_000);
    const client = await TenantClient.signIn(server.ports.http);
    for (const device of steady) {
      expect(device.acknowledged).toBeGreaterThanOrEqual(300);
      expect(await device.stored(client)).toBeGreaterThanOrEqual(device.acknowledged);
    }
    expect(server.log()).toBe('');
  });

  test('reset-password gives a new password when the server is stopped', async () => {
    await stopServer(server);
    const { code, output } = await resetPassword();
    expect(code).toBe(0);
    const password = /is (\S+)\n$/.exec(output)?.[1];
    server = await startServer(path);
    const signIn = (given: string | undefined) =>
      fetch(`http://127.0.0.1:${server.ports.http}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: tenant.email, password: given }),
      });
    expect([(await signIn(password)).status, (await signIn(tenant.password)).status]).toEqual([200, 401]);
    await stopServer(server);
  });

  test('reset-password of nobody, and without a name, says so', async () => {
    const run = (...args: readonly string[]) => runProgram('env', [`FIELDLINE_DATA_DIR=${path}`, process.execPath, main, 'reset-password', ...args]);
    const [unknown, missing] = [await run('nobody@fieldline.local'), await run()];
    expect([unknown.code, missing.code]).toEqual([1, 1]);
    expect([unknown.output, missing.output]).toEqual([
      expect.stringContaining('IDENTITY_USER_UNKNOWN'),
      expect.stringContaining('CONFIG_ARGUMENT_MISSING'),
    ]);
    const empty = join(folder.path, 'never-started');
    const { code } = await runProgram('env', [`FIELDLINE_DATA_DIR=${empty}`, process.execPath, main, 'reset-password', tenant.email]);
    expect([code, existsSync(join(empty, DATA_FILE))]).toEqual([1, false]);
  });

  test('of a later version is refused and left as it is', async () => {
    const copy = join(folder.path, 'newer');
    cpSync(path, copy, { recursive: true });
    const database = new DatabaseSync(join(copy, DATA_FILE));
    database.exec('PRAGMA user_version = 9999');
    database.close();
    const said = await failedStart(copy);
    expectAdvice(said, 'FIELDLINE_DATA_DIR', 'SQLITE_FORMAT_NEWER');
    expect(said).toContain('9999');
  });

  test.each([
    { name: 'whose header is overwritten', damage: (file: number) => writeSync(file, 'this is no database, it says so itself', 0) },
    {
      name: 'whose pages are overwritten',
      damage: (file: number) => {
        for (let page = 1; page < 12; page++) writeSync(file, Buffer.alloc(4_000, 0xa5), 0, 4_000, page * 4_096);
      },
    },
  ])('$name is refused with the way out', async ({ damage }) => {
    const copy = join(folder.path, 'damaged');
    rmSync(copy, { recursive: true, force: true });
    cpSync(path, copy, { recursive: true });
    const file = openSync(join(copy, DATA_FILE), 'r+');
    damage(file);
    closeSync(file);
    const said = await failedStart(copy);
    expectAdvice(said, 'FIELDLINE_DATA_DIR', 'STORAGE_CORRUPT');
    expect(said).toContain('backup');
  });
});

describe('a disk that runs full', () => {
  let path: string;
  let server: RunningServer | undefined;
  afterEach(async () => {
    if (server !== undefined) await stopServer(server);
    spawnSync('umount', ['-l', path]);
  });

  test('readings are not acknowledged while they cannot be stored, and are again as soon as they can', async (context) => {
    path = emptyFolder('full');
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', path]).status !== 0) context.skip('mounting is not permitted here');
    server = await startServer(path, { env: { FIELDLINE_ACK_TIMEOUT_MS: '2000' } });
    const { ports } = server;
    const client = await TenantClient.signIn(ports.http);
    const [device] = await client.createDevices('full', 1);
    if (device === undefined) throw new Error('no device was created');
    let sent = 0;
    const acknowledged: number[] = [];
    const send = async (padding = 0): Promise<number> => {
      const n = sent++;
      const { status } = await fetch(`http://127.0.0.1:${ports.http}/api/v1/${device.token}/telemetry`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ts: 1_700_000_000_000 + n, values: { n, padding: 'x'.repeat(padding) } }),
      });
      if (status === 200) acknowledged.push(n);
      return status;
    };
    const readBack = async (): Promise<number[]> => {
      const range = 'keys=n&startTs=1700000000000&endTs=1700000100000&limit=10000&useStrictDataTypes=true&orderBy=ASC';
      const answer = await client.request<Record<string, { value: number }[]>>(
        'GET',
        `/api/plugins/telemetry/DEVICE/${device.id}/values/timeseries?${range}`,
      );
      return (answer['n'] ?? []).map(({ value }) => value);
    };

    expect(await send()).toBe(200);
    const filler = join(path, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k']);
    const whileFull: number[] = [];
    // Some still fit into what the database has already; then none does.
    for (let n = 0; n < 200 && whileFull.slice(-5).filter((status) => status === 503).length < 5; n++) whileFull.push(await send(10_000));
    expect(whileFull.slice(-5)).toEqual([503, 503, 503, 503, 503]);
    expect(await readBack()).toEqual(expect.arrayContaining(acknowledged));
    expect(server.process.exitCode).toBeNull();

    rmSync(filler);
    const giveUpAt = Date.now() + 20_000;
    while ((await send()) !== 200 && Date.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await send()).toBe(200);
    await stopServer(server);
    expect(server.process.exitCode).toBe(0);
    server = await startServer(path);
    const again = await TenantClient.signIn(server.ports.http);
    expect(await again.count(device.id, 'n', 1_700_000_000_000, 1_700_000_100_000)).toBeGreaterThanOrEqual(acknowledged.length);
  });
});
