import type { DurationMs } from '@fieldline/kernel';

/** Every bound of the broker listener. */
export interface BrokerLimits {
  /** Open sockets over all tenants; one more is closed at once. */
  readonly connectionsMax: number;
  /** Clients of one tenant, so that none takes the listener for itself; one more is refused with code 3. */
  readonly connectionsPerTenantMax: number;
  /** Remaining length of a packet; a longer one closes the connection. */
  readonly packetBytesMax: number;
  /** UTF-8 bytes of a topic or filter: a longer topic closes the connection, a longer filter is refused. */
  readonly topicBytesMax: number;
  /** Levels of a topic or filter, as above. The matcher of aedes takes 100, with the level that names the tenant. */
  readonly topicLevelsMax: number;
  /** Filters of a client; one more is refused with 0x80. */
  readonly subscriptionsMax: number;
  /** Sessions that a tenant keeps while their clients are away; a client that wants one more is refused with code 3. */
  readonly sessionsPerTenantMax: number;
  /** How long a session is kept after its client left, or after a restart. */
  readonly sessionExpiryMs: DurationMs;
  /** Messages that wait for one session; further ones are not kept for it, which the log says. */
  readonly queuedMessagesMax: number;
  /** Bytes of all messages that wait for sessions of a tenant, as above. */
  readonly queuedBytesPerTenantMax: number;
  /** Retained messages of a tenant; the publisher of one more loses its connection, so that it is not acknowledged. */
  readonly retainedPerTenantMax: number;
  /** Bytes of them, as above. */
  readonly retainedBytesPerTenantMax: number;
  /** Messages of QoS 2 that a client has sent and not released; one more closes its connection. */
  readonly unreleasedMax: number;
  /** Bytes that wait for a client to read them; beyond them its connection is cut, and a kept session has its messages still. */
  readonly unsentBytesMax: number;
  /** Time for a CONNECT to arrive. */
  readonly connectMs: DurationMs;
  /** Time a client may take no bytes before its connection is cut: while it does, those who publish to it wait. */
  readonly drainMs: DurationMs;
  /** Time a closing connection gets to take its last bytes. */
  readonly closeMs: DurationMs;
}

/** The bounds unless somebody says otherwise. */
export const defaultBrokerLimits: BrokerLimits = {
  connectionsMax: 10_000,
  connectionsPerTenantMax: 5_000,
  packetBytesMax: 262_144,
  topicBytesMax: 1_024,
  topicLevelsMax: 32,
  subscriptionsMax: 200,
  sessionsPerTenantMax: 2_000,
  sessionExpiryMs: 7 * 86_400_000,
  queuedMessagesMax: 1_000,
  queuedBytesPerTenantMax: 67_108_864,
  retainedPerTenantMax: 10_000,
  retainedBytesPerTenantMax: 67_108_864,
  unreleasedMax: 1_000,
  unsentBytesMax: 8_388_608,
  connectMs: 10_000,
  drainMs: 10_000,
  closeMs: 1_000,
};

/** How often sessions are looked through for those that expired. */
export const EXPIRY_CHECK_MS: DurationMs = 600_000;

/** Charged for a message that is kept beside its bytes, so that many empty ones count too. */
export const MESSAGE_OVERHEAD_BYTES = 128;
