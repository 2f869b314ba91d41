import type { EpochMs } from '@fieldline/kernel';
import type { DeviceGateway } from '@fieldline/ports';
import type { MqttStats } from './counters.js';
import type { MqttLimits } from './limits.js';
import type { PublishReader } from './publish-packet.js';
import type { ReplyBuffer } from './reply-buffer.js';
import type { UplinkIntake } from './uplink-intake.js';

/** What all connections of an endpoint share. */
export interface SessionContext {
  readonly gateway: DeviceGateway;
  readonly intake: UplinkIntake;
  readonly limits: MqttLimits;
  readonly stats: MqttStats;
  readonly isKaaEnabled: boolean;
  readonly isKaaRelaxed: boolean;
  /** Scratch of the packet under the reader's eyes; never kept across packets. */
  readonly packet: PublishReader;
  /** Scratch of the answers to one connection; empty between connections. */
  readonly replies: ReplyBuffer;
  /** When the chunk that is being read arrived. */
  readAtMs: EpochMs;
  /** Monotonic time of the last sweep: all that silence is measured with. */
  sweptAtMs: number;
}

/** Why a connection is not read for a while. */
export const Stall = { unanswered: 1, intakeFull: 2, unsent: 4, lookUp: 8, draining: 16, early: 32 } as const;

/** The connection as its session sees it. */
export interface SessionLink {
  /** True when nothing can be sent any more. */
  readonly isClosed: boolean;
  write(bytes: Buffer): void;
  /** Ends the connection; an MQTT 5 client is told the reason. */
  close(reason: number): void;
  /** Ends the connection without a word, as the client asked. */
  closeQuietly(): void;
  /** Stops reading for one more cause; reading goes on when every cause has been resumed. */
  stall(cause: number): void;
  resume(cause: number): void;
}
