// Goal: what is known of an asset can be seen, followed and looked back at, and a visitor changes nothing. Method: Chromium, a real
// server, readings over REST as a program sends them. The steps build on each other.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inkOf, openBrowser, openWindow, signIn, type Window } from './browser.js';
import { followSteps } from './journey-steps.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, tenant, TenantClient } from './server-under-test.js';

/** More than a chart draws at first, less than with the next piece. */
const POINTS = 6_000;
const PERIOD_MS = 60_000;
const AT_ONCE = 2_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let client: TenantClient;
let browser: Browser;
let window: Window;
const visitors: Window[] = [];
let assetId: string;

beforeAll(async () => {
  folder = await temporaryFolder('asset-page');
  server = await startServer(folder.path);
  client = await TenantClient.signIn(server.ports.http);
  assetId = (await client.request<{ id: { id: string } }>('POST', '/api/asset', { name: 'Cold store' })).id.id;
  browser = await openBrowser();
  window = await openWindow(browser, `http://127.0.0.1:${server.ports.http}`);
});

followSteps(() => ({ windows: [window, ...visitors], log: server.log() }));

afterAll(async () => {
  await browser?.close();
  if (server !== undefined) await stopServer(server);
  await folder?.remove();
});

/** Stores readings of the asset. */
async function send(readings: object): Promise<void> {
  await client.request('POST', `/api/plugins/telemetry/ASSET/${assetId}/timeseries/ANY`, readings);
}

const openTab = (name: string) => window.page.getByRole('tab', { name, exact: true }).click();

test('the list leads to the asset, which says how readings get there', async () => {
  const { page } = window;
  await page.goto('/assets');
  await signIn(page, tenant.email, tenant.password);
  await page.getByRole('link', { name: 'Cold store' }).click();
  await page.getByRole('heading', { name: 'No readings yet' }).waitFor();
  await page.getByRole('button', { name: 'How to send readings' }).click();
  const command = await page.getByLabel('Request that sends a reading', { exact: true }).textContent();
  expect(command).toContain(`/api/plugins/telemetry/ASSET/${assetId}/timeseries/ANY`);
  await page.getByRole('dialog').getByRole('button', { name: 'Close the dialog' }).click();
});

test('a reading appears by itself, and is drawn', async () => {
  const { page } = window;
  await page.getByRole('status').getByText('Live', { exact: true }).waitFor();
  for (const temperature of [4.5, 5.5, 4]) await send({ temperature });
  await page.getByRole('button', { name: /^temperature.*4/ }).waitFor();
  await expect.poll(() => inkOf(page.getByRole('img', { name: 'History of temperature' })), { timeout: 10_000 }).toBeGreaterThan(5);
});

test('of a state with more readings than are drawn at once, the chart says what it lacks and gets it', async () => {
  const { page } = window;
  const startMs = Date.now() - POINTS * PERIOD_MS;
  for (let from = 0; from < POINTS; from += AT_ONCE) {
    await send(Array.from({ length: AT_ONCE }, (_, n) => ({ ts: startMs + (from + n) * PERIOD_MS, values: { doorOpen: (from + n) % 40 < 4 } })));
  }
  await page.goto(`/assets/${assetId}?tab=history&key=doorOpen&range=7d`);
  await page.getByText(/^Shows every point; only from /).waitFor();
  const chart = page.getByRole('img', { name: 'History of doorOpen' });
  const before = await inkOf(chart);
  await page.getByRole('button', { name: 'Load earlier' }).click();
  await page.getByText('Shows every point', { exact: true }).waitFor();
  await expect.poll(() => inkOf(chart), { timeout: 10_000 }).toBeGreaterThan(before);
});

test('an attribute can be added and found again', async () => {
  const { page } = window;
  await openTab('Attributes');
  await page.getByRole('button', { name: 'Add attribute' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add server attribute' });
  await dialog.getByLabel('Key').fill('serial');
  await dialog.getByRole('textbox', { name: 'Value' }).fill('CS-7');
  await dialog.getByRole('button', { name: 'Add attribute' }).click();
  await page.getByRole('table', { name: 'Attributes' }).getByText('CS-7').waitFor();
});

test('an alarm of the asset is listed there, and the list of all alarms leads back', async () => {
  const { page } = window;
  const originator = { entityType: 'ASSET', id: assetId };
  await client.request('POST', '/api/alarm', { type: 'Door left open', originator, severity: 'MAJOR', acknowledged: false, cleared: false });
  await openTab('Alarms');
  await page.getByRole('link', { name: 'Door left open' }).waitFor();
  await page.goto('/alarms');
  await page.getByRole('link', { name: 'Cold store' }).click();
  await page.getByRole('tab', { name: 'Alarms', selected: true }).waitFor();
});

test('whoever has only the public link looks at the asset and changes nothing', async () => {
  const { customerId } = await client.request<{ customerId: { id: string } }>('POST', `/api/customer/public/asset/${assetId}`);
  const visitor = await openWindow(browser, `http://127.0.0.1:${server.ports.http}`);
  visitors.push(visitor);
  const { page } = visitor;
  await page.goto(`/public/${customerId.id}`);
  await page.waitForURL((url) => !url.pathname.startsWith('/public'));
  await page.goto(`/assets/${assetId}`);
  await page.getByRole('button', { name: /^temperature/ }).waitFor();
  await page.getByRole('tab', { name: 'Attributes', exact: true }).click();
  await page.getByRole('table', { name: 'Attributes' }).getByText('CS-7').waitFor();
  for (const name of ['Edit', 'Add attribute', 'Actions for serial']) expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
});

test('an asset that is deleted has no page', async () => {
  const { page } = window;
  await page.getByRole('button', { name: 'Actions for Cold store' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('dialog', { name: 'Delete Cold store?' }).getByRole('button', { name: 'Delete asset' }).click();
  await page.getByRole('heading', { name: 'No assets yet' }).waitFor();
  expect(window.complaints).toEqual([]);
  await page.goto(`/assets/${assetId}`);
  await page.getByRole('heading', { name: 'There is no page at this address' }).waitFor();
});
