import type { DurationMs } from '@fieldline/kernel';

/** Every bound of the MQTT device endpoint. */
export interface MqttLimits {
  /** Open sockets; one more is closed at once. A connection costs about 10 kB idle, so this stays near 200 MB. */
  readonly connectionsMax: number;
  /** Remaining length of a packet (device-api.md §14); a longer one closes the connection with 0x81. */
  readonly packetBytesMax: number;
  /** Packets kept while the credentials are looked up (device-api.md §3.4); one more closes the connection with 0x97. */
  readonly earlyPacketsMax: number;
  /** Bytes kept in that time; beyond them the socket is not read, because nobody has proved yet who they are. */
  readonly earlyBytesMax: number;
  /** Bytes of one connection that are handed on and not yet answered; beyond them it is not read. */
  readonly unansweredBytesMax: number;
  /** Bytes of a batch at which it is handed on before the turn of the event loop ends. */
  readonly batchBytesMax: number;
  /**
   * Batches under way; while so many are, the next one grows instead. Enough that each thread has one to work on;
   * more makes them small (measured with clients that write each message by itself: 45 messages a batch at 16, 140 at 4).
   */
  readonly batchesInFlightMax: number;
  /** Unanswered QoS 1 packets an MQTT 5 client may have; it is told so, and one more closes it with 0x93. */
  readonly receiveMaximum: number;
  /** Topic aliases of an MQTT 5 client. Each keeps one topic, so this times `topicBytesMax` is what they may cost. */
  readonly topicAliasMaximum: number;
  /** Longest topic that is looked at; a longer one is an unknown topic. No known topic comes near. */
  readonly topicBytesMax: number;
  /** Filters recorded for a session. The fixed list has 31; the rest is for the custom filter of a profile. */
  readonly subscriptionsMax: number;
  /** 1/KP endpoints remembered by a connection; the one unused for longest is forgotten and looked up anew. */
  readonly endpointsMax: number;
  /** Unanswered QoS 1 packets sent to a client; beyond them answers go out with QoS 0. */
  readonly sentUnansweredMax: number;
  /** Bytes waiting in a socket's write queue; beyond them the connection is not read until it has taken them. */
  readonly unsentBytesMax: number;
  /** Time for a CONNECT to arrive and to be answered; a half-open socket is cut after it. */
  readonly connectMs: DurationMs;
  /** Silence after which a session ends, keep-alive or not (device-api.md §3.6). */
  readonly inactivityMs: DurationMs;
  /** Time a closing connection gets to take its last bytes (device-api.md §3.6). */
  readonly closeMs: DurationMs;
  /** Connections that are read again in one turn after the intake was full. Small, so that each gets its share. */
  readonly resumedPerTurn: number;
}

/** The bounds unless the settings say otherwise. */
export const defaultMqttLimits: MqttLimits = {
  connectionsMax: 20_000,
  packetBytesMax: 65_536,
  earlyPacketsMax: 100,
  earlyBytesMax: 65_536,
  unansweredBytesMax: 262_144,
  batchBytesMax: 1_048_576,
  batchesInFlightMax: 4,
  receiveMaximum: 1_024,
  topicAliasMaximum: 32,
  topicBytesMax: 1_024,
  subscriptionsMax: 64,
  endpointsMax: 1_000,
  sentUnansweredMax: 64,
  unsentBytesMax: 65_536,
  connectMs: 10_000,
  inactivityMs: 600_000,
  closeMs: 1_000,
  resumedPerTurn: 64,
};

/** How often connections are checked for silence; what a keep-alive may be exceeded by. */
export const SWEEP_MS: DurationMs = 250;

/** Charged for a packet beside its bytes, so that many empty packets count too. */
export const PACKET_OVERHEAD_BYTES = 32;
