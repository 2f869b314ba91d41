// Drives Debian's Chromium, and keeps what a person needs to understand a journey that failed.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';

export interface Window {
  readonly page: Page;
  /** Text of every WebSocket frame that the page has received. */
  readonly received: readonly string[];
  /** Addresses of the WebSockets that the page has opened. */
  readonly sockets: readonly string[];
  /** What the page complained about: errors of its console and exceptions nobody caught. */
  readonly complaints: readonly string[];
}

/** Starts Chromium with a profile of its own; `CHROMIUM_PATH` names another one than Debian's. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Opens a window on a server, and listens to what the page does. */
export async function openWindow(browser: Browser, baseURL: string, options: BrowserContextOptions = {}): Promise<Window> {
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ baseURL, viewport, locale: 'en-GB', colorScheme: 'light', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  // Longer than a loaded machine needs, shorter than a test may take.
  page.setDefaultTimeout(15_000);
  const received: string[] = [];
  const sockets: string[] = [];
  const complaints: string[] = [];
  page.on('websocket', (socket) => {
    sockets.push(socket.url());
    socket.on('framereceived', ({ payload }) => void received.push(String(payload)));
  });
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  page.on('pageerror', (error) => void complaints.push(error.stack ?? error.message));
  return { page, received, sockets, complaints };
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** What code that runs in the page uses of it; the types of a browser are not those of this program. */
interface CanvasOfPage {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): { getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray } } | null;
}
interface PageGlobals {
  readonly document: { readonly documentElement: object };
  getComputedStyle(element: object): { getPropertyValue(name: string): string };
}

/** How many pixels of a chart have about the colour of its first line. */
export function inkOf(chart: Locator): Promise<number> {
  return chart.locator('canvas').evaluate((element) => {
    const canvas = element as unknown as CanvasOfPage;
    const page = globalThis as unknown as PageGlobals;
    const wanted = page.getComputedStyle(page.document.documentElement).getPropertyValue('--fl-series-1').trim();
    const colour = [1, 3, 5].map((at) => Number.parseInt(wanted.slice(at, at + 2), 16));
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] === 255 && colour.every((part, channel) => Math.abs((data[at + channel] ?? 0) - part) < 24)) count += 1;
    }
    return count;
  });
}

/** Saves a picture of the page and the log of the server to a new folder, and gives its path. */
export async function keepEvidence({ page, complaints, received }: Window, log: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldline-journey-'));
  await page.screenshot({ path: join(folder, 'page.png'), timeout: 5_000 });
  await writeFile(join(folder, 'page.txt'), `${page.url()}\n\n${complaints.join('\n')}\n`);
  await writeFile(join(folder, 'frames.txt'), received.slice(-200).join('\n'));
  await writeFile(join(folder, 'server.log'), log);
  return folder;
}
