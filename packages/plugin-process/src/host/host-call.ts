import type { IdSource } from '@fieldline/kernel';
import type { EntityType, TenantId } from '@fieldline/model';
import { Message } from '@fieldline/model';
import type { Effect, WireMessage, WireVersion } from '../wire/frames.js';

/** Place of a message that did not come with the call. */
const MADE_HERE = -1;

type Ask = (service: string, args: readonly unknown[], effects: readonly Effect[]) => Promise<unknown>;

/** One call of the server, as the services of the node need it: its messages, and what it has done so far. */
export class HostCall {
  readonly messages: readonly Message[];
  /** The message that is being worked on, where messages are given one by one. */
  place: number | undefined;
  readonly ask: Ask;
  #isOver = false;
  #effects: Effect[] = [];
  readonly #places = new Map<string, number>();

  constructor(tenantId: string, messages: readonly WireMessage[], ids: IdSource, ask: Ask) {
    this.messages = messages.map((wire) => restored(wire, tenantId as TenantId, ids));
    this.messages.forEach(({ id }, place) => this.#places.set(id, place));
    this.ask = ask;
  }

  /** True when nobody waits for the call any more: messages that were not begun are left. */
  get isOver(): boolean {
    return this.#isOver;
  }

  end(): void {
    this.#isOver = true;
  }

  /** Does something that has no answer: it goes with the next frame. */
  effect(service: string, args: readonly unknown[], place: number | undefined = this.place): void {
    this.#effects.push({ service, args, place });
  }

  takeEffects(): readonly Effect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /** Asks and waits; what was done before is done before the question. */
  question<T>(service: string, args: readonly unknown[]): Promise<T> {
    return this.ask(service, args, this.takeEffects()) as Promise<T>;
  }

  placeOf(message: Message): number {
    const at = this.#places.get(message.id);
    if (at === undefined) return this.place ?? MADE_HERE;
    return this.messages[at] === message ? at : this.#amongTwins(message, at);
  }

  /** How a message differs from the one it came from. */
  versionOf(message: Message, at = this.placeOf(message)): WireVersion {
    const { type, originator, metadata } = message;
    const base = this.messages[at];
    if (base === undefined) return { at: MADE_HERE, type, originator, metadata, text: message.text };
    if (base === message) return { at };
    return {
      at,
      type: type === base.type ? undefined : type,
      originator: originator === base.originator ? undefined : originator,
      metadata: metadata === base.metadata ? undefined : metadata,
      text: message.originalText === base.originalText ? undefined : message.text,
    };
  }

  /** Branches of one message may meet again in one call, under one id. */
  #amongTwins(message: Message, found: number): number {
    const at = this.messages.indexOf(message);
    if (at >= 0) return at;
    return this.place !== undefined && this.messages[this.place]?.id === message.id ? this.place : found;
  }
}

function restored([id, type, entityType, entityId, customerId, tsMs, metadata, text]: WireMessage, tenantId: TenantId, ids: IdSource): Message {
  const originator = { entityType: entityType as EntityType, id: entityId };
  return new Message({ id, tenantId, type, originator, customerId: (customerId ?? undefined) as Message['customerId'], tsMs, metadata, text }, ids);
}
