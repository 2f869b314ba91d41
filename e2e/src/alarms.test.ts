// Goal: an operator can take an alarm from the list to its end: acknowledge, comment, assign, shelve and clear it, with
// the mouse and with the keyboard. Method: Chromium and a real server; alarms are raised and read back over REST. The
// steps build on each other, so that after one that fails the others are skipped.
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openWindow, signIn, type Window } from './browser.js';
import { followSteps } from './journey-steps.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, tenant, TenantClient } from './server-under-test.js';

interface WireAlarm {
  readonly id: { readonly id: string };
  readonly status: string;
  readonly assignee: { readonly email: string } | null;
  readonly details: { readonly shelved?: { readonly reason: string; readonly untilTs: number } } | null;
}

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let client: TenantClient;
let browser: Browser;
let window: Window;
let drawer: Locator;
let heat: string;

beforeAll(async () => {
  folder = await temporaryFolder('alarms');
  server = await startServer(folder.path);
  client = await TenantClient.signIn(server.ports.http);
  const [device] = await client.createDevices('boiler', 1);
  heat = await raise(device?.id ?? '', 'High temperature', 'CRITICAL', { value: 93.4, threshold: 80 });
  await raise(device?.id ?? '', 'Filter due', 'WARNING');
  await raise(device?.id ?? '', 'Door open', 'INDETERMINATE');
  await raise(device?.id ?? '', 'Level low', 'MINOR');
  browser = await openBrowser();
  window = await openWindow(browser, `http://127.0.0.1:${server.ports.http}`);
});

followSteps(() => ({ windows: [window], log: server.log() }));

afterAll(async () => {
  await browser?.close();
  if (server !== undefined) await stopServer(server);
  await folder?.remove();
});

async function raise(deviceId: string, type: string, severity: string, details: object | null = null): Promise<string> {
  const body = { originator: { entityType: 'DEVICE', id: deviceId }, type, severity, details };
  return (await client.request<WireAlarm>('POST', '/api/alarm', body)).id.id;
}

const stored = (alarmId: string) => client.request<WireAlarm>('GET', `/api/alarm/info/${alarmId}`);
/** The types in the order of the list. */
const listed = () => window.page.getByRole('table', { name: 'Alarms' }).locator('tbody a[href^="/alarms/"]').allTextContents();
const button = (name: string) => drawer.getByRole('button', { name, exact: true });

describe('the list', () => {
  test('shows the worst first, counts by severity, and the least severity last', async () => {
    const { page } = window;
    await page.goto('/alarms');
    await signIn(page, tenant.email, tenant.password);
    await page.getByRole('link', { name: 'High temperature' }).waitFor();
    expect(await listed()).toEqual(['High temperature', 'Level low', 'Filter due', 'Door open']);
    await page.getByText('4 active, 4 not acknowledged').waitFor();
  });

  test('lists one severity at the press of its figure', async () => {
    const { page } = window;
    const figure = page.getByRole('group', { name: 'Active alarms by severity' }).getByRole('button', { name: /Minor$/ });
    await figure.click();
    await expect.poll(listed).toEqual(['Level low']);
    expect(page.url()).toContain('severity=MINOR');
    await figure.click();
    await expect.poll(async () => (await listed()).length).toBe(4);
  });
});

describe('one alarm', () => {
  test('opens from its row, with an address of its own', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'High temperature' }).click();
    drawer = page.getByRole('dialog', { name: 'High temperature' });
    await drawer.getByText('93.4').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/alarms/${heat}`);
  });

  test('is acknowledged', async () => {
    await button('Acknowledge').click();
    await button('Acknowledge').waitFor({ state: 'detached' });
    await drawer.getByText('Alarm was acknowledged').waitFor();
    expect((await stored(heat)).status).toBe('ACTIVE_ACK');
  });

  test('is commented, and the comment changed', async () => {
    await drawer.getByRole('textbox', { name: 'Comment' }).fill('Technician is on the way.');
    await button('Comment').click();
    const entry = drawer.getByRole('listitem').filter({ hasText: 'Technician' });
    await entry.getByRole('button', { name: /^Actions/ }).click();
    await window.page.getByRole('menuitem', { name: 'Edit' }).click();
    await entry.getByRole('textbox', { name: 'Comment' }).fill('Technician is here.');
    await entry.getByRole('button', { name: 'Save' }).click();
    await entry.getByText('Technician is here.').waitFor();
    await entry.getByText('edited').waitFor();
  });

  test('is assigned to the operator', async () => {
    await button('Assign to me').click();
    await button('Assign to me').waitFor({ state: 'detached' });
    await expect.poll(async () => (await stored(heat)).assignee?.email).toBe(tenant.email);
  });

  test('is shelved with a reason, and out of the list', async () => {
    const { page } = window;
    await button('Shelve…').click();
    const dialog = page.getByRole('dialog', { name: 'Shelve High temperature' });
    await dialog.getByRole('button', { name: 'Shelve', exact: true }).click();
    await dialog.getByText('Shelving needs a reason.').waitFor();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Burner is being tuned');
    await dialog.getByText('8 h', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Shelve', exact: true }).click();
    await button('Unshelve').waitFor();
    const { shelved } = (await stored(heat)).details ?? {};
    expect(shelved?.reason).toBe('Burner is being tuned');
    expect((shelved?.untilTs ?? 0) - Date.now()).toBeGreaterThan(7.9 * 3_600_000);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await expect.poll(listed).toEqual(['Level low', 'Filter due', 'Door open']);
    await page.getByText('1 alarm shelved and not shown').waitFor();
  });

  test('comes back when it is unshelved, and is cleared', async () => {
    const { page } = window;
    await page.goto(`/alarms/${heat}`);
    await button('Unshelve').click();
    await button('Shelve…').waitFor();
    await button('Clear').click();
    await button('Clear').waitFor({ state: 'detached' });
    expect((await stored(heat)).status).toBe('CLEARED_ACK');
    await button('Close').click();
    await expect.poll(listed).toEqual(['Level low', 'Filter due', 'Door open']);
  });
});

describe('several alarms', () => {
  test('are acknowledged by keys, from row to row', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Level low' }).focus();
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.getByText('2 alarms selected').waitFor();
    await page.keyboard.press('a');
    await page.getByText('2 alarms acknowledged.').waitFor();
    await page.getByText('3 active, 1 not acknowledged').waitFor();
  });

  test('leave the focus at their place when a key has cleared one', async () => {
    const { page } = window;
    await page.keyboard.press('c');
    await expect.poll(listed).toEqual(['Level low', 'Door open']);
    await expect.poll(() => page.getByRole('link', { name: 'Door open' }).and(page.locator(':focus')).count()).toBe(1);
  });

  test('are cleared at once, after a question', async () => {
    const { page } = window;
    await page.getByRole('checkbox', { name: 'Select all alarms of this page' }).check();
    await page.getByRole('group', { name: 'Selected alarms' }).getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByRole('dialog', { name: 'Clear 2 alarms?' }).getByRole('button', { name: 'Clear 2 alarms' }).click();
    await page.getByRole('heading', { name: 'No active alarms' }).waitFor();
    await page.getByText('Nothing is wrong.').waitFor();
  });

  test('and no page has complained on the way', () => {
    expect(window.complaints).toEqual([]);
  });
});
