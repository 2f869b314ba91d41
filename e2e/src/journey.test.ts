// Goal: a person can go the whole way in the browser, from the sign-in to a changed rule chain that the next reading
// takes. Method: Chromium, a real server, a real MQTT client; the steps build on each other, so that after one that
// fails the others are skipped.
import { connectAsync, type MqttClient } from 'mqtt';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inkOf, openBrowser, openWindow, signIn, type Window } from './browser.js';
import { ChainEditor } from './chain-editor.js';
import { followSteps } from './journey-steps.js';
import { runProgram } from './program.js';
import { takeScreenshots } from './screenshots.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, tenant, TenantClient } from './server-under-test.js';

interface WireChain {
  readonly version: number;
  readonly nodes: readonly { readonly name: string; readonly configuration: { readonly tbelScript?: string } }[];
  readonly connections: readonly { readonly fromIndex: number; readonly toIndex: number; readonly type: string }[];
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let client: TenantClient;
let browser: Browser;
let window: Window;
let device: { id: string; token: string };
let mqtt: MqttClient;

beforeAll(async () => {
  folder = await temporaryFolder('journey');
  server = await startServer(folder.path);
  client = await TenantClient.signIn(server.ports.http);
  browser = await openBrowser();
  window = await openWindow(browser, `http://127.0.0.1:${server.ports.http}`);
});

followSteps(() => ({ windows: [window], log: server.log() }));

afterAll(async () => {
  await mqtt?.endAsync();
  await browser?.close();
  if (server !== undefined) await stopServer(server);
  await folder?.remove();
});

/** Sends over MQTT 3.1.1 with QoS 1, and comes back with the acknowledgement. */
async function send(reading: object): Promise<void> {
  await mqtt.publishAsync('v1/devices/me/telemetry', JSON.stringify(reading), { qos: 1 });
}

/** All stored values of a key, oldest first, as REST gives them. */
async function stored(key: string): Promise<unknown[]> {
  const query = `keys=${key}&startTs=0&endTs=${Date.now() + 60_000}&limit=1000&orderBy=ASC&useStrictDataTypes=true`;
  const answer = await client.request<Record<string, { value: unknown }[]>>(
    'GET',
    `/api/plugins/telemetry/DEVICE/${device.id}/values/timeseries?${query}`,
  );
  return (answer[key] ?? []).map(({ value }) => value);
}

/** The row of the latest values that shows a key with a value. */
const latest = (key: string, value: number) => window.page.getByRole('button', { name: new RegExp(`^${key}\\s*${value}\\b`) });

describe('sign-in', () => {
  test('says so when email and password do not belong together', async () => {
    const { page } = window;
    await page.goto('/');
    await signIn(page, tenant.email, 'not-the-password');
    await page.getByRole('alert').getByText('Email and password do not belong together').waitFor();
  });

  test('opens the devices', async () => {
    const { page } = window;
    await signIn(page, tenant.email, tenant.password);
    await page.getByRole('heading', { name: 'Devices', exact: true }).waitFor();
    await page.getByRole('heading', { name: 'No devices yet' }).waitFor();
  });
});

describe('a new device', () => {
  test('is created in a dialog', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Add device' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add device' });
    await dialog.getByRole('button', { name: 'Add device' }).click();
    await dialog.getByText('A device needs a name.').waitFor();
    await dialog.getByLabel('Name').fill('Boiler room');
    await dialog.getByRole('button', { name: 'Add device' }).click();
    await page.getByRole('dialog', { name: 'Connect Boiler room' }).waitFor();

    const { data } = await client.request<{ data: { id: { id: string }; name: string }[] }>('GET', '/api/tenant/devices?pageSize=10&page=0');
    expect(data.map(({ name }) => name)).toEqual(['Boiler room']);
    const id = data[0]?.id.id ?? '';
    const credentials = await client.request<{ credentialsId: string }>('GET', `/api/device/${id}/credentials`);
    device = { id, token: credentials.credentialsId };
  });

  test('shows commands with the real addresses and token, which work as they are', async () => {
    const { http, mqtt: mqttPort, coap } = server.ports;
    const dialog = window.page.getByRole('dialog', { name: 'Connect Boiler room' });
    /** A command without the ends of its lines, which are for reading only. */
    const command = async (tab: string, label: string) => {
      await dialog.getByRole('tab', { name: tab }).click();
      return ((await dialog.getByLabel(label, { exact: true }).textContent()) ?? '').replaceAll(/\\\n\s*/g, '');
    };
    const publish = await command('MQTT', 'MQTT with mosquitto_pub, MQTT 5');
    expect(publish).toContain(`-h 127.0.0.1 -p ${mqttPort} -u ${device.token}`);
    expect(await command('HTTP', 'HTTP with curl')).toContain(`http://127.0.0.1:${http}/api/v1/${device.token}/telemetry`);
    expect(await command('CoAP', 'CoAP with coap-client')).toContain(`coap://127.0.0.1:${coap}/api/v1/${device.token}/telemetry`);
    expect(await command('Kaa 1/KP', 'Kaa 1/KP with mosquitto_pub')).toContain(`-p ${mqttPort} -t kp1/default/dcx/${device.token}/json`);
    expect(await runProgram('sh', ['-c', publish])).toEqual({ code: 0, output: '' });
    expect(await stored('humidity')).toEqual([48]);
  });

  test('stores what a Kaa client sends, once the profile says so', async () => {
    const dialog = window.page.getByRole('dialog', { name: 'Connect Boiler room' });
    await dialog.getByRole('tab', { name: 'Kaa 1/KP' }).click();
    const publish = (await dialog.getByLabel('Kaa 1/KP with mosquitto_pub', { exact: true }).textContent()) ?? '';
    const extraction = { name: 'Extract values for the profile “default”' };
    await dialog.getByRole('switch', extraction).click();
    await dialog.getByRole('switch', { ...extraction, checked: true }).waitFor();
    expect(await runProgram('sh', ['-c', publish])).toEqual({ code: 0, output: '' });
    expect(await stored('auto~temperature')).toEqual([21.5]);
  });

  test('sends a sample and shows it arriving', async () => {
    const dialog = window.page.getByRole('dialog', { name: 'Connect Boiler room' });
    await dialog.getByRole('button', { name: 'Send a sample' }).click();
    const arrival = dialog.getByText(/Arrived live after \d+ ms: temperature [\d.]+/);
    await arrival.waitFor();
    const shown = Number(/temperature ([\d.]+)/.exec((await arrival.textContent()) ?? '')?.[1]);
    expect((await stored('temperature')).at(-1)).toBe(shown);
  });
});

