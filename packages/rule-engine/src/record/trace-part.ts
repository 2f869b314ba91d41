import type { Message } from '@fieldline/model';
import type { TracedMessage, TraceHop, TracePart, TraceReason } from '@fieldline/ports';
import { TRACE_CHARACTERS_MAX, TRACE_HOPS_MAX, TRACE_PART_CHARACTERS_MAX } from '../limits.js';
import type { Origin } from '../run/origins.js';

/** A part of a trace that is being put together. Messages are told apart by identity: those that did not change are one. */
export class PartBuilder {
  readonly #origin: Origin;
  readonly #reason: TraceReason;
  readonly #hops: TraceHop[] = [];
  readonly #messages: TracedMessage[] = [];
  readonly #places = new Map<Message, number>();
  #characters = 0;
  #isCut = false;

  constructor(origin: Origin, reason: TraceReason) {
    this.#origin = origin;
    this.#reason = reason;
  }

  /** False where no more is taken; the part then says that it was cut. */
  get hasRoom(): boolean {
    if (this.#hops.length >= TRACE_HOPS_MAX || this.#characters >= TRACE_PART_CHARACTERS_MAX) this.#isCut = true;
    return !this.#isCut;
  }

  cut(): void {
    this.#isCut = true;
  }

  add(hop: TraceHop): void {
    this.#hops.push(hop);
    this.#characters += hop.error?.message.length ?? 0;
  }

  /** Place of a message in the part. */
  message(message: Message): number {
    const known = this.#places.get(message);
    if (known !== undefined) return known;
    const place = this.#messages.length;
    this.#places.set(message, place);
    const traced = tracedMessage(message);
    this.#messages.push(traced);
    this.#characters += traced.metadata.length + traced.data.length;
    return place;
  }

  /** The part; undefined where it says nothing: the message only waits on, or came to no node. */
  finish(nowMs: number, hasFailed: boolean): Omit<TracePart, 'id'> | undefined {
    const { traceId, message, ruleChainId, isStart } = this.#origin;
    const { tenantId, originator, type: messageType } = message;
    const hops = this.#hops;
    const [first] = hops;
    if (first === undefined || hops.every(({ outcome }) => outcome === 'deferred')) return undefined;
    const about = { tenantId, traceId, originator, messageType, ruleChainId: ruleChainId ?? first.at.ruleChainId, startedAtMs: nowMs };
    return { ...about, reason: this.#reason, hasFailed, isStart, isCut: this.#isCut, hops, messages: this.#messages };
  }
}

function tracedMessage(message: Message): TracedMessage {
  const { id, type, originator } = message;
  const metadata = JSON.stringify(message.metadata);
  const data = message.text;
  const isCut = Math.max(metadata.length, data.length) > TRACE_CHARACTERS_MAX;
  return { id, type, originator, metadata: cutText(metadata), data: cutText(data), ...(isCut ? { isCut } : {}) };
}

export const cutText = (text: string): string => text.slice(0, TRACE_CHARACTERS_MAX);
