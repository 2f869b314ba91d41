import type { Problem } from '@fieldline/kernel';
import { kaaErrorPayload, kaaErrorTopic, kaaStatusCode, kaaStatusTopic } from '@fieldline/protocol';
import type { Attachment } from './attachment.js';
import { encodePublish } from './reply-buffer.js';
import type { SentWindow } from './sent-window.js';

/** A 1/KP request that waits for its answer. */
export interface KaaRequest {
  /** Topic of the request, to which the suffix of the answer is appended. */
  readonly topic: string;
  readonly hasId: boolean;
  readonly qos: number;
  /** Set where the request was refused before it reached the gateway. */
  readonly problem: Problem | undefined;
  /** Who asked; undefined where that is not known. */
  readonly endpoint: Attachment | undefined;
}

/**
 * The unanswered 1/KP requests of a connection, in order, and what is published for each (kaa.md §2.2): with an
 * id always something, without one only a failure.
 */
export class KaaReplies {
  readonly #waiting: KaaRequest[] = [];
  readonly #sent: SentWindow;
  readonly #version: number;

  constructor(sent: SentWindow, version: number) {
    this.#sent = sent;
    this.#version = version;
  }

  push(request: KaaRequest): void {
    this.#waiting.push(request);
  }

  take(): KaaRequest | undefined {
    return this.#waiting.shift();
  }

  /** The PUBLISH that answers, with the quality of service of the request where the client's window allows. */
  encode(request: KaaRequest, problem: Problem | undefined): Buffer | undefined {
    if (problem === undefined && !request.hasId) return undefined;
    const packetId = request.qos === 0 ? 0 : this.#sent.next();
    const { topic } = request;
    if (problem === undefined) return encodePublish({ topic: kaaStatusTopic(topic), payload: '', packetId }, this.#version);
    const payload = kaaErrorPayload(kaaStatusCode(problem), problem.message);
    return encodePublish({ topic: kaaErrorTopic(topic), payload, packetId }, this.#version);
  }
}
