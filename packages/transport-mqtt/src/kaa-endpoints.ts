import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { DeviceId } from '@fieldline/model';
import type { DeviceGateway } from '@fieldline/ports';
import type { KaaTopic } from '@fieldline/protocol';
import { Attachment } from './attachment.js';

/**
 * The 1/KP endpoints that speak over one connection. Each is authenticated by the token of its first topic and
 * remembered; beyond the limit the one unused for longest is forgotten and authenticated anew when it speaks.
 */
export class KaaEndpoints {
  readonly #gateway: DeviceGateway;
  readonly #endpointsMax: number;
  readonly #known = new Map<string, Attachment>();
  #refused: { readonly key: string; readonly problem: Problem } | undefined;
  #isClosed = false;

  constructor(gateway: DeviceGateway, endpointsMax: number) {
    this.#gateway = gateway;
    this.#endpointsMax = endpointsMax;
  }

  /** The endpoint of a topic, or why there is none; undefined until `lookUp` has run for it. */
  find(topic: KaaTopic): Attachment | Problem | undefined {
    const key = keyOf(topic);
    const known = this.#known.get(key);
    if (known !== undefined) {
      // Last in the map means used last.
      if (this.#known.size > 1) {
        this.#known.delete(key);
        this.#known.set(key, known);
      }
      return known;
    }
    if (this.#refused?.key !== key) return undefined;
    // A refusal holds for the one packet that waited for it: the token may be activated the next moment.
    const { problem } = this.#refused;
    this.#refused = undefined;
    return problem;
  }

  /** Asks the gateway; afterwards `find` knows. Never rejects. */
  async lookUp(topic: KaaTopic): Promise<void> {
    const key = keyOf(topic);
    try {
      const found = await this.#gateway.authenticate({ kind: 'kaa-token', appVersion: topic.appVersion, token: topic.token }, 'MQTT');
      if (!('handle' in found)) this.#refused = { key, problem: found };
      else this.#remember(key, new Attachment(found, this.#gateway));
    } catch (error) {
      this.#refused = { key, problem: problemOf(error) };
    }
  }

  /** Forgets a device whose token was revoked, or which is gone. */
  forget(deviceId: DeviceId): void {
    for (const [key, endpoint] of this.#known) {
      if (endpoint.device.deviceId !== deviceId) continue;
      this.#known.delete(key);
      endpoint.release();
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const endpoint of this.#known.values()) endpoint.release();
    this.#known.clear();
  }

  #remember(key: string, endpoint: Attachment): void {
    if (this.#isClosed) {
      endpoint.release();
      return;
    }
    this.#known.set(key, endpoint);
    if (this.#known.size <= this.#endpointsMax) return;
    const [oldest] = this.#known;
    if (oldest === undefined) return;
    this.#known.delete(oldest[0]);
    oldest[1].release();
  }
}

/** Neither part can hold a slash, so the pair is unambiguous. */
function keyOf(topic: KaaTopic): string {
  return `${topic.appVersion}/${topic.token}`;
}
