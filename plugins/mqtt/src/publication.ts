import type { Delivery } from '@fieldline/plugin-sdk';

/** A message as a broker is to get it. */
export interface Publication {
  readonly topic: string;
  readonly payload: string;
  readonly isRetained: boolean;
}

/** Publishes messages with QoS 1 and waits until the broker has them. */
export interface Publisher {
  /** @returns one delivery a message, in order */
  publish(publications: readonly Publication[]): Promise<readonly Delivery[]>;
  close(): Promise<void>;
}
