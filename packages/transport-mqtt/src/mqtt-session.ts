import type { Problem } from '@fieldline/kernel';
import type { DeviceId } from '@fieldline/model';
import { AnswerQueue } from './answer-queue.js';
import type { Attachment } from './attachment.js';
import type { ConnectRequest } from './connect-request.js';
import { ControlAnswers } from './control-answers.js';
import { KaaIntake } from './kaa-intake.js';
import { PACKET_OVERHEAD_BYTES } from './limits.js';
import { profileOptionsOf, type ProfileOptions } from './profile-options.js';
import type { PublishRoute } from './publish-route.js';
import { Reason } from './reason-codes.js';
import { SentWindow } from './sent-window.js';
import { Stall, type SessionContext, type SessionLink } from './session-context.js';
import { TopicRoutes } from './topic-routes.js';
import type { Answerable, Outcome } from './uplink-intake.js';

/**
 * A session between CONNECT and the end of the connection: of one device, or (without `attachment`) of 1/KP
 * endpoints only. Takes PUBLISH packets in order of arrival and answers them in that order.
 */
export class MqttSession implements Answerable {
  readonly request: ConnectRequest;
  turnPackets = 0;
  turnBytes = 0;
  readonly #context: SessionContext;
  readonly #link: SessionLink;
  readonly #attachment: Attachment | undefined;
  readonly #options: ProfileOptions | undefined;
  readonly #isVersion5: boolean;
  readonly #routes: TopicRoutes;
  readonly #control: ControlAnswers;
  readonly #kaa: KaaIntake;
  readonly #queue = new AnswerQueue();
  #unansweredIds = 0;
  #unansweredBytes = 0;

