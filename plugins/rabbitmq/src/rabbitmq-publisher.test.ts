// Goal: whatever happens to the connection, each message of a batch has a delivery. Method: a connection of the test, which breaks
// where no real one can be made to break at will.
import { EventEmitter } from 'node:events';
import type { ChannelModel } from 'amqplib';
import { expect, test } from 'vitest';
import { RabbitmqPublisher } from './rabbitmq-publisher.js';

class BreakingConnection extends EventEmitter {
  createConfirmChannel(): Promise<never> {
    this.emit('close', new Error('cut'));
    return Promise.reject(new Error('Connection closed (cut)'));
  }
}

test('a connection that breaks before there is a channel leaves every message unsent, and is lost once', async () => {
  const lost: string[] = [];
  const publisher = new RabbitmqPublisher(new BreakingConnection() as unknown as ChannelModel, {}, ({ message }) => void lost.push(message));
  const publications = ['a', 'b', 'a'].map((exchange, count) => ({ exchange, routingKey: '', text: `${count}`, messageId: `${count}` }));
  for (let round = 0; round < 2; round += 1) {
    const deliveries = await publisher.publish(publications);
    expect(deliveries.map((one) => !one.isSent && [one.isAway, one.error.name])).toEqual(publications.map(() => [true, 'RABBITMQ_NOT_SENT']));
  }
  expect(lost).toEqual(['cut']);
  await publisher.close();
});
