// The pictures of the README, taken of a server with the demo greenhouse.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { openWindow, signIn } from './browser.js';
import { ChainEditor } from './chain-editor.js';
import { startServer, stopServer, temporaryFolder, tenant, TenantClient } from './server-under-test.js';

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** The demo needs this long to fill its chart; the picture is taken of what it would have sent in that time. */
const HISTORY_MS = 14 * 60_000;
const PERIOD_MS = 10_000;

export async function takeScreenshots(browser: Browser): Promise<void> {
  const folder = await temporaryFolder('screenshots');
  const server = await startServer(folder.path, { args: ['--demo'] });
  try {
    await mkdir(images, { recursive: true });
    const client = await TenantClient.signIn(server.ports.http);
    const device = await demoDevice(client);
    await sendHistory(server.ports.http, device.token);
    const address = `http://127.0.0.1:${server.ports.http}`;
    const { page } = await openWindow(browser, address);
    await page.goto(`/devices/${device.id}`);
    await signIn(page, tenant.email, tenant.password);
    await page.getByRole('img', { name: /^History of/ }).waitFor();
    // What the simulator sends, on top of the history.
    await page.getByRole('button', { name: /^temperature.*just now$/ }).waitFor();
    await page.screenshot({ path: join(images, 'device.png'), clip: { x: 0, y: 0, width: 1440, height: 770 } });
    await page.context().close();

    // The picture has 1440 by 900 pixels and shows what a larger window does, so that the whole chain can be read.
    const { page: wide } = await openWindow(browser, address, { viewport: { width: 1600, height: 1000 }, deviceScaleFactor: 0.9 });
    await wide.goto('/rule-chains');
    await signIn(wide, tenant.email, tenant.password);
    await wide.getByRole('link', { name: 'Greenhouse' }).click();
    const editor = new ChainEditor(wide);
    await editor.node('Too hot?').click();
    await editor.inspector('Too hot\\?').getByRole('textbox', { name: 'Script', exact: true }).waitFor();
    await wide.getByRole('button', { name: /^Fit all/ }).click();
    await wide.mouse.move(0, 0);
    await wide.screenshot({ path: join(images, 'rule-chain-editor.png') });
  } finally {
    await stopServer(server);
    await folder.remove();
  }
}

async function demoDevice(client: TenantClient): Promise<{ id: string; token: string }> {
  const { data } = await client.request<{ data: { id: { id: string }; name: string }[] }>('GET', '/api/tenant/devices?pageSize=10&page=0');
  const id = data.find(({ name }) => name === 'Greenhouse north')?.id.id ?? '';
  const { credentialsId } = await client.request<{ credentialsId: string }>('GET', `/api/device/${id}/credentials`);
  return { id, token: credentialsId };
}

async function sendHistory(port: number, token: string): Promise<void> {
  const endMs = Date.now();
  const readings = [];
  for (let ts = endMs - HISTORY_MS; ts < endMs; ts += PERIOD_MS) readings.push({ ts, values: climateAt(ts) });
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/${token}/telemetry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(readings),
  });
  if (!response.ok) throw new Error(`the history was refused: ${response.status} ${await response.text()}`);
}

/** The first device of the demo, as apps/server/src/demo/climate.ts simulates it, with noise that is the same every time. */
function climateAt(ts: number) {
  const phase = ((ts % 240_000) / 240_000) * 2 * Math.PI;
  const noise = Math.sin(ts / 7_919) * 0.5;
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return {
    temperature: tenth(24 + 8 * Math.sin(phase) + noise * 0.6),
    humidity: tenth(62 - 18 * Math.sin(phase) - noise * 2),
    soilMoisture: tenth(45 + 6 * Math.cos(phase / 2) + noise),
    vent: 24 + 8 * Math.sin(phase) > 28,
  };
}
