import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KEPT_BYTES_MAX } from './limits.js';
import { readUplinks, UplinkBatch, UplinkKind } from './uplink-batch.js';

const uplink = fc.record({
  handle: fc.oneof(fc.nat(3), fc.constantFrom(0xffff_fffe, 0xffff_ffff)),
  kind: fc.constantFrom(...Object.values(UplinkKind)),
  packetId: fc.oneof(fc.nat(2), fc.constant(0xffff)),
  isRedelivery: fc.boolean(),
  receivedAtMs: fc.constantFrom(0, 1, 1_767_225_600_123, 2 ** 53 - 1),
  topic: fc.oneof(fc.constant(''), fc.constant('a/b'), fc.string({ unit: 'binary', maxLength: 12 })),
  // Both sides of the length at which copying changes.
  payload: fc.uint8Array({ maxLength: 90 }),
});

test('what is added comes back, in order, however small the batch began', () => {
  fc.assert(
    fc.property(fc.array(uplink, { maxLength: 20 }), fc.nat(64), (uplinks, initialBytes) => {
      const batch = new UplinkBatch(initialBytes);
      uplinks.forEach(({ payload, ...fields }, place) => expect(batch.add(fields, payload)).toBe(place));
      expect(batch.count).toBe(uplinks.length);
      const bytes = batch.byteLength;
      const taken = batch.take();
      expect(taken.count).toBe(uplinks.length);
      expect(taken.uplinks.byteLength).toBe(bytes);
      const read = [...readUplinks(taken.uplinks)];
      expect(read.map((entry) => ({ ...entry, payload: new Uint8Array(entry.payload) }))).toEqual(uplinks);
    }),
  );
});

const fields = { handle: 1, kind: UplinkKind.telemetry, packetId: 7, isRedelivery: false, receivedAtMs: 5, topic: '' };

test('only the given part of the source is taken, and it is copied', () => {
  const batch = new UplinkBatch();
  const source = new TextEncoder().encode('xx{"a":1}yy');
  batch.add(fields, source, 2, 9);
  source.fill(0);
  const [entry] = readUplinks(batch.take().uplinks);
  expect(new TextDecoder().decode(entry?.payload)).toBe('{"a":1}');
});

test('taking a batch starts an empty one and leaves what was taken alone', () => {
  const batch = new UplinkBatch();
  batch.add({ ...fields, handle: 1 }, Uint8Array.of(1));
  const first = batch.take();
  expect([batch.count, batch.byteLength]).toEqual([0, 0]);
  batch.add({ ...fields, handle: 2 }, Uint8Array.of(2));
  const second = batch.take();
  expect([...readUplinks(first.uplinks)].map((entry) => entry.handle)).toEqual([1]);
  expect([...readUplinks(second.uplinks)].map((entry) => entry.handle)).toEqual([2]);
});

test('one huge payload does not keep its memory', () => {
  const batch = new UplinkBatch();
  batch.add(fields, new Uint8Array(KEPT_BYTES_MAX + 1));
  expect(readUplinks(batch.take().uplinks).next().value?.payload).toHaveLength(KEPT_BYTES_MAX + 1);
  expect(batch.capacityBytes).toBe(16_384);
  batch.add(fields, new Uint8Array(20_000));
  batch.take();
  expect(batch.capacityBytes).toBeGreaterThan(20_000);
});

test('an empty batch reads as nothing', () => {
  expect([...readUplinks(new UplinkBatch().take().uplinks)]).toEqual([]);
});

test('a batch cut in the middle of a payload is a broken invariant, never a short reading', () => {
  const batch = new UplinkBatch();
  batch.add(fields, Uint8Array.of(1, 2, 3));
  const { uplinks } = batch.take();
  expect(() => [...readUplinks(uplinks.slice(0, -1))]).toThrow('Broken invariant');
});

test('an uplink added field by field is the one added as an object', () => {
  fc.assert(
    fc.property(uplink, ({ payload, ...all }) => {
      const objects = new UplinkBatch();
      objects.add({ ...all, topic: '' }, payload);
      const plain = new UplinkBatch();
      expect(plain.addBytes(all.handle, all.kind, all.packetId, all.isRedelivery, all.receivedAtMs, payload, 0, payload.length)).toBe(0);
      expect(new Uint8Array(plain.take().uplinks)).toEqual(new Uint8Array(objects.take().uplinks));
    }),
  );
});