describe('the page of the device', () => {
  test('shows readings as they arrive over the WebSocket', async () => {
    const { page, sockets, received } = window;
    await page.getByRole('link', { name: 'Open device' }).click();
    await page.getByRole('heading', { name: 'Boiler room' }).waitFor();
    await page.getByRole('status').getByText('Live', { exact: true }).waitFor();
    mqtt = await connectAsync(`mqtt://127.0.0.1:${server.ports.mqtt}`, { username: device.token, protocolVersion: 4 });
    for (const pressure of [1001, 1002, 1003]) {
      await send({ pressure });
      await latest('pressure', pressure).waitFor();
    }
    expect(sockets).toContain(`ws://127.0.0.1:${server.ports.http}/api/ws`);
    expect(received.some((frame) => frame.includes('"1003"'))).toBe(true);
  });

  test('draws them', async () => {
    const { page } = window;
    const startMs = Date.now() - 600_000;
    const sendMinutes = async (from: number, to: number) => {
      for (let minute = from; minute < to; minute += 1) await send({ ts: startMs + minute * 60_000, values: { level: minute % 2 } });
    };
    await sendMinutes(0, 5);
    // The chart begins with the first three keys by name; this one is the fourth.
    await latest('level', 0).click();
    const others = page.getByRole('button', { pressed: true }).filter({ hasNotText: 'level' });
    while ((await others.count()) > 0) await others.first().click();
    const chart = page.getByRole('img', { name: 'History of level', exact: true });
    await expect.poll(() => inkOf(chart), { timeout: 10_000 }).toBeGreaterThan(100);
    const before = await inkOf(chart);
    await sendMinutes(5, 10);
    await expect.poll(() => inkOf(chart), { timeout: 10_000 }).toBeGreaterThan(before + 100);
  });

  test('deletes the readings of a key, after asking', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Actions for level' }).click();
    await page.getByRole('menuitem', { name: 'Delete readings…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete all readings of level?' });
    await dialog.getByRole('button', { name: 'Delete readings' }).click();
    await page.getByRole('button', { name: 'Actions for level' }).waitFor({ state: 'detached' });
    expect(await stored('level')).toEqual([]);
    await send({ level: 7 });
    await latest('level', 7).waitFor();
    expect(await stored('level')).toEqual([7]);
  });

  test('shows the reading before when the newest one is deleted elsewhere', async () => {
    const startTs = Date.now() - 60_000;
    await send({ ts: startTs - 60_000, values: { level: 6 } });
    const range = `startTs=${startTs}&endTs=${Date.now() + 60_000}&rewriteLatestIfDeleted=true`;
    await client.request('DELETE', `/api/plugins/telemetry/DEVICE/${device.id}/timeseries/delete?keys=level&${range}`);
    await latest('level', 6).waitFor();
  });
});

