import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { DeviceId, TenantId } from '@fieldline/model';
import { isKaaAnswer, kaaUplinkOf, type KaaTopic } from '@fieldline/protocol';
import type { AnswerQueue } from './answer-queue.js';
import type { Attachment } from './attachment.js';
import type { ConnectRequest } from './connect-request.js';
import { mqttErrors } from './errors.js';
import { KaaEndpoints } from './kaa-endpoints.js';
import { KaaReplies } from './kaa-replies.js';
import type { PublishRoute } from './publish-route.js';
import { Reason } from './reason-codes.js';
import type { ReplyBuffer } from './reply-buffer.js';
import type { SentWindow } from './sent-window.js';
import type { SessionContext } from './session-context.js';

/** The 1/KP side of a connection: endpoints by token, and an answer on the topic of the request (kaa.md §2). */
export class KaaIntake {
  readonly #context: SessionContext;
  readonly #request: ConnectRequest;
  readonly #sent: SentWindow;
  /** Tenant of the device that holds the connection; its endpoints must be of the same. */
  readonly #tenantId: TenantId | undefined;
  // Made with the first 1/KP topic: most connections never see one.
  #endpoints: KaaEndpoints | undefined;
  #replies: KaaReplies | undefined;

  constructor(context: SessionContext, sent: SentWindow, request: ConnectRequest, tenantId: TenantId | undefined) {
    this.#context = context;
    this.#sent = sent;
    this.#request = request;
    this.#tenantId = tenantId;
  }

  /** Queues the packet that was just read; returns a promise where it must be tried again after that. */
  publish(route: PublishRoute, bytes: Buffer, queue: AnswerQueue): Promise<void> | undefined {
    const { packet, stats } = this.#context;
    const request = route.kaa;
    if (request === undefined || isKaaAnswer(route.kaaTopic)) {
      // Malformed topics and answers published by a client are ignored (kaa.md §2.7).
      stats.unknownTopics += 1;
      queue.pushLocal(packet.packetId, Reason.topicNameInvalid, false);
      return undefined;
    }
    const uplink = request.extension === 'dcx' ? kaaUplinkOf(request.resource, this.#context.isKaaRelaxed) : undefined;
    if (uplink === undefined) {
      stats.unknownTopics += 1;
      const problem = request.extension === 'dcx' ? mqttErrors.RESOURCE_UNKNOWN() : mqttErrors.EXTENSION_UNKNOWN();
      this.#refuse(route, request, problemOf(problem), queue);
      return undefined;
    }
    const endpoints = this.#knownEndpoints();
    const endpoint = endpoints.find(request);
    if (endpoint === undefined) return endpoints.lookUp(request);
    if (!('device' in endpoint)) this.#refuse(route, request, endpoint, queue);
    else if (this.#tenantId !== undefined && endpoint.device.tenantId !== this.#tenantId) {
      this.#refuse(route, request, problemOf(mqttErrors.TENANT_MISMATCH()), queue);
    } else {
      const place = this.#context.intake.add(endpoint.device.handle, uplink.kind, uplink.metric, packet, bytes, this.#context.readAtMs);
      endpoint.given();
      this.#expect(route, request, { endpoint });
      queue.pushUplink(place, packet.packetId, true);
    }
    return undefined;
  }

  /**
   * Publishes the answer to the oldest request. A refusal is an answer, so the packet is acknowledged beside it;
   * what could not be stored is not, and is returned (kaa.md §2.4, design.md §4).
   */
  answer(problem: Problem | undefined, into: ReplyBuffer, isClosed: boolean): Problem | undefined {
    const request = this.#replies?.take();
    if (request === undefined) return problem;
    request.endpoint?.answered();
    if (isClosed) return undefined;
    const answer = this.#replies?.encode(request, request.problem ?? problem);
    if (answer !== undefined) {
      if (answer.length <= this.#request.packetBytesMax) into.raw(answer);
      else this.#context.stats.repliesDropped += 1;
    }
    return problem?.retry === 'later' ? problem : undefined;
  }

  forget(deviceId: DeviceId): void {
    this.#endpoints?.forget(deviceId);
  }

  close(): void {
    this.#endpoints?.close();
  }

  #refuse(route: PublishRoute, request: KaaTopic, problem: Problem, queue: AnswerQueue): void {
    this.#expect(route, request, { problem });
    queue.pushLocal(this.#context.packet.packetId, Reason.success, true);
  }

  #expect(route: PublishRoute, request: KaaTopic, known: { problem?: Problem; endpoint?: Attachment }): void {
    this.#replies ??= new KaaReplies(this.#sent, this.#request.version);
    this.#replies.push({
      topic: route.kaaTopic,
      hasId: request.requestId !== undefined,
      qos: Math.min(this.#context.packet.qos, 1),
      problem: known.problem,
      endpoint: known.endpoint,
    });
  }

  #knownEndpoints(): KaaEndpoints {
    return (this.#endpoints ??= new KaaEndpoints(this.#context.gateway, this.#context.limits.endpointsMax));
  }
}
