import type { Message } from '@fieldline/model';
import type { HandOver, MessageRecorder, QueuedMessage, TraceReason } from '@fieldline/ports';

/** Where the messages at one place of a batch come from. */
export interface Origin {
  /** Id of the message from outside. */
  readonly traceId: string;
  readonly message: Pick<Message, 'type' | 'originator' | 'tenantId'>;
  /** Chain in which they began, where that is known. */
  readonly ruleChainId: string | undefined;
  /** True where they came from outside with this batch. */
  readonly isStart: boolean;
}

/** Why messages of a pack are traced: asked with its first attempt, kept for the others. */
export type Wanted = Map<number, TraceReason | undefined>;

/** Where each message of a batch came from, by place, and whether its path is recorded. Made to cost nothing for most. */
export class Origins {
  #traced: Map<number, TraceReason> | undefined;
  #failed: Set<number> | undefined;
  #queued: readonly QueuedMessage[] | undefined;
  #works: HandOver[] | undefined;
  #ticked: Message | undefined;
  #isRetry = false;

  /** Notes that messages came from outside; `asked` follows for each of them. */
  entering(messages: readonly QueuedMessage[]): void {
    this.#queued = messages;
  }

  /** Asks whether the path of a message that just entered shall be recorded. */
  ask(recorder: MessageRecorder, place: number, message: Message, nowMs: number, wanted: Wanted | undefined): void {
    const isRetry = wanted?.has(place) === true;
    const reason = isRetry ? wanted?.get(place) : recorder.wants(message, nowMs);
    if (isRetry) this.#isRetry = true;
    else wanted?.set(place, reason);
    if (reason !== undefined) this.#trace(place, reason);
  }

  /** Notes that a message goes on that was handed over. */
  resumed(place: number, work: HandOver): void {
    this.#works ??= [];
    this.#works[place] = work;
    if (work.traceReason !== undefined) this.#trace(place, work.traceReason);
  }

  /** Notes what a tick made; the first message of it stands for all. */
  ticked(message: Message, recorder: MessageRecorder | undefined, nowMs: number): void {
    if (this.#ticked !== undefined) return;
    this.#ticked = message;
    const reason = recorder?.wants(message, nowMs);
    if (reason !== undefined) this.#trace(0, reason);
  }

  failed(place: number): void {
    this.#failed ??= new Set();
    this.#failed.add(place);
  }

  /** Places whose path is recorded from the start. */
  get traced(): ReadonlyMap<number, TraceReason> {
    return this.#traced ?? none;
  }

  /** Places of messages that failed, or were sent to Failure. */
  get failures(): ReadonlySet<number> {
    return this.#failed ?? nowhere;
  }

  /** Where the messages at a place come from; undefined only for a tick that made none. */
  at(place: number): Origin | undefined {
    const work = this.#works?.[place];
    if (work !== undefined) {
      const { message, traceId = message.id, at } = work;
      return { traceId, message: message, ruleChainId: at.ruleChainId, isStart: false };
    }
    const queued = this.#queued?.[place];
    const message = queued?.message ?? this.#ticked;
    return message === undefined ? undefined : { traceId: message.id, message, ruleChainId: queued?.ruleChainId, isStart: !this.#isRetry };
  }

  /** How what is left to do for a message says to which trace it belongs. */
  marks(place: number, messageId: string): Pick<HandOver, 'traceId' | 'traceReason'> {
    const traceId = this.at(place)?.traceId ?? messageId;
    const traceReason = this.#traced?.get(place);
    return { ...(traceId === messageId ? {} : { traceId }), ...(traceReason === undefined ? {} : { traceReason }) };
  }

  #trace(place: number, reason: TraceReason): void {
    this.#traced ??= new Map();
    this.#traced.set(place, reason);
  }
}

const none: ReadonlyMap<number, TraceReason> = new Map();
const nowhere: ReadonlySet<number> = new Set();
