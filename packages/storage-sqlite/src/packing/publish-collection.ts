import { PUBLISHES_KEPT } from '../limits.js';
import { logBodyOf, pointsOfLogBody } from '../log/log-body.js';
import { PointDecoder } from '../log/point-decoder.js';
import { encodingBuffer, PointEncoder } from '../log/point-encoder.js';

interface Publish {
  readonly entityNumber: number;
  readonly packetId: number;
  readonly payloadHash: number;
  readonly tsMs: number;
}

/** The newest remembered publishes of log rows that are packed. */
export class PublishCollection {
  #publishes: Publish[] = [];

  get isEmpty(): boolean {
    return this.#publishes.length === 0;
  }

  /** Adds one that is newer than those before. */
  add({ entityNumber, packetId, payloadHash, tsMs }: Publish): void {
    this.#publishes.push({ entityNumber, packetId, payloadHash, tsMs });
    if (this.#publishes.length >= 2 * PUBLISHES_KEPT) this.#publishes = this.#publishes.slice(-PUBLISHES_KEPT);
  }

  /** Adds those of `body`, but for what `isLeftOut` says. Of one that is damaged nothing: it only serves devices that repeat themselves. */
  addBody(body: Uint8Array, isLeftOut: (entityNumber: number) => boolean): void {
    const publishes = pointsOfLogBody(body);
    if (!(publishes instanceof Uint8Array)) return;
    const decoder = new PointDecoder(publishes);
    while (decoder.next()) if (!isLeftOut(decoder.entityNumber)) this.add(decoder);
  }

  addAll(later: PublishCollection): void {
    for (const publish of later.#publishes) this.add(publish);
  }

  /** Those that are kept, in the form of a log row. */
  body(): Uint8Array {
    const encoder = new PointEncoder(encodingBuffer());
    for (const { entityNumber, packetId, payloadHash, tsMs } of this.#publishes.slice(-PUBLISHES_KEPT)) {
      encoder.packet(entityNumber, packetId, payloadHash, tsMs);
    }
    return logBodyOf([encoder.written]);
  }
}
