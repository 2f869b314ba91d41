// Goal: of remembered publishes the newest are kept, in their order, however many there were. Method: collections read back from their body.
import { expect, test } from 'vitest';
import { PUBLISHES_KEPT } from '../limits.js';
import { pointsOfLogBody } from '../log/log-body.js';
import { PointDecoder } from '../log/point-decoder.js';
import { PublishCollection } from './publish-collection.js';

const publish = (n: number) => ({ entityNumber: n, packetId: n % 65_536, payloadHash: (n * 2_654_435_761) >>> 0, tsMs: 1_700_000_000_000 + n });

function collectionOf(from: number, to: number): PublishCollection {
  const collection = new PublishCollection();
  for (let n = from; n < to; n += 1) collection.add(publish(n));
  return collection;
}

function keptIn(collection: PublishCollection) {
  const decoder = new PointDecoder(pointsOfLogBody(collection.body()) as Uint8Array);
  const kept = [];
  while (decoder.next()) {
    const { entityNumber, packetId, payloadHash, tsMs } = decoder;
    kept.push({ entityNumber, packetId, payloadHash, tsMs });
  }
  return kept;
}

test.each([0, 1, 17, PUBLISHES_KEPT, PUBLISHES_KEPT + 1, 2 * PUBLISHES_KEPT + 3])('of %d publishes the newest are kept, in their order', (count) => {
  const kept = Math.min(count, PUBLISHES_KEPT);
  const collection = collectionOf(0, count);
  expect(collection.isEmpty).toBe(count === 0);
  expect(keptIn(collection)).toEqual(Array.from({ length: kept }, (_, place) => publish(count - kept + place)));
});

test('those of another collection are newer than those before, also those of a body', () => {
  const collection = collectionOf(0, 3);
  collection.addBody(collectionOf(3, 6).body(), (number) => number === 4);
  collection.addAll(collectionOf(6, PUBLISHES_KEPT + 3));
  const kept = keptIn(collection);
  expect([kept.length, kept[0], kept[1], kept.at(-1)]).toEqual([PUBLISHES_KEPT, publish(2), publish(3), publish(PUBLISHES_KEPT + 2)]);
});
