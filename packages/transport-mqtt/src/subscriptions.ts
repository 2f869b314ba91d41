import { downlinkKindOf, isKaaTopic, isTopicFilter } from '@fieldline/protocol';
import type { ISubscribePacket } from 'mqtt-packet';
import { Reason, SUBSCRIBE_FAILURE } from './reason-codes.js';

export interface SubscriptionRules {
  readonly isVersion5: boolean;
  readonly isKaaEnabled: boolean;
  /** False for a 1/KP-only connection: no device, so nothing outside `kp1/`. */
  readonly hasDevice: boolean;
  /** Custom filter of the profile for attribute pushes. */
  readonly customAttributes: string | undefined;
  readonly subscriptionsMax: number;
}

/** The filters of one session and the quality of service granted to each (device-api.md §3.8). */
export class Subscriptions {
  readonly #rules: SubscriptionRules;
  #granted: Map<string, number> | undefined;

  constructor(rules: SubscriptionRules) {
    this.#rules = rules;
  }

  /** One code a filter: the granted QoS, which is 0 or 1, or why not. */
  subscribe(asked: ISubscribePacket['subscriptions']): number[] {
    return asked.map(({ topic, qos }) => this.#subscribe(topic, Math.min(qos, 1)));
  }

  /** One code a filter; only MQTT 5 clients get to see them. */
  unsubscribe(filters: readonly string[]): number[] {
    return filters.map((filter) => {
      if (this.#isKaa(filter)) return Reason.success;
      return this.#granted?.delete(filter) === true ? Reason.success : Reason.noSubscription;
    });
  }

  #subscribe(filter: string, qos: number): number {
    const { isVersion5, subscriptionsMax } = this.#rules;
    if (!this.#isAccepted(filter)) return isVersion5 ? Reason.topicFilterInvalid : SUBSCRIBE_FAILURE;
    // 1/KP speaks to an endpoint whether it subscribed or not, so there is nothing to record (kaa.md §2.3).
    if (this.#isKaa(filter)) return qos;
    this.#granted ??= new Map();
    if (!this.#granted.has(filter) && this.#granted.size >= subscriptionsMax) return isVersion5 ? Reason.quotaExceeded : SUBSCRIBE_FAILURE;
    this.#granted.set(filter, qos);
    return qos;
  }

  #isAccepted(filter: string): boolean {
    if (this.#isKaa(filter)) return isTopicFilter(filter);
    return this.#rules.hasDevice && downlinkKindOf(filter, this.#rules.customAttributes) !== undefined;
  }

  #isKaa(filter: string): boolean {
    return this.#rules.isKaaEnabled && isKaaTopic(filter);
  }
}
