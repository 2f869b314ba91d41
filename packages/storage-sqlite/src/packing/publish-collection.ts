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

/** Numbers of one publish in the ring. */
const WIDTH = 4;

/** The newest remembered publishes of log rows that are packed: a ring of numbers, because they are many and most of them soon give way. */
export class PublishCollection {
  #ring = new Float64Array(WIDTH * 16);
  /** All that were ever added: the next one goes to this place, modulo those that are kept. */
  #added = 0;

  get isEmpty(): boolean {
    return this.#added === 0;
  }

  /** Adds one that is newer than those before. */
  add({ entityNumber, packetId, payloadHash, tsMs }: Publish): void {
    const at = WIDTH * (this.#added % PUBLISHES_KEPT);
    if (at === this.#ring.length) this.#grow();
    const ring = this.#ring;
    ring[at] = entityNumber;
    ring[at + 1] = packetId;
    ring[at + 2] = payloadHash;
    ring[at + 3] = tsMs;
    this.#added += 1;
  }

  /** Adds those of `body`, but for what `isLeftOut` says. Of one that is damaged no more than is readable: it only serves devices that repeat themselves. */
  addBody(body: Uint8Array, isLeftOut: (entityNumber: number) => boolean): void {
    const publishes = pointsOfLogBody(body);
    if (!(publishes instanceof Uint8Array)) return;
    const decoder = new PointDecoder(publishes);
    try {
      while (decoder.next()) if (!isLeftOut(decoder.entityNumber)) this.add(decoder);
    } catch (error) {
      // Its checksum is right and its content is not: what came before that is kept.
      if (!(error instanceof RangeError)) throw error;
    }
  }

  addAll(later: PublishCollection): void {
    for (const publish of later.#kept()) this.add(publish);
  }

  /** Those that are kept, in the form of a log row. */
  body(): Uint8Array {
    const encoder = new PointEncoder(encodingBuffer());
    for (const { entityNumber, packetId, payloadHash, tsMs } of this.#kept()) encoder.packet(entityNumber, packetId, payloadHash, tsMs);
    return logBodyOf([encoder.written]);
  }

  /** The oldest first. */
  *#kept(): Generator<Publish> {
    const ring = this.#ring;
    for (let n = Math.max(0, this.#added - PUBLISHES_KEPT); n < this.#added; n += 1) {
      const at = WIDTH * (n % PUBLISHES_KEPT);
      const [entityNumber, packetId] = [ring[at] as number, ring[at + 1] as number];
      yield { entityNumber, packetId, payloadHash: ring[at + 2] as number, tsMs: ring[at + 3] as number };
    }
  }

  #grow(): void {
    const ring = new Float64Array(Math.min(2 * this.#ring.length, WIDTH * PUBLISHES_KEPT));
    ring.set(this.#ring);
    this.#ring = ring;
  }
}
