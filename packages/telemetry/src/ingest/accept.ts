import type { IdSource, Problem } from '@fieldline/kernel';
import { fnv1a, problemOf } from '@fieldline/kernel';
import { Message } from '@fieldline/model';
import type { DataStore, MessageQueue, Partitioner, QueuedMessage, QueuePartition } from '@fieldline/ports';
import { readUplinks, type ClaimRequest, type RawUplink } from '@fieldline/protocol';
import type { ClaimOffers } from '../claim/claim-offers.js';
import { telemetryErrors } from '../errors.js';
import type { LearnedTypes } from '../learn/learned-types.js';
import { ACTIVITY_REPORT_MS } from '../limits.js';
import type { DecodedUplink, UplinkDecoder } from './decode.js';
import type { KnownSession, SessionTable } from './session-table.js';

export interface IntakeDeps {
  readonly sessions: SessionTable;
  readonly queue: MessageQueue;
  readonly store: Pick<DataStore, 'acceptedAt'>;
  readonly decoder: UplinkDecoder;
  readonly claims: Pick<ClaimOffers, 'take'>;
  readonly ids: IdSource;
  readonly partitionOf: Partitioner;
  /** Told of every telemetry message. */
  readonly learning?: Pick<LearnedTypes, 'see'> | undefined;
  /** Called when a device sent something, at most every few seconds for a session. */
  readonly onActivity?: ((session: KnownSession, atMs: number) => void) | undefined;
}

const noProblems: ReadonlyMap<number, Problem> = new Map();

/**
 * Decodes a batch of uplinks into messages and submits them, one queue batch a partition; keeps claims beside them.
 * Resolves when all are committed, with the problems by place in the uplink batch; an uplink that cannot be decoded stores
 * nothing and takes nothing else with it.
 */
export class UplinkIntake {
  readonly #deps: IntakeDeps;

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
  }

  async accept(uplinks: ArrayBuffer): Promise<ReadonlyMap<number, Problem>> {
    const gathered = this.#gather(uplinks);
    const submitted: Promise<void>[] = [];
    for (const [partition, part] of gathered.parts) {
      if (part.messages.length > 0) submitted.push(this.#submit(partition, part, gathered.problems));
    }
    if (gathered.claims.length > 0) submitted.push(this.#offer(gathered.claims, gathered.problems));
    if (submitted.length === 1) await submitted[0];
    else await Promise.all(submitted);
    return gathered.problems.size === 0 ? noProblems : gathered.problems;
  }

  async #submit(partition: QueuePartition, part: Part, problems: Map<number, Problem>): Promise<void> {
    const failures = await this.#deps.queue.enqueue({ ...partition, messages: part.messages });
    for (const [place, problem] of failures) {
      const uplink = part.uplinkOf[place];
      if (uplink !== undefined) problems.set(uplink, problem);
    }
  }

  /** One after the other, so that of two claims of a device the later one stands. */
  async #offer(claims: readonly Claim[], problems: Map<number, Problem>): Promise<void> {
    for (const { place, session, claim, receivedAtMs } of claims) {
      const problem = await this.#deps.claims.take(session, claim, receivedAtMs);
      if (problem !== undefined) problems.set(place, problem);
    }
  }

  #gather(uplinks: ArrayBuffer): { parts: Map<QueuePartition, Part>; claims: Claim[]; problems: Map<number, Problem> } {
    const problems = new Map<number, Problem>();
    const claims: Claim[] = [];
    const parts = new Map<QueuePartition, Part>();
    const { sessions, partitionOf } = this.#deps;
    let place = 0;
    for (const uplink of readUplinks(uplinks)) {
      const session = sessions.get(uplink.handle);
      if (session === undefined) {
        problems.set(place, problemOf(telemetryErrors.SESSION_UNKNOWN()));
      } else {
        if (uplink.receivedAtMs - session.notedAtMs >= ACTIVITY_REPORT_MS) this.#noteActivity(session, uplink.receivedAtMs);
        const receivedAtMs = this.#timeOf(uplink, session);
        const decoded = this.#deps.decoder.decode(uplink, session, receivedAtMs);
        if ('problem' in decoded) {
          problems.set(place, decoded.problem);
        } else if ('claim' in decoded) {
          claims.push({ place, session, claim: decoded.claim, receivedAtMs });
        } else {
          const partition = partitionOf(session.tenantId, session.deviceId, session.queueName);
          let part = parts.get(partition);
          if (part === undefined) parts.set(partition, (part = { messages: [], uplinkOf: [] }));
          this.#addMessages(part, place, uplink, session, decoded, receivedAtMs);
        }
      }
      place += 1;
    }
    return { parts, claims, problems };
  }

  #noteActivity(session: KnownSession, atMs: number): void {
    session.notedAtMs = atMs;
    this.#deps.onActivity?.(session, atMs);
  }

  /** Arrival time; of a redelivered publish, the time its first delivery was given (design.md §4). */
  #timeOf(uplink: RawUplink, session: KnownSession): number {
    if (!uplink.isRedelivery || uplink.packetId === 0) return uplink.receivedAtMs;
    const first = this.#deps.store.acceptedAt(session.deviceId, uplink.packetId, fnv1a(uplink.payload));
    return first ?? uplink.receivedAtMs;
  }

  #addMessages(part: Part, place: number, uplink: RawUplink, session: KnownSession, decoded: DecodedUplink, receivedAtMs: number): void {
    let hasBareReading = false;
    for (const reading of decoded.readings) {
      const isFirstBare = !reading.hasOwnTs && !hasBareReading;
      hasBareReading ||= !reading.hasOwnTs;
      if (decoded.messageType === 'POST_TELEMETRY_REQUEST') this.#deps.learning?.see(session, reading.data, receivedAtMs);
      const packet =
        isFirstBare && uplink.packetId !== 0
          ? { deviceId: session.deviceId as string, packetId: uplink.packetId, payloadHash: fnv1a(uplink.payload) }
          : undefined;
      const message = new Message(
        {
          tenantId: session.tenantId,
          type: decoded.messageType,
          originator: session.originator,
          customerId: session.customerId,
          tsMs: receivedAtMs,
          metadata: decoded.metadata(session, reading.tsMs),
          data: reading.data,
          text: reading.text,
        },
        this.#deps.ids,
      );
      part.messages.push({ message, ruleChainId: session.ruleChainId, packet } satisfies QueuedMessage);
      part.uplinkOf.push(place);
    }
  }
}

interface Claim {
  readonly place: number;
  readonly session: KnownSession;
  readonly claim: ClaimRequest;
  readonly receivedAtMs: number;
}

interface Part {
  readonly messages: QueuedMessage[];
  /** Place of the uplink each message came from. */
  readonly uplinkOf: number[];
}