describe('the rule chain editor', () => {
  const rootChain = async () => {
    const { data } = await client.request<{ data: { id: { id: string }; root: boolean }[] }>('GET', '/api/ruleChains?pageSize=10&page=0');
    const id = data.find(({ root }) => root)?.id.id ?? '';
    return client.request<WireChain>('GET', `/api/ruleChain/${id}/metadata`);
  };
  const ways = ({ nodes, connections }: WireChain) =>
    connections.map(({ fromIndex, type, toIndex }) => `${nodes[fromIndex]?.name} ${type} ${nodes[toIndex]?.name}`);
  let editor: ChainEditor;

  test('opens the root chain', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Rule chains' }).first().click();
    await page.getByRole('link', { name: 'Root Rule Chain' }).click();
    editor = new ChainEditor(page);
    await editor.node('Message Type Switch').waitFor();
    await editor.state.getByText('v1 is deployed').waitFor();
  });

  test('takes a script filter from the palette, and undoes and redoes that', async () => {
    const { page } = window;
    await editor.addByMouse(/^Script filter/, { x: 420, y: 640 });
    await editor.node('Script filter').waitFor();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await editor.node('Script filter').waitFor({ state: 'detached' });
    await editor.state.getByText('v1 is deployed').waitFor();
    await page.getByRole('button', { name: /^Redo/ }).click();
    await editor.node('Script filter').waitFor();
  });

  test('leads readings through it by wires', async () => {
    await editor.node('Message Type Switch').click();
    await editor.inspector('Message Type Switch').getByRole('button', { name: 'Remove Post telemetry to Save Timeseries' }).click();
    await editor.drawWire('Message Type Switch', 'Script filter', 'Post telemetry');
    await editor.drawWire('Script filter', 'Save Timeseries', 'True');
    await editor.node('Script filter').click();
    await editor.writeScript('Script filter', 'return msg.temperature < 30;');
    await editor.state.getByText(/^Draft of v1/).waitFor();
    expect(ways(await rootChain())).toContain('Message Type Switch Post telemetry Save Timeseries');
  });

  test('deploys the draft', async () => {
    await editor.deploy();
    await editor.state.getByText('v2 is deployed').waitFor();
    const chain = await rootChain();
    expect(chain.nodes.find(({ name }) => name === 'Script filter')?.configuration.tbelScript).toBe('return msg.temperature < 30;');
    expect(ways(chain)).toEqual(expect.arrayContaining(['Message Type Switch Post telemetry Script filter', 'Script filter True Save Timeseries']));
    expect(ways(chain)).not.toContain('Message Type Switch Post telemetry Save Timeseries');
  });

  test('shows the deployed chain after a reload', async () => {
    const { page } = window;
    await page.reload();
    await editor.node('Script filter').click();
    await editor.inspector('Script filter').getByText('return msg.temperature < 30;').waitFor();
    await editor.inspector('Script filter').getByRole('button', { name: 'Remove True to Save Timeseries' }).waitFor();
    await editor.state.getByText('v2 is deployed').waitFor();
  });

  test('asks before it overwrites what somebody else deployed meanwhile', async () => {
    const { page } = window;
    await editor.inspector('Script filter').getByLabel('Name', { exact: true }).fill('Mine');
    const chain = await rootChain();
    await client.request('POST', '/api/ruleChain/metadata', {
      ...chain,
      nodes: chain.nodes.map((node) => (node.name === 'Script filter' ? { ...node, name: 'Cool enough?' } : node)),
    });
    await editor.deploy();
    const dialog = page.getByRole('dialog', { name: 'A newer version is deployed' });
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    await editor.node('Mine').waitFor();
    await editor.deploy();
    await dialog.getByRole('button', { name: 'Load theirs, drop mine' }).click();
    await editor.node('Cool enough?').waitFor();
    await editor.state.getByText('v3 is deployed').waitFor();
    expect((await rootChain()).nodes.map(({ name }) => name)).not.toContain('Mine');
  });
});

describe('the next reading', () => {
  test('takes the new way: it is stored only when the script lets it pass', async () => {
    const { page, received } = window;
    await page.goto(`/devices/${device.id}`);
    await page.getByRole('status').getByText('Live', { exact: true }).waitFor();
    await send({ temperature: 25 });
    await latest('temperature', 25).waitFor();
    // Acknowledged, because the chain is done with it.
    await send({ temperature: 35 });
    await send({ temperature: 26 });
    // What follows 35 is here, so 35 would be as well.
    await latest('temperature', 26).waitFor();
    expect((await stored('temperature')).slice(-2)).toEqual([25, 26]);
    expect(received.filter((frame) => frame.includes('"35"'))).toEqual([]);
  });

  test('and no page has complained on the way', () => {
    // Chromium reports the refused sign-in and the version conflict as well; these are part of the journey.
    expect(window.complaints.filter((complaint) => !complaint.startsWith('Failed to load resource'))).toEqual([]);
  });
});

describe.runIf(process.env['FIELDLINE_SCREENSHOTS'] === '1')('pictures for the README', () => {
  test('are taken of the demo', () => takeScreenshots(browser));
});
