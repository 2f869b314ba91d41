import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { BatchReceipt, DeviceGateway } from '@fieldline/ports';
import { UplinkBatch, type UplinkKind } from '@fieldline/protocol';
import type { MqttLimits } from './limits.js';
import type { PublishReader } from './publish-packet.js';

/** What became of a batch: the problems by place, or the one problem that everything in it has. */
export interface Outcome {
  readonly problems: ReadonlyMap<number, Problem>;
  readonly failure: Problem | undefined;
}

/** Who gets the answers to its packets, as many at a time as it gave in one turn. */
export interface Answerable {
  /** Packets and bytes given since the batch under construction began. */
  turnPackets: number;
  turnBytes: number;
  /** Answers the oldest `packets` packets. */
  settle(packets: number, bytes: number, outcome: Outcome): void;
}

export interface IntakeDeps {
  readonly gateway: Pick<DeviceGateway, 'accept' | 'isFull'>;
  readonly limits: Pick<MqttLimits, 'batchBytesMax' | 'batchesInFlightMax'>;
  /** Called when `isFull` may have ended. */
  readonly onRoom: () => void;
  readonly onRefused: (problem: Problem, packets: number) => void;
}

const noProblems: ReadonlyMap<number, Problem> = new Map();
const accepted: Outcome = { problems: noProblems, failure: undefined };

/**
 * Gathers the PUBLISH packets that all connections give in one turn of the event loop, hands them over as one
 * batch, and answers in the order in which batches were handed over, whatever order they complete in.
 */
export class UplinkIntake {
  readonly #deps: IntakeDeps;
  readonly #batch = new UplinkBatch(65_536);
  readonly #inFlight: Turn[] = [];
  #turn = new Turn();
  #isScheduled = false;
  #isAnswering = false;
  readonly #idleListeners: (() => void)[] = [];

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
  }

  /** True while nothing more may be read: the gateway is full, or the batch under construction is and cannot leave. */
  get isFull(): boolean {
    return this.#deps.gateway.isFull || this.#batch.byteLength >= this.#deps.limits.batchBytesMax;
  }

  /** Adds a packet to the batch; returns its place. The caller then calls `note`. */
  add(handle: number, kind: UplinkKind, metric: string, packet: PublishReader, bytes: Uint8Array, receivedAtMs: number): number {
    const { payloadStart, payloadEnd } = packet;
    if (metric === '') return this.#batch.addBytes(handle, kind, packet.packetId, packet.isRedelivery, receivedAtMs, bytes, payloadStart, payloadEnd);
    const { packetId, isRedelivery } = packet;
    return this.#batch.add({ handle, kind, packetId, isRedelivery, receivedAtMs, topic: metric }, bytes, payloadStart, payloadEnd);
  }

  /** Counts a packet, added or answered locally, so that its answer leaves in order. */
  note(from: Answerable, bytes: number): void {
    if (from.turnPackets === 0) this.#turn.sessions.push(from);
    from.turnPackets += 1;
    from.turnBytes += bytes;
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      setImmediate(this.#endTurn);
    }
    if (this.#batch.byteLength >= this.#deps.limits.batchBytesMax) this.flush();
  }

  /** Hands over what was gathered, unless it must wait for earlier batches or for room. */
  flush(): void {
    const { gateway, limits } = this.#deps;
    if (this.#turn.sessions.length === 0) return;
    if (this.#batch.count > 0 && (gateway.isFull || this.#inFlight.length >= limits.batchesInFlightMax)) return;
    const turn = this.#turn;
    this.#turn = new Turn();
    turn.seal();
    this.#inFlight.push(turn);
    if (this.#batch.count === 0) turn.outcome = accepted;
    else this.#handOver(turn);
    this.#answer();
  }

  /** Resolves when every packet given so far has its answer. */
  idle(): Promise<void> {
    this.flush();
    if (this.#isIdle) return Promise.resolve();
    return new Promise((resolve) => this.#idleListeners.push(resolve));
  }

  get #isIdle(): boolean {
    return this.#inFlight.length === 0 && this.#turn.sessions.length === 0;
  }

  readonly #endTurn = (): void => {
    this.#isScheduled = false;
    this.flush();
  };

  #handOver(turn: Turn): void {
    const { uplinks, count } = this.#batch.take();
    this.#deps.gateway.accept(uplinks, count).then(
      (receipt: BatchReceipt) => this.#complete(turn, receipt.problems.size === 0 ? accepted : { problems: receipt.problems, failure: undefined }),
      (error: unknown) => {
        const failure = problemOf(error);
        this.#deps.onRefused(failure, count);
        this.#complete(turn, { problems: noProblems, failure });
      },
    );
  }

  #complete(turn: Turn, outcome: Outcome): void {
    turn.outcome = outcome;
    this.#answer();
    this.flush();
    this.#deps.onRoom();
  }

  #answer(): void {
    // An answer may let a connection go on, and what that gives may end up here again; the loop below takes it in its order.
    if (this.#isAnswering) return;
    this.#isAnswering = true;
    while (this.#inFlight[0]?.outcome !== undefined) this.#inFlight.shift()?.settle();
    this.#isAnswering = false;
    if (this.#isIdle) for (const listener of this.#idleListeners.splice(0)) listener();
  }
}

/** What one turn of the event loop gave: for each connection, how many packets and bytes. */
class Turn {
  readonly sessions: Answerable[] = [];
  readonly packets: number[] = [];
  readonly bytes: number[] = [];
  outcome: Outcome | undefined;

  seal(): void {
    for (const session of this.sessions) {
      this.packets.push(session.turnPackets);
      this.bytes.push(session.turnBytes);
      session.turnPackets = 0;
      session.turnBytes = 0;
    }
  }

  settle(): void {
    const { sessions, packets, bytes, outcome } = this;
    if (outcome === undefined) return;
    for (let i = 0; i < sessions.length; i += 1) sessions[i]?.settle(packets[i] as number, bytes[i] as number, outcome);
  }
}
