// Goal: a person can look back at what a device sent, of any kind, take it along as a file and remove what was wrong. Method:
// Chromium, a real server, readings over MQTT; what the file holds is compared with what was sent. The steps build on each other.
import { connectAsync, type MqttClient } from 'mqtt';
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inkOf, openBrowser, openWindow, signIn, type Window } from './browser.js';
import { followSteps } from './journey-steps.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, tenant, TenantClient } from './server-under-test.js';

const PERIOD_MS = 20_000;
const POINTS = 3_000;
const AT_ONCE = 500;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let browser: Browser;
let window: Window;
let mqtt: MqttClient;
let deviceId: string;
const startMs = Date.now() - POINTS * PERIOD_MS;

/** What was sent, as the file should hold it. */
const sent = Array.from({ length: POINTS }, (_, n) => ({ ts: startMs + n * PERIOD_MS, temperature: 20 + (n % 100) / 8 }));
const note = { long: 'Wärmetauscher, '.repeat(40), formula: '=1+1' };

beforeAll(async () => {
  folder = await temporaryFolder('key-history');
  server = await startServer(folder.path);
  const client = await TenantClient.signIn(server.ports.http);
  const device = (await client.createDevices('looked-back-at', 1))[0] ?? { id: '', token: '' };
  deviceId = device.id;
  mqtt = await connectAsync(`mqtt://127.0.0.1:${server.ports.mqtt}`, { username: device.token, protocolVersion: 4 });
  for (let from = 0; from < POINTS; from += AT_ONCE) {
    await send(sent.slice(from, from + AT_ONCE).map(({ ts, temperature }) => ({ ts, values: { temperature } })));
  }
  await send([
    { ts: Date.now() - 2_000, values: { note: note.long, state: { door: 'open' } } },
    { ts: Date.now() - 1_000, values: { note: note.formula } },
  ]);
  browser = await openBrowser();
  window = await openWindow(browser, `http://127.0.0.1:${server.ports.http}`, { acceptDownloads: true });
});

followSteps(() => ({ windows: [window], log: server.log() }));

afterAll(async () => {
  await mqtt?.endAsync();
  await browser?.close();
  if (server !== undefined) await stopServer(server);
  await folder?.remove();
});

/** Sends over MQTT with QoS 1, and comes back with the acknowledgement. */
async function send(readings: object): Promise<void> {
  await mqtt.publishAsync('v1/devices/me/telemetry', JSON.stringify(readings), { qos: 1 });
}

const rows = (key: string) => window.page.getByRole('table', { name: `Readings of ${key}` }).locator('tbody tr');

/** Presses the button of the open dialog, and gives the file that comes of it. */
async function downloaded(): Promise<{ name: string; lines: string[] }> {
  const waiting = window.page.waitForEvent('download');
  await window.page.getByRole('dialog', { name: 'Export readings' }).getByRole('button', { name: 'Download CSV' }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), lines: (await readFile(await download.path(), 'utf8')).split('\r\n') };
}

/** The radio buttons themselves lie under their labels. */
const range = (name: string) => window.page.getByRole('radiogroup', { name: 'Time range' }).getByText(name, { exact: true });

