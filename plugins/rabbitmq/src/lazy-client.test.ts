// Goal: a server whose rule chains have no RabbitMQ node does not pay for the client. Method: the client is replaced by one that tells
// that it was loaded.
import { expect, test, vi } from 'vitest';

const loaded = vi.hoisted((): string[] => []);
vi.mock('amqplib', () => {
  loaded.push('amqplib');
  return { connect: () => undefined };
});

test('the client is loaded with the first connection, not with the plugin', async () => {
  const { plugin } = await import('./index.js');
  expect([plugin.nodes.length, loaded]).toEqual([1, []]);
  const { openPublisher } = await import('./rabbitmq-publisher.js');
  expect([typeof openPublisher, loaded]).toEqual(['function', ['amqplib']]);
});
