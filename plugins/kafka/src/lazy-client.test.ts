// Goal: a server whose rule chains have no Kafka node does not pay for the client. Method: the client is replaced by one that tells
// that it was loaded.
import { expect, test, vi } from 'vitest';

const loaded = vi.hoisted((): string[] => []);
vi.mock('@platformatic/kafka', () => {
  loaded.push('@platformatic/kafka');
  return { Producer: class {}, kGetConnection: 'connection', kGetBootstrapConnection: 'bootstrap' };
});

test('the client is loaded with the first connection, not with the plugin', async () => {
  const { plugin } = await import('./index.js');
  expect([plugin.nodes.length, loaded]).toEqual([1, []]);
  const { openSender } = await import('./kafka-sender.js');
  expect([typeof openSender, loaded]).toEqual(['function', ['@platformatic/kafka']]);
});
