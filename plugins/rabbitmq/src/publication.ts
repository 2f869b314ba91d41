import type { Delivery } from '@fieldline/plugin-sdk';

/** A message as RabbitMQ is to get it. */
export interface Publication {
  /** Empty: the default exchange, which leads to the queue named by the routing key. */
  readonly exchange: string;
  readonly routingKey: string;
  readonly text: string;
  /** Id of our message, by which a receiver may recognise a repeat. */
  readonly messageId: string;
}

/** Publishes messages and waits until the broker has them. */
export interface Publisher {
  /** @returns one delivery a message, in order */
  publish(publications: readonly Publication[]): Promise<readonly Delivery[]>;
  close(): Promise<void>;
}
