import type { TenantId } from '@fieldline/model';

/** A message that waits for the client of a session, or was sent to it and is not acknowledged. */
export interface QueuedMessage {
  readonly recordId: string;
  /** Inside the broker. */
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 1 | 2;
  /** What the broker tells copies of one message by. */
  readonly brokerId: string;
  readonly brokerCounter: number;
  /** Once it was sent. */
  packetId: number | undefined;
  /** True where only the release of QoS 2 is still to be sent. */
  isReleased: boolean;
}

/** What the broker keeps for a client while it is away, or for as long as its QoS 2 handshakes take. */
export class KeptSession {
  readonly id: string;
  readonly tenantId: TenantId;
  /** Filters inside the broker with their QoS and the record that keeps them; absent for a session that is not kept. */
  readonly filters = new Map<string, { readonly qos: 0 | 1 | 2; readonly recordId: string | undefined }>();
  readonly queue: QueuedMessage[] = [];
  /** Packet ids of QoS 2 that came in and were not released, with the record that keeps them. */
  readonly received = new Map<number, string | undefined>();
  /** Messages of QoS 2 that came in and are not stored yet, by packet id. */
  readonly arriving = new Map<number, Promise<void>>();
  /** Messages in the queue or on their way into it. */
  queuedCount = 0;
  /** Whether the log has said that messages are not kept. */
  isOverflowing = false;
  isConnected = false;
  lastSeenMs: number;

  constructor(id: string, tenantId: TenantId, nowMs: number) {
    this.id = id;
    this.tenantId = tenantId;
    this.lastSeenMs = nowMs;
  }

  /** Nothing of it needs to be kept. */
  get isEmpty(): boolean {
    return this.filters.size === 0 && this.received.size === 0 && this.arriving.size === 0 && this.queuedCount === 0;
  }

  arrives(packetId: number, passed: Promise<unknown>): void {
    const stored = passed.then(() => undefined);
    this.arriving.set(packetId, stored);
    const over = (): void => void this.arriving.delete(packetId);
    stored.then(over, over);
  }

  get recordIds(): readonly string[] {
    const ids = [...[...this.filters.values()].map(({ recordId }) => recordId), ...this.received.values()];
    return [...ids.filter((id) => id !== undefined), ...this.queue.map(({ recordId }) => recordId)];
  }
}
