// Goal: nodes that take long hold up nobody: not the acknowledgements of readings, not other rule chains, not the API; and what waits in
// them outlives SIGKILL. Method: the built server, MQTT.js devices, a slow HTTP server, and a script that never ends.
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PersistentDevice } from './persistent-device.js';
import { devicesOfChain, drawChain, drawnNode, kindSwitch, makeRoot, newBody, saveNode, scriptFilter } from './rule-chain.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

const isFull = process.env['E2E_FORM'] === 'full';
const periods = isFull ? { httpMs: 5_000, waitS: 60, loopS: 120 } : { httpMs: 2_000, waitS: 8, loopS: 10 };
/** What is asked of a machine that does nothing else, and of one that does. */
const p99Max = isFull ? { ackMs: 100, healthMs: 50 } : { ackMs: 500, healthMs: 150 };
/** All rule chains share a thread: a script of three messages may hold it for its deadline of 2 s and twice an eighth of that. */
const HELD_UP_MS_MAX = 4_000;
const LOADED_DEVICES = 20;
const LOAD_PAUSE_MS = 10;
const SLOW_DEVICES = 10;
/** Readings of each slow device: together twice as many as the engine sends to one HTTP server at once. */
const SLOW_READINGS = 13;
/** Within this time a script that never ends is found out. */
const FIRST_S = 6;
const MINUTE_MS = 60_000;

const percentile = (values: Iterable<number>, share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
};
const shown = (times: readonly number[]): string =>
  `${times.length} times, p50 ${percentile(times, 0.5)} ms, p99 ${percentile(times, 0.99)} ms, at most ${percentile(times, 1 - 1e-9)} ms`;

/**
 * Sends with the devices until the work is done, and gives how long each acknowledgement took. A device that waits sends nothing: for a
 * long wait also the readings are counted that it would have sent meanwhile, or the worst moments would count least.
 */
async function underLoad(devices: readonly PersistentDevice[], work: () => Promise<unknown>): Promise<number[]> {
  let isDone = false;
  const from = devices.map((device) => device.acknowledged.size);
  const loads = devices.map(async (device) => {
    while (!isDone) await device.send(10, { inFlight: 1, pauseMs: LOAD_PAUSE_MS });
  });
  await work();
  isDone = true;
  await Promise.all(loads);
  const times = devices.flatMap((device, place) => [...device.acknowledged.values()].slice(from[place]));
  return times.flatMap((ms) => Array.from({ length: 1 + Math.floor(ms / LOAD_PAUSE_MS) }, (_, missed) => ms - missed * LOAD_PAUSE_MS));
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a chain with an HTTP server that takes seconds, a delay and a deduplication', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: RunningServer;
  let client: TenantClient;
  let http: Server;
  const called = new Map<string, number>();
  let env: Record<string, string> = { FIELDLINE_OUTBOUND_ALLOW: '127.0.0.1' };
  let loaded: PersistentDevice[] = [];
  let slow: PersistentDevice[] = [];

  beforeAll(async () => {
    http = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        called.set(body, (called.get(body) ?? 0) + 1);
        setTimeout(() => response.setHeader('content-type', 'application/json').end(body), periods.httpMs);
      });
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    folder = await temporaryFolder('e2e-slow');
    server = await startServer(folder.path, { env });
    env = { ...env, FIELDLINE_MQTT_PORT: String(server.ports.mqtt) };
    client = await TenantClient.signIn(server.ports.http);
    const connected = (device: { id: string; token: string }) => new PersistentDevice(device, server.ports.mqtt);
    await makeRoot(client, await drawChain(client, 'Plain', [kindSwitch, saveNode('save')], ['kind -Post telemetry-> save']));
    loaded = (await client.createDevices('loaded', LOADED_DEVICES)).map(connected);
    slow = (await devicesOfChain(client, await drawSlowNodes(), 'slow', SLOW_DEVICES)).map(connected);
  });
  afterAll(async () => {
    await Promise.all([...loaded, ...slow].map((device) => device.end()));
    await stopServer(server, 'SIGKILL');
    http.closeAllConnections();
    http.close();
    await folder.remove();
  });

  /** Every reading takes all three ways, and leaves a point of another key at the end of each. */
  function drawSlowNodes(): Promise<string> {
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
    const packs = { interval: periods.waitS, strategy: 'ALL', outMsgType: 'POST_TELEMETRY_REQUEST', maxPendingMsgs: 100, maxRetries: 3 };
    const nodes = [
      kindSwitch,
      drawnNode('rest.TbRestApiCallNode', 'call', { restEndpointUrlPattern: url, requestMethod: 'POST', readTimeoutMs: 60_000 }, 3),
      drawnNode('delay.TbMsgDelayNode', 'delay', { periodInSeconds: periods.waitS, maxPendingMsgs: 1_000 }),
      drawnNode('deduplication.TbMsgDeduplicationNode', 'pack', packs, 1),
      newBody('answered', '{ answered: msg.n }'),
      newBody('delayed', '{ delayed: msg.n }'),
      newBody('packed', '{ packed: msg.length }'),
      saveNode('save'),
    ];
    const ways = ['call', 'delay', 'pack'].map((way) => `kind -Post telemetry-> ${way}`);
    const ends = ['call -Success-> answered', 'delay -Success-> delayed', 'pack -Success-> packed'];
    const saves = ['answered', 'delayed', 'packed'].map((end) => `${end} -Success-> save`);
    return drawChain(client, 'Slow', nodes, [...ways, ...ends, ...saves]);
  }

  /** How many readings have come out of each way, over all slow devices. */
  async function cameOut(): Promise<Record<'answered' | 'delayed' | 'packed', number>> {
    const out = { answered: 0, delayed: 0, packed: 0 };
    for (const { id, span } of slow) {
      out.answered += await client.count(id, 'answered', span.startMs, span.endMs);
      out.delayed += await client.count(id, 'delayed', span.startMs, span.endMs);
      const path = `/api/plugins/telemetry/DEVICE/${id}/values/timeseries?keys=packed&startTs=0&endTs=${Date.now() + MINUTE_MS}&limit=1000`;
      const packs = (await client.request<Record<string, { value: string }[]>>('GET', path))['packed'] ?? [];
      out.packed += packs.reduce((sum, { value }) => sum + Number(value), 0);
    }
    return out;
  }

  test('readings are acknowledged at once, and after SIGKILL everything comes out', { timeout: 10 * MINUTE_MS }, async () => {
    const sent = SLOW_DEVICES * SLOW_READINGS;
    const sendSlow = () => Promise.all(slow.map((device) => device.send(SLOW_READINGS, { inFlight: 1 })));
    const before = await underLoad(loaded, async () => {
      await sendSlow();
      await pause(1.5 * periods.httpMs);
    });
    const ofSlow = slow.flatMap((device) => [...device.acknowledged.values()]);
    console.log(`acknowledgements while nodes wait: ${shown(before)}; of the messages that wait: ${shown(ofSlow)}`);
    expect((await cameOut()).delayed).toBe(0);

    await stopServer(server, 'SIGKILL');
    const killedAt = performance.now();
    server = await startServer(folder.path, { env });
    client = await TenantClient.signIn(server.ports.http);
    await pause(1_000);
    const after = await underLoad(loaded, async () => {
      await expect.poll(cameOut, { timeout: 5 * MINUTE_MS, interval: 500 }).toEqual({ answered: sent, delayed: sent, packed: sent });
    });
    const calls = [...called.values()].reduce((sum, times) => sum + times, 0);
    console.log(
      `all came out ${Math.round((performance.now() - killedAt) / 1_000)} s after the kill, with ${calls - sent} calls made again; acknowledgements: ${shown(after)}`,
    );
    expect(called.size).toBe(sent);
    for (const times of [before, ofSlow, after]) expect(percentile(times, 0.99)).toBeLessThan(p99Max.ackMs);
  });
});