  constructor(request: ConnectRequest, context: SessionContext, link: SessionLink, attachment: Attachment | undefined) {
    const { limits, isKaaEnabled } = context;
    this.request = request;
    this.#context = context;
    this.#link = link;
    this.#attachment = attachment;
    this.#options = attachment && profileOptionsOf(attachment.device.profile);
    this.#isVersion5 = request.version === 5;
    const hasDevice = attachment !== undefined;
    const { topicBytesMax, topicAliasMaximum, subscriptionsMax } = limits;
    this.#routes = new TopicRoutes({ isKaaEnabled, hasDevice, topics: this.#options?.topics ?? {}, topicBytesMax, topicAliasMaximum });
    const sent = new SentWindow(Math.min(limits.sentUnansweredMax, request.receiveMaximum));
    const customAttributes = this.#options?.attributesSubscribe;
    const rules = { isVersion5: this.#isVersion5, isKaaEnabled, hasDevice, customAttributes, subscriptionsMax };
    this.#control = new ControlAnswers(request, link, sent, rules);
    this.#kaa = new KaaIntake(context, sent, request, attachment?.device.tenantId);
  }

  get deviceId(): DeviceId | undefined {
    return this.#attachment?.device.deviceId;
  }

  /** Takes a PUBLISH; `at`, `body` and `end` as in `PacketSink`. */
  publish(bytes: Buffer, at: number, body: number, end: number): void {
    const { packet, stats, limits } = this.#context;
    const fault = packet.read(bytes, at, body, end, this.#isVersion5);
    const route = fault === 0 ? this.#routes.find(bytes, packet) : fault;
    if (typeof route === 'number') {
      stats.malformedPackets += 1;
      this.#link.close(route);
      return;
    }
    if (packet.packetId !== 0 && this.#isVersion5 && this.#unansweredIds >= limits.receiveMaximum) {
      this.#link.close(Reason.receiveMaximumExceeded);
      return;
    }
    const isTaken = route.isKaa ? this.#publishKaa(route, bytes, at, body, end) : this.#publishUpload(route, bytes);
    if (!isTaken) return;
    stats.publishesReceived += 1;
    if (packet.packetId !== 0) this.#unansweredIds += 1;
    const size = end - at + PACKET_OVERHEAD_BYTES;
    this.#unansweredBytes += size;
    if (this.#unansweredBytes > limits.unansweredBytesMax) this.#link.stall(Stall.unanswered);
    this.#context.intake.note(this, size);
  }

  /** Takes any other packet. */
  control(bytes: Buffer, at: number, body: number, end: number): void {
    const fault = this.#control.answer(bytes, at, body, end);
    if (fault === undefined) {
      // A ping or a subscription says that the device is there.
      if (this.#attachment !== undefined && !this.#link.isClosed) this.#context.gateway.seen(this.#attachment.device);
      return;
    }
    this.#context.stats.malformedPackets += 1;
    this.#link.close(fault.reason);
  }

  settle(packets: number, bytes: number, outcome: Outcome): void {
    const queue = this.#queue;
    const { failure, problems } = outcome;
    const isClean = failure === undefined && problems.size === 0;
    for (let i = 0; i < packets; i += 1) {
      queue.take();
      if (queue.packetId !== 0) this.#unansweredIds -= 1;
      this.#answer(isClean || queue.isLocal ? undefined : (failure ?? problems.get(queue.place)));
    }
    this.#flush();
    this.#unansweredBytes -= bytes;
    if (this.#unansweredBytes <= this.#context.limits.unansweredBytesMax / 2) this.#link.resume(Stall.unanswered);
  }

  /** A device lost its credentials: closes its session, or forgets it as an endpoint. */
  revoke(deviceId: DeviceId): void {
    this.#kaa.forget(deviceId);
    if (deviceId === this.deviceId) this.#link.close(Reason.administrativeAction);
  }

  /** The connection is gone; answers may still come in, but nothing is given any more. */
  end(): void {
    this.#attachment?.release();
    this.#kaa.close();
  }

  #publishUpload(route: PublishRoute, bytes: Buffer): boolean {
    const { packet, intake, stats, readAtMs } = this.#context;
    const attachment = this.#attachment;
    if (attachment === undefined) {
      // A 1/KP-only connection stays under kp1/ (design.md §3).
      this.#link.close(Reason.topicNameInvalid);
      return false;
    }
    if (route.kind === 0) {
      stats.unknownTopics += 1;
      this.#queue.pushLocal(packet.packetId, Reason.topicNameInvalid, false);
      return true;
    }
    attachment.given();
    this.#queue.pushUplink(intake.add(attachment.device.handle, route.kind, '', packet, bytes, readAtMs), packet.packetId, false);
    return true;
  }

  #publishKaa(route: PublishRoute, bytes: Buffer, at: number, body: number, end: number): boolean {
    const lookUp = this.#kaa.publish(route, bytes, this.#queue);
    if (lookUp === undefined) return true;
    // The packet waits, and with it the connection: what follows may not overtake it.
    const waiting = Buffer.from(bytes.subarray(at, end));
    this.#link.stall(Stall.lookUp);
    void lookUp.then(() => {
      if (!this.#link.isClosed) this.publish(waiting, 0, body - at, waiting.length);
      this.#link.resume(Stall.lookUp);
    });
    return false;
  }

  /** Answers the packet just taken from the queue. */
  #answer(problem: Problem | undefined): void {
    const { packetId, isKaa, isLocal, reason } = this.#queue;
    const { replies, stats } = this.#context;
    if (!isLocal) {
      if (problem === undefined) stats.uplinksStored += 1;
      else if (problem.retry === 'later') stats.uplinksUnanswered += 1;
      else stats.uplinksRefused += 1;
      if (!isKaa) this.#attachment?.answered();
    }
    const refusal = isKaa ? this.#kaa.answer(problem, replies, this.#link.isClosed) : problem;
    if (this.#link.isClosed) return;
    if (refusal === undefined) {
      if (packetId !== 0) replies.puback(packetId, reason, this.#isVersion5);
    } else if (refusal.kind !== 'invalid-input') {
      if (!isKaa || packetId !== 0) this.#closeAfterAnswers(Reason.implementationError);
    } else if (packetId !== 0 && (this.#isVersion5 || this.#options?.acknowledgesInvalid === true)) {
      replies.puback(packetId, Reason.payloadFormatInvalid, this.#isVersion5);
    } else this.#closeAfterAnswers(Reason.payloadFormatInvalid);
  }

  #closeAfterAnswers(reason: number): void {
    this.#flush();
    this.#link.close(reason);
  }

  #flush(): void {
    const bytes = this.#context.replies.take();
    if (bytes !== undefined) this.#link.write(bytes);
  }
}
