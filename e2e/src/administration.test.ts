// Goal: administrators give people access, and everybody sees what is theirs. Method: Chromium and a real server; a
// window for each person. The steps build on each other, so that after one that fails the others are skipped.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openWindow, signIn, type Window } from './browser.js';
import { followSteps } from './journey-steps.js';
import { type RunningServer, startServer, stopServer, temporaryFolder, tenant, TenantClient } from './server-under-test.js';

const password = 'greenhouse-7';
const systemEmail = 'sysadmin@fieldline.local';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: RunningServer;
let browser: Browser;
let admin: Window;
const windows: Window[] = [];

async function openAnother(): Promise<Window> {
  const window = await openWindow(browser, `http://127.0.0.1:${server.ports.http}`);
  windows.push(window);
  return window;
}

beforeAll(async () => {
  folder = await temporaryFolder('administration');
  server = await startServer(folder.path);
  const client = await TenantClient.signIn(server.ports.http);
  await client.createDevices('pump', 3);
  browser = await openBrowser();
  admin = await openAnother();
});

followSteps(() => ({ windows, log: server.log() }));

afterAll(async () => {
  await browser?.close();
  if (server !== undefined) await stopServer(server);
  await folder?.remove();
});

/** Adds a user in the open list of users, and gives the link by which it sets a password. */
async function addUser({ page }: Window, thing: string, email: string): Promise<string> {
  await page.getByRole('button', { name: `Add ${thing}` }).click();
  const dialog = page.getByRole('dialog', { name: `Add ${thing}` });
  await dialog.getByLabel('Email').fill(email);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  const shown = page.getByRole('dialog', { name: 'Activation link' });
  const link = await shown.getByLabel('Activation link', { exact: true }).textContent();
  await shown.getByRole('button', { name: 'Done' }).click();
  return link ?? '';
}

/** Opens an activation link as its receiver does, and comes out signed in. */
async function activate(link: string): Promise<Window> {
  const window = await openAnother();
  await window.page.goto(link);
  await window.page.getByLabel('New password').fill(password);
  await window.page.getByLabel('Repeat it').fill(password);
  await window.page
    .getByRole('button', { name: /password/i })
    .last()
    .click();
  return window;
}

const places = ({ page }: Window) => page.getByRole('navigation', { name: 'Main' }).getByRole('link').allTextContents();

describe('an administrator of the tenant', () => {
  test('creates a customer and assigns a device to it', async () => {
    const { page } = admin;
    await page.goto('/');
    await signIn(page, tenant.email, tenant.password);
    await page.getByRole('link', { name: 'Customers' }).click();
    await page.getByRole('button', { name: 'Add customer' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add customer' });
    await dialog.getByRole('button', { name: 'Add customer' }).click();
    await dialog.getByText('A customer needs a name.').waitFor();
    await dialog.getByLabel('Name').fill('Nordic Farms');
    await dialog.getByRole('button', { name: 'Add customer' }).click();
    await page.getByRole('link', { name: 'Nordic Farms' }).click();
    await page.getByRole('button', { name: 'Assign devices' }).click();
    const assigning = page.getByRole('dialog', { name: 'Assign devices to Nordic Farms' });
    await assigning.getByLabel('Devices').fill('pump-1');
    await page.getByRole('option', { name: 'pump-1' }).click();
    await assigning.getByRole('button', { name: 'Assign' }).click();
    await page.getByRole('link', { name: 'pump-1' }).waitFor();
  });

  test('creates a user, who sets a password by the link and sees the assigned device only', async () => {
    const { page } = admin;
    await page.getByRole('tab', { name: 'Users' }).click();
    const user = await activate(await addUser(admin, 'user', 'ada@nordic.example'));
    await user.page.getByRole('heading', { name: 'Devices', exact: true }).waitFor();
    await user.page.getByRole('link', { name: 'pump-1' }).waitFor();
    expect(await user.page.getByRole('link', { name: /^pump-/ }).allTextContents()).toEqual(['pump-1']);
    expect((await places(user)).filter((name) => name !== '')).toEqual(['Devices', 'Assets', 'Alarms']);
    await user.page.goto('/customers');
    await user.page.getByRole('heading', { name: 'This page is not for your account' }).waitFor();
  });

  test('finds both in the audit log, with what changed', async () => {
    const { page } = admin;
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('button', { name: 'Details: Assigned to customer pump-1' }).click();
    await page
      .getByRole('dialog')
      .getByRole('row', { name: /^Customer id/ })
      .waitFor();
  });
});

describe('the system administrator', () => {
  test('creates a tenant with an administrator, who starts with nothing of the others', async () => {
    const system = await openAnother();
    const { page } = system;
    await page.goto('/');
    await signIn(page, systemEmail, tenant.password);
    await page.getByRole('heading', { name: 'Tenants' }).waitFor();
    await page.getByRole('button', { name: 'Add tenant' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add tenant' });
    await dialog.getByLabel('Name').fill('Southern Water');
    await dialog.getByRole('button', { name: 'Add tenant' }).click();
    await page.getByRole('heading', { name: 'Southern Water' }).waitFor();
    const owner = await activate(await addUser(system, 'administrator', 'kai@southern.example'));
    await owner.page.getByRole('heading', { name: 'No devices yet' }).waitFor();
    expect((await places(owner)).filter((name) => name !== '')).toContain('Customers');
  });

  test('and no page has complained on the way', () => {
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
