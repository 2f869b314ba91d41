// Goal: an engineer finds out in the browser what became of messages and puts it right: the path of one, where it failed, the dead
// letter that is replayed, figures and recorded messages of a node, own queues, and topics that become readings. Method: Chromium and
// a real server that records every message. The steps build on each other, so that after one that fails the others are skipped.
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openWindow, signIn, type Window } from './browser.js';
import { ChainEditor } from './chain-editor.js';
import { followSteps } from './journey-steps.js';
import { devicesOfChain, drawChain, newBody, saveNode, scriptFilter } from './rule-chain.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, tenant, TenantClient } from './server-under-test.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let client: TenantClient;
let browser: Browser;
let window: Window;
let chainId: string;
let device: { id: string; token: string };

beforeAll(async () => {
  folder = await temporaryFolder('messages');
  server = await startServer(folder.path, { env: { FIELDLINE_TRACE_SAMPLE: '1', FIELDLINE_BROKER_PORT: '0' } });
  client = await TenantClient.signIn(server.ports.http);
  const nodes = [
    scriptFilter('Is it warm?', 'if (msg.t > 30) throw new Error("too hot to handle"); return msg.t > 20;'),
    newBody('To Fahrenheit', '{ fahrenheit: msg.t * 1.8 + 32 }'),
    saveNode('Save'),
  ];
  chainId = await drawChain(client, 'Heating', nodes, ['Is it warm? -True-> To Fahrenheit', 'To Fahrenheit -Success-> Save']);
  [device] = (await devicesOfChain(client, chainId, 'boiler', 1)) as [{ id: string; token: string }];
  for (const t of [25, 40]) await send({ t });
  browser = await openBrowser();
  window = await openWindow(browser, `http://127.0.0.1:${server.ports.http}`);
});

followSteps(() => ({ windows: [window], log: server.log() }));

afterAll(async () => {
  await browser?.close();
  if (server !== undefined) await stopServer(server);
  await folder?.remove();
});

async function send(values: object): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${server.ports.http}/api/v1/${device.token}/telemetry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });
  expect(response.status).toBe(200);
}

/** Opens a place of the navigation. */
async function open(place: string): Promise<void> {
  await window.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click();
  await window.page.getByRole('heading', { name: place, level: 1 }).waitFor();
}

/** Chooses an entry of a select field. */
async function choose(within: Locator, label: string, option: string): Promise<void> {
  await within.getByRole('combobox', { name: label }).click();
  await window.page.getByRole('option', { name: option, exact: true }).click();
}

describe('the path of a message', () => {
  test('is found, with what each node did to it', async () => {
    const { page } = window;
    await page.goto('/');
    await signIn(page, tenant.email, tenant.password);
    await open('Traces');
    await page
      .getByRole('row', { name: /POST_TELEMETRY_REQUEST boiler-0 Heating 3 nodes/ })
      .getByRole('link')
      .click();
    await page.getByRole('button', { name: /^To Fahrenheit left by Success/ }).click();
    const details = page.getByRole('region', { name: 'Details of step 2, To Fahrenheit' });
    await details.getByRole('row', { name: 't 25' }).waitFor();
    await details.getByRole('row', { name: 'fahrenheit 77' }).waitFor();
  });

  test('is drawn over the rule chain', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Show on canvas' }).click();
    await page.getByText(/^Path of POST_TELEMETRY_REQUEST/).waitFor();
    await expect.poll(() => page.locator('[data-traced="passed"]').count()).toBe(3);
    await page.getByRole('button', { name: 'Stop showing the path' }).click();
    await expect.poll(() => page.locator('[data-traced="passed"]').count()).toBe(0);
  });

  test('that failed opens at the node where it did', async () => {
    const { page } = window;
    await open('Traces');
    await page.getByRole('switch', { name: 'Failed only' }).click();
    await expect.poll(() => page.getByRole('table', { name: 'Traces' }).getByRole('link').count()).toBe(1);
    await page.getByRole('table', { name: 'Traces' }).getByRole('link').click();
    await page
      .getByRole('region', { name: /^Details of step 1, Is it warm/ })
      .getByText(/too hot to handle/)
      .waitFor();
  });
});