async function choose(label: string, option: string): Promise<void> {
  const { page } = window;
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('a key leads to its history: a chart of averages, and each reading', async () => {
  const { page } = window;
  await page.goto(`/devices/${deviceId}`);
  await signIn(page, tenant.email, tenant.password);
  await page.getByRole('button', { name: 'Actions for temperature' }).click();
  await page.getByRole('menuitem', { name: 'History' }).click();
  await range('1 d').click();
  await page.getByRole('heading', { name: '3,000 readings' }).waitFor();
  await page.getByText('Shows average of 5 min, shaded from lowest to highest').waitFor();
  await expect.poll(() => inkOf(page.getByRole('img', { name: 'History of temperature' })), { timeout: 10_000 }).toBeGreaterThan(200);
  expect(await rows('temperature').count()).toBe(50);
  expect(await rows('temperature').first().locator('td').last().textContent()).toBe(String(sent.at(-1)?.temperature));
});

test('older readings are a page away, and the address keeps what is shown', async () => {
  const { page } = window;
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.getByText('51–100 of 3000').waitFor();
  await expect.poll(() => rows('temperature').first().locator('td').last().textContent()).toBe(String(sent.at(-51)?.temperature));
  await page.reload();
  await page.getByRole('heading', { name: '3,000 readings' }).waitFor();
  expect(await page.getByRole('radio', { name: '1 d', exact: true }).isChecked()).toBe(true);
});

test('what arrives meanwhile is announced, and shown when that is wanted', async () => {
  const { page } = window;
  await page.getByRole('status').getByText('Live', { exact: true }).waitFor();
  await send({ temperature: 99.5 });
  await page.getByRole('button', { name: 'Show 1 newer' }).click();
  await page.getByRole('heading', { name: '3,001 readings' }).waitFor();
  await expect.poll(() => rows('temperature').first().locator('td').last().textContent()).toBe('99.5');
});

test('a text is listed, and a long one can be read whole', async () => {
  const { page } = window;
  await choose('Key', 'note');
  await page.getByText('Texts and JSON are not drawn.').waitFor();
  await rows('note').filter({ hasText: 'Show all 600 characters' }).getByRole('button').click();
  const dialog = page.getByRole('dialog', { name: 'note' });
  expect(await dialog.getByLabel('Value of note', { exact: true }).textContent()).toBe(note.long);
  await dialog.getByRole('button', { name: 'Close the dialog' }).click();
  await choose('Key', 'state');
  await rows('state').getByText('{"door":"open"}').waitFor();
});

test('all keys become one file, which spreadsheets run nothing of', async () => {
  const { page } = window;
  await page.getByRole('button', { name: 'Export CSV…' }).click();
  await page.getByRole('button', { name: 'Take all 3 keys' }).click();
  const { name, lines } = await downloaded();
  expect(name).toMatch(/^looked-back-at-0 3 keys \d{4}-\d\d-\d\d\.csv$/);
  // With the mark that makes spreadsheets read UTF-8, as there are umlauts.
  const head = lines[0]?.split(',') ?? [];
  expect(head.slice(0, 2)).toEqual(['\ufeffts', 'time']);
  expect(head.slice(2).sort()).toEqual(['note', 'state', 'temperature']);
  const at = head.indexOf('temperature');
  const numbers = lines.slice(1, 1 + POINTS).map((line) => line.split(','));
  expect(numbers.map((cells) => [Number(cells[0]), Number(cells[at])])).toEqual(sent.map(({ ts, temperature }) => [ts, temperature]));
  const rest = lines.slice(1 + POINTS).join('\n');
  for (const cell of [`"${note.long}"`, `'${note.formula}`, '"{""door"":""open""}"', '99.5']) expect(rest).toContain(cell);
});

test('a time without readings gives no empty file but says so', async () => {
  const { page } = window;
  await page.goto(`/devices/${deviceId}?tab=history&key=temperature&range=1000-2000`);
  await page.getByRole('heading', { name: 'No readings in this time' }).waitFor();
  await page.getByRole('button', { name: 'Export CSV…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export readings' });
  await dialog.getByRole('button', { name: 'Download CSV' }).click();
  await dialog.getByRole('alert').getByText('There are no readings of these keys in that time.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

test('the shown readings can be deleted; those before stay', async () => {
  const { page } = window;
  await range('1 h').click();
  await page.getByRole('button', { name: 'Actions for temperature' }).click();
  await page.getByRole('menuitem', { name: 'Delete the shown readings…' }).click();
  await page.getByRole('dialog', { name: 'Delete the shown readings of temperature?' }).getByRole('button', { name: 'Delete readings' }).click();
  await page.getByRole('heading', { name: 'No readings in this time' }).waitFor();
  await range('1 d').click();
  await page.getByRole('heading', { name: /^2,8\d\d readings$/ }).waitFor();
});

test('and the page has not complained on the way', () => {
  expect(window.complaints).toEqual([]);
});
