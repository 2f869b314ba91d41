// Goal: administrators see the plugins of the server, and why one is not used. Method: the REST application over statuses as the
// engine thread gives them.
import type { PluginStatus } from '@fieldline/plugin-process';
import { pluginErrors } from '@fieldline/plugin-process';
import { problemOf } from '@fieldline/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

const known = { version: '1.0.0', description: 'Scales.', restarts: 0 };
const refusal = problemOf(pluginErrors.API_UNSUPPORTED({ plugin: 'old', found: '0', known: '1' }));
const plugins: readonly PluginStatus[] = [
  { ...known, name: '@acme/scale', nodes: [{ type: 'acme.scale', title: 'Scale' }], state: 'running', restarts: 2 },
  { ...known, name: 'old', nodes: [], state: 'refused', problem: refusal },
];

let rest: RunningRest;
beforeAll(async () => void (rest = await startRest({ plugins })));
afterAll(() => rest.close());

test('a plugin is listed with its nodes and how it does, a refused one with the reason', async () => {
  const { body } = await rest.call('GET', '/api/fieldline/plugins', { token: rest.admin });
  const { code, message, remedy } = refusal;
  expect(body).toEqual([
    { ...known, name: '@acme/scale', nodes: [{ type: 'acme.scale', title: 'Scale' }], status: 'running', restarts: 2, problem: null },
    { ...known, name: 'old', nodes: [], status: 'refused', problem: { code, message, remedy } },
  ]);
});

test('nobody else may ask', async () => {
  expect((await rest.call('GET', '/api/fieldline/plugins', {})).status).toBe(401);
});