describe('a message that failed for good', () => {
  test('is kept with its error and the way to the node', async () => {
    const { page } = window;
    await open('Dead letters');
    await page.getByText('1 message failed for good').waitFor();
    await page.getByRole('link', { name: /too hot to handle/ }).click();
    const drawer = page.getByRole('dialog', { name: 'Dead letter' });
    await drawer.getByText('"t": 40').waitFor();
    await drawer.getByRole('link', { name: 'Is it warm?' }).click();
    await new ChainEditor(page).inspector('Is it warm\\?').waitFor();
  });

  test('goes through once the node is mended and it is replayed', async () => {
    const { page } = window;
    const editor = new ChainEditor(page);
    await editor.writeScript('Is it warm\\?', 'return msg.t > 20;');
    await editor.deploy();
    await page.getByText(/^v\d+ is deployed$/).waitFor();
    await open('Dead letters');
    await page.getByRole('checkbox', { name: 'Select all messages of this page' }).check();
    await page.getByRole('button', { name: 'Replay from the start of the chain' }).click();
    await page.getByText(/^1 message on the way again/).waitFor();
    await page.getByRole('heading', { name: 'No dead letters' }).waitFor();
    await expect.poll(() => client.count(device.id, 'fahrenheit', 0, Date.now() + 1_000), { timeout: 10_000 }).toBe(2);
  });
});

describe('a node', () => {
  test('shows its figures as messages come', async () => {
    const { page } = window;
    const { nodes } = await client.request<{ nodes: { id: { id: string }; name: string }[] }>('GET', `/api/ruleChain/${chainId}/metadata`);
    await page.goto(`/rule-chains/${chainId}?node=${nodes.find(({ name }) => name === 'To Fahrenheit')?.id.id}`);
    const inspector = new ChainEditor(page).inspector('To Fahrenheit');
    await inspector.getByRole('tab', { name: 'Figures' }).click();
    const received = inspector.getByRole('region', { name: 'Figures' }).locator('div').filter({ hasText: 'Received' }).locator('dd');
    await received.waitFor();
    const before = Number(await received.textContent());
    await send({ t: 22 });
    await expect.poll(async () => Number(await received.textContent()), { timeout: 10_000 }).toBe(before + 1);
  });

  test('records what comes and leaves, for as long as it was asked to', async () => {
    const { page } = window;
    const editor = new ChainEditor(page);
    const inspector = editor.inspector('To Fahrenheit');
    await inspector.getByRole('tab', { name: 'Events' }).click();
    await inspector.getByRole('button', { name: /^Record everything/ }).click();
    await editor.deploy();
    await inspector.getByText(/^Everything is recorded for 1[45]:\d\d more/).waitFor();
    await send({ t: 23 });
    await inspector.getByRole('button', { name: /^OUT POST_TELEMETRY_REQUEST → Success/ }).click();
    await inspector.getByText(/"fahrenheit": 73.4/).waitFor();
  });
});

describe('a queue of the organisation', () => {
  test('is added in words and removed again', async () => {
    const { page } = window;
    await open('Queues');
    await page.getByRole('button', { name: 'Add queue' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add queue' });
    await dialog.getByRole('button', { name: 'Add queue' }).click();
    await dialog.getByText('A queue needs a name.').waitFor();
    await dialog.getByLabel('Name').fill('Slow');
    await choose(dialog, 'Messages run', 'One after the other');
    await choose(dialog, 'What runs again', 'What failed');
    await dialog.getByRole('button', { name: 'Add queue' }).click();
    await page.getByRole('row', { name: /^Slow Own One after the other What failed is retried up to 3 times, every 3 s/ }).waitFor();
    await page.getByRole('button', { name: 'Actions for Slow' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('dialog', { name: 'Delete Slow?' }).getByRole('button', { name: 'Delete queue' }).click();
    await page.getByText('Slow was deleted.').waitFor();
  });
});

describe('a topic of the broker', () => {
  test('is tried before it becomes readings', async () => {
    const { page } = window;
    await open('MQTT broker');
    await page.getByText(`127.0.0.1:${server.ports.broker}`, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Add mapping' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add mapping' });
    await dialog.getByLabel('Topics').fill('plant/+/data');
    await dialog.getByLabel('Topic', { exact: true }).fill('plant/boiler-0/data');
    await dialog.getByText('The mapping takes it. The device boiler-0 sends telemetry:').waitFor();
    await dialog.getByRole('button', { name: 'Add mapping' }).click();
    await page.getByRole('row', { name: /plant\/\+\/data Named by level 2 of the topic/ }).waitFor();
    const { mappings } = await client.request<{ mappings: readonly object[] }>('GET', '/api/broker/topicMappings');
    expect(mappings).toHaveLength(1);
  });

  test('and no page has complained on the way', () => {
    expect(window.complaints).toEqual([]);
  });
});