describe('a chain with a script that never ends', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: RunningServer;
  let loaded: PersistentDevice[] = [];
  let looping: PersistentDevice[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder('e2e-loop');
    server = await startServer(folder.path);
    const client = await TenantClient.signIn(server.ports.http);
    const connected = (device: { id: string; token: string }) => new PersistentDevice(device, server.ports.mqtt);
    const loop = [kindSwitch, scriptFilter('loop', 'while (true) {} return true;'), saveNode('save')];
    const chainId = await drawChain(client, 'Loop', loop, ['kind -Post telemetry-> loop', 'loop -True-> save']);
    looping = (await devicesOfChain(client, chainId, 'looping', 5)).map(connected);
    loaded = (await client.createDevices('loaded', LOADED_DEVICES)).map(connected);
  });
  afterAll(async () => {
    await Promise.all([...loaded, ...looping].map((device) => device.end()));
    await stopServer(server, 'SIGKILL');
    await folder.remove();
  });

  test('the API answers as before, and readings of other chains go on', { timeout: 5 * MINUTE_MS }, async () => {
    const health: number[] = [];
    let until = performance.now() + FIRST_S * 1_000;
    const ask = async (): Promise<void> => {
      while (performance.now() < until) {
        const askedAt = performance.now();
        expect((await fetch(`http://127.0.0.1:${server.ports.http}/api/health`)).status).toBe(200);
        health.push(performance.now() - askedAt);
        await pause(20);
      }
    };
    let isDone = false;
    const stuck = looping.map(async (device) => {
      while (!isDone) await device.send(1, { inFlight: 1, pauseMs: 100 });
    });
    const others = await underLoad(loaded, ask);
    until = performance.now() + periods.loopS * 1_000;
    const later = await underLoad(loaded, ask);
    isDone = true;
    await Promise.all(stuck);
    const own = looping.flatMap((device) => [...device.acknowledged.values()]);
    console.log(`health: ${shown(health)}; acknowledgements of other chains: ${shown(others)}, later ${shown(later)}; of its own: ${shown(own)}`);
    expect(percentile(health, 0.99)).toBeLessThan(p99Max.healthMs);
    expect(Math.max(...others)).toBeLessThan(HELD_UP_MS_MAX);
    // Once the script is suspended, nobody notices it any more.
    expect(percentile(later, 0.99)).toBeLessThan(p99Max.ackMs);
  });
});
