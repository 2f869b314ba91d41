// Goal: the queue that the settings name is opened, or it is said why not. That it carries messages is the contract suite's.
import { silentLog } from '@fieldline/kernel';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings } from '../config/settings.js';
import { systemClock } from '../system-clock.js';
import { openQueue } from './open-queue.js';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'fieldline-queue-'))));
afterEach(() => rmSync(folder, { recursive: true }));

let made = 0;
const states: unknown[] = [];
const onState = (state: unknown): void => void states.push(state);
const parts = { onState, clock: systemClock, ids: { next: () => `id-${(made += 1)}` }, log: silentLog };
const open = (env: Record<string, string>) => openQueue(readSettings({ FIELDLINE_DATA_DIR: folder, ...env }, folder), parts);

test('memory needs nothing', async () => {
  const queue = await open({});
  expect(queue.depth()).toBe(0);
  expect(states).toEqual(['memory']);
  await queue.close();
});

test('bullmq without an address, and with one where nobody is, is refused', async () => {
  await expect(open({ FIELDLINE_QUEUE: 'bullmq' })).rejects.toMatchObject({ code: 'CONFIG_REDIS_URL_MISSING' });
  const nobody = { FIELDLINE_QUEUE: 'bullmq', REDIS_URL: 'redis://127.0.0.1:1' };
  await expect(open(nobody)).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
  // The id of the folder stays the same from the first start on.
  const id = readFileSync(join(folder, 'queue-id'), 'utf8');
  await expect(open(nobody)).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
  expect(readFileSync(join(folder, 'queue-id'), 'utf8')).toBe(id);
});
