// Goal: a page as small as the WebSocket example of ThingsBoard's documentation works as it is: it opens `/api/ws`, sends authCmd with a
// TIMESERIES command, and prints what comes. Method: a file with such a page in Debian's Chromium, a real server, a device that publishes.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openWindow } from './browser.js';
import { type LiveDevice, LiveWorld } from './live-world.js';

let world: LiveWorld;
let browser: Browser;
let device: LiveDevice;
beforeAll(async () => {
  [world, browser] = await Promise.all([LiveWorld.start('smallest-page'), openBrowser()]);
  device = await world.addDevice();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** What its reader fills in are the address, the token and the id. */
const pageText = (address: string, token: string, entityId: string) => `<!doctype html>
<title>Telemetry</title>
<ol></ol>
<script>
  const socket = new WebSocket('${address}/api/ws');
  const print = (text) => document.querySelector('ol').append(Object.assign(document.createElement('li'), { textContent: text }));
  socket.onopen = () => socket.send(JSON.stringify({
    authCmd: { cmdId: 0, token: '${token}' },
    cmds: [{ type: 'TIMESERIES', cmdId: 10, entityType: 'DEVICE', entityId: '${entityId}', scope: 'LATEST_TELEMETRY' }],
  }));
  socket.onmessage = ({ data }) => print(data);
  socket.onclose = ({ code, reason }) => print('closed ' + code + ' ' + reason);
</script>
`;

const t = 1_700_000_000_000;
const frame = (...values: readonly (readonly [key: string, ts: number, value: string])[]) => ({
  subscriptionId: 10,
  errorCode: 0,
  errorMsg: null,
  data: Object.fromEntries(values.map(([key, ts, value]) => [key, [[ts, value]]])),
  latestValues: Object.fromEntries(values.map(([key, ts]) => [key, ts])),
});

/** Opens such a page as a file; what it has printed, and what its console says. */
async function openPage(token: string) {
  const { http } = world.server.ports;
  const file = join(world.folder, 'telemetry.html');
  await writeFile(file, pageText(`ws://127.0.0.1:${http}`, token, device.entity.id));
  const { page, complaints } = await openWindow(browser, 'about:blank');
  await page.goto(pathToFileURL(file).href);
  const lines = page.locator('li');
  return {
    complaints,
    async printed(count: number): Promise<string[]> {
      await lines.nth(count - 1).waitFor();
      return lines.allTextContents();
    },
    close: () => page.context().close(),
  };
}

test('a page as small as the WebSocket example receives the latest values and then each update', async () => {
  await device.publish([t, { temperature: 22.5, isOn: true }]);
  const page = await openPage(world.admin.token);
  const first = frame(['isOn', t, 'true'], ['temperature', t, '22.5']);
  expect((await page.printed(1)).map((text) => JSON.parse(text) as unknown)).toEqual([first]);
  for (const n of [1, 2, 3]) await device.publish([t + n, { temperature: n }]);
  await device.publish([t + 4, { temperature: 4, humidity: 40 }]);
  expect((await page.printed(5)).map((text) => JSON.parse(text) as unknown)).toEqual([
    first,
    ...[1, 2, 3].map((n) => frame(['temperature', t + n, `${n}`])),
    frame(['humidity', t + 4, '40'], ['temperature', t + 4, '4']),
  ]);
  expect(page.complaints).toEqual([]);
  await page.close();
});

test('with a token that is none it is told so', async () => {
  const page = await openPage('a token that is none');
  expect(await page.printed(1)).toEqual(['closed 1007 Invalid username or password']);
  await page.close();
});
