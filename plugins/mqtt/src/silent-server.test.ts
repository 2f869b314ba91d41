// Goal: a server that takes connections and never says a word costs a node its time limit and no more, and closing does not wait for
// it. Method: such a server on a port of its own.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { nodeHarness, telemetry } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { mqttNode } from './mqtt-node.js';

test('a server that never answers is away', { timeout: 20_000 }, async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket.on('error', () => undefined).resume()));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const node = nodeHarness(mqttNode, { config: { host: '127.0.0.1', port, whenUnavailable: 'FAIL', connectTimeoutSec: 1 } });
  const beganMs = performance.now();
  expect(await node.send(telemetry('d', {}))).toMatchObject({
    kind: 'failed',
    problem: { code: 'ENGINE_NODE_NOT_CONNECTED' },
    message: { metadata: { error: expect.stringMatching(/did not answer in time|closed the connection|connack timeout/) } },
  });
  await node.stop();
  expect(performance.now() - beganMs).toBeLessThan(15_000);
  await expect.poll(() => sockets.every(({ destroyed, readableEnded }) => destroyed || readableEnded)).toBe(true);
  for (const socket of sockets) socket.destroy();
  server.close();
});
