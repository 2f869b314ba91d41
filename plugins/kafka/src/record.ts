import type { Delivery } from '@fieldline/plugin-sdk';

/** A message as Kafka is to get it. */
export interface OutgoingRecord {
  readonly topic: string;
  /** Records with the same key stay in order, in one partition. */
  readonly key: string | undefined;
  readonly value: string;
  readonly headers: readonly (readonly [name: string, value: Uint8Array])[];
}

/** Sends records and waits until the brokers have them. */
export interface RecordSender {
  /** @returns one delivery a record, in order; with offset, partition and topic as metadata */
  send(records: readonly OutgoingRecord[]): Promise<readonly Delivery[]>;
  close(): Promise<void>;
}
