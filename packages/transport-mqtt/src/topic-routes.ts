import type { PublishReader } from './publish-packet.js';
import { isTopic, routeOf, unknownRoute, type PublishRoute } from './publish-route.js';
import { Reason } from './reason-codes.js';

export interface RouteRules {
  readonly isKaaEnabled: boolean;
  readonly hasDevice: boolean;
  readonly topics: { readonly telemetry?: string | undefined; readonly attributes?: string | undefined };
  readonly topicBytesMax: number;
  readonly topicAliasMaximum: number;
}

const noTopic = new Uint8Array(0);

/**
 * Finds the route of a packet's topic. A device publishes nearly always on the topic it used last, so that one
 * is compared as bytes before any text is made. Keeps the topic aliases of an MQTT 5 session (MQTT 5 §3.3.2.3.4).
 */
export class TopicRoutes {
  readonly #rules: RouteRules;
  #lastTopic: Uint8Array = noTopic;
  #lastRoute: PublishRoute = unknownRoute;
  #aliases: Map<number, PublishRoute> | undefined;

  constructor(rules: RouteRules) {
    this.#rules = rules;
  }

  /** @returns the route, or the reason code for which the connection must be closed */
  find(bytes: Buffer, packet: PublishReader): PublishRoute | number {
    const { topicStart, topicEnd } = packet;
    if (packet.topicAlias >= 0) return this.#findAliased(bytes, packet);
    if (topicStart < topicEnd && isTopic(bytes, topicStart, topicEnd, this.#lastTopic)) return this.#lastRoute;
    return this.#lookUp(bytes, packet);
  }

  #findAliased(bytes: Buffer, packet: PublishReader): PublishRoute | number {
    const { topicAlias, topicStart, topicEnd } = packet;
    if (topicAlias === 0 || topicAlias > this.#rules.topicAliasMaximum) return Reason.topicAliasInvalid;
    if (topicStart === topicEnd) return this.#aliases?.get(topicAlias) ?? Reason.protocolError;
    const route = this.#lookUp(bytes, packet);
    if (typeof route === 'number') return route;
    this.#aliases ??= new Map();
    this.#aliases.set(topicAlias, route);
    return route;
  }

  #lookUp(bytes: Buffer, packet: PublishReader): PublishRoute | number {
    const fault = packet.checkTopic(bytes);
    if (fault !== 0) return fault;
    const { topicStart, topicEnd } = packet;
    if (topicEnd - topicStart > this.#rules.topicBytesMax) return unknownRoute;
    const route = routeOf(bytes.toString('utf8', topicStart, topicEnd), this.#rules);
    this.#lastTopic = Uint8Array.prototype.slice.call(bytes, topicStart, topicEnd);
    this.#lastRoute = route;
    return route;
  }
}
