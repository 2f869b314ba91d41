// Goal: a server whose rule chains have no MQTT node does not pay for the client. Method: the client is replaced by one that tells
// that it was loaded.
import { expect, test, vi } from 'vitest';

const loaded = vi.hoisted((): string[] => []);
vi.mock('mqtt', () => {
  loaded.push('mqtt');
  return { connect: () => undefined };
});

test('the client is loaded with the first connection, not with the plugin', async () => {
  const { plugin } = await import('./index.js');
  expect([plugin.nodes.length, loaded]).toEqual([2, []]);
  const { openPublisher } = await import('./mqtt-publisher.js');
  expect([typeof openPublisher, loaded]).toEqual(['function', ['mqtt']]);
});
