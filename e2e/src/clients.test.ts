// Goal: devices that speak MQTT 3.1.1 and 5, HTTP, CoAP and Kaa 1/KP, with clients nobody here wrote, get their
// readings into the product and out again by REST and WebSocket. Method: the real programs against a real server.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { firstInstalled, runProgram } from './program.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, TenantClient } from './server-under-test.js';

let server: RunningServer;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let client: TenantClient;
let device: { id: string; token: string };

beforeAll(async () => {
  folder = await temporaryFolder('e2e-clients');
  server = await startServer(folder.path);
  client = await TenantClient.signIn(server.ports.http);
  const profiles = await client.request<{ data: { id: { id: string }; name: string }[] }>('GET', '/api/deviceProfiles?pageSize=10&page=0');
  const profile = await client.request<Record<string, unknown>>('GET', `/api/deviceProfile/${profiles.data[0]?.id.id}`);
  const profileData = { ...(profile['profileData'] as object), kaaConfiguration: { autoExtraction: true } };
  await client.request('POST', '/api/deviceProfile', { ...profile, profileData });
  const [created] = await client.createDevices('e2e', 1);
  if (created === undefined) throw new Error('no device was created');
  device = created;
});

afterAll(async () => {
  await stopServer(server);
  await folder.remove();
});

/** The latest value of a key, as REST gives it to a browser. */
async function latest(key: string): Promise<unknown> {
  const answer = await client.request<Record<string, { value: unknown }[]>>(
    'GET',
    `/api/plugins/telemetry/DEVICE/${device.id}/values/timeseries?keys=${key}&useStrictDataTypes=true`,
  );
  return answer[key]?.[0]?.value;
}

const mosquitto = (...more: readonly string[]) =>
  runProgram('mosquitto_pub', ['-h', '127.0.0.1', '-p', String(server.ports.mqtt), '-t', 'v1/devices/me/telemetry', '-q', '1', ...more]);

describe('MQTT', () => {
  test('mosquitto_pub with MQTT 3.1.1', async () => {
    const { code, output } = await mosquitto('-u', device.token, '-V', 'mqttv311', '-m', '{"mqtt3":21.5}');
    expect([code, output]).toEqual([0, '']);
    expect(await latest('mqtt3')).toBe(21.5);
  });

  test('mosquitto_pub with MQTT 5', async () => {
    const { code, output } = await mosquitto('-u', device.token, '-V', 'mqttv5', '-m', '{"mqtt5":true}');
    expect([code, output]).toEqual([0, '']);
    expect(await latest('mqtt5')).toBe(true);
  });

  test('a wrong token is refused with the code a client understands', async () => {
    const { code, output } = await mosquitto('-u', 'nobody', '-V', 'mqttv311', '-m', '{"a":1}');
    expect(code).not.toBe(0);
    expect(output).toMatch(/not authori[sz]ed/i);
  });

  test('a payload that is no JSON is refused on MQTT 5 and stores nothing', async () => {
    const { output } = await mosquitto('-u', device.token, '-V', 'mqttv5', '-d', '-m', '{"broken":');
    expect(output).toMatch(/RC:153|payload format invalid/i);
    expect(await latest('broken')).toBeNull();
  });
});

describe('HTTP', () => {
  const curl = (token: string, body: string) =>
    runProgram('curl', [
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      '-H',
      'Content-Type: application/json',
      '-d',
      body,
      `http://127.0.0.1:${server.ports.http}/api/v1/${token}/telemetry`,
    ]);

  test('curl', async () => {
    expect((await curl(device.token, '{"http":42}')).output).toBe('200');
    expect(await latest('http')).toBe(42);
  });

  test.each([
    { token: 'nobody', body: '{"a":1}', status: '401' },
    { token: undefined, body: '{"a":', status: '400' },
    { token: undefined, body: `{"ts":${Date.now() + 7 * 86_400_000},"values":{"a":1}}`, status: '400' },
  ])('status $status for $body', async ({ token, body, status }) => {
    expect((await curl(token ?? device.token, body)).output).toBe(status);
  });
});

describe('CoAP', () => {
  test('coap-client', async () => {
    const url = `coap://127.0.0.1:${server.ports.coap}/api/v1/${device.token}/telemetry`;
    // Debian's package names its client after the TLS library it was built with.
    const program = await firstInstalled('coap-client', 'coap-client-notls', 'coap-client-openssl');
    const { code } = await runProgram(program, ['-m', 'post', '-t', 'application/json', '-e', '{"coap":7}', url]);
    expect(code).toBe(0);
    expect(await latest('coap')).toBe(7);
  });
});

describe('Kaa 1/KP', () => {
  test('a paho program of the shape of the Kaa tutorial: random client id, no user name', async () => {
    const script = join(import.meta.dirname, 'kaa-tutorial-client.py');
    const { code, output } = await runProgram('python3', [script, String(server.ports.mqtt), 'default', device.token]);
    expect([code, output.trim()]).toEqual([0, 'status: accepted']);
    expect(await latest('auto~temperature')).toBe(23);
  });

  test('HTTP', async () => {
    const response = await fetch(`http://127.0.0.1:${server.ports.http}/kp1/default/dcx/${device.token}/json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"humidity":61}',
    });
    expect(response.status).toBe(200);
    expect(await latest('auto~humidity')).toBe(61);
  });
});

describe('WebSocket', () => {
  test('what is published over MQTT reaches a page that is open: the latest values, then each update', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.ports.http}/api/ws`);
    const frames: { data: Record<string, [number, string][]> }[] = [];
    let wake: () => void = () => undefined;
    socket.on('message', (data) => {
      frames.push(JSON.parse((data as Buffer).toString()) as (typeof frames)[number]);
      wake();
    });
    const frame = async (n: number) => {
      while (frames[n] === undefined) await new Promise<void>((resolve) => (wake = resolve));
      return frames[n];
    };
    await new Promise((resolve) => socket.once('open', resolve));
    await mosquitto('-u', device.token, '-m', '{"live":1}');
    const command = { type: 'TIMESERIES', entityType: 'DEVICE', entityId: device.id, scope: 'LATEST_TELEMETRY', cmdId: 10, keys: 'live' };
    socket.send(JSON.stringify({ authCmd: { cmdId: 0, token: client.token }, cmds: [command] }));
    expect((await frame(0)).data['live']?.[0]?.[1]).toBe('1');
    await mosquitto('-u', device.token, '-m', '{"live":2}');
    expect((await frame(1)).data['live']?.[0]?.[1]).toBe('2');
    socket.close();
  });
});
