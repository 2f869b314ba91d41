import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { connectPacket, publishPacket, startEndpoint } from './endpoint.fixture.js';

// Goal: no bytes crash the endpoint, leave a connection or a handle behind, or disturb another device.
// Method: valid packets, damaged at one place or cut and joined, and plain noise, over real sockets.

const version = fc.constantFrom(4 as const, 5 as const);
const samples: readonly Packet[] = [
  publishPacket(1, '{"a":1}'),
  publishPacket(0, '{}', 'kp1/app-v1/dcx/TokenOne1/json/7'),
  publishPacket(2, '{}', 'v2/t', { topicAlias: 3, userProperties: { a: 'b' } }),
  { cmd: 'subscribe', messageId: 3, subscriptions: [{ topic: 'v2/a', qos: 1 }] },
  { cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['v2/a'] },
  { cmd: 'puback', messageId: 5, reasonCode: 0 },
  { cmd: 'pingreq' },
  { cmd: 'disconnect', reasonCode: 0 },
  connectPacket(5, { username: 'A1', properties: { receiveMaximum: 3 } }),
];
const damage = fc.record({ at: fc.nat(60), byte: fc.integer({ min: 0, max: 255 }) });
const piece = fc.oneof(
  fc.record({ sample: fc.constantFrom(...samples), damage: fc.option(damage) }),
  fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
);

function bytesOf(part: Buffer | { sample: Packet; damage: { at: number; byte: number } | null }, protocolVersion: number): Buffer {
  if (!('sample' in part)) return part;
  const bytes = generate(part.sample, { protocolVersion });
  if (part.damage !== null) bytes[part.damage.at % bytes.length] = part.damage.byte;
  return bytes;
}

test('damaged packets and noise are answered or cut, and nothing is left of them', async () => {
  await using endpoint = await startEndpoint({ isKaaEnabled: true });
  const witness = await endpoint.connect(4, { username: 'B2' });
  await fc.assert(
    fc.asyncProperty(version, fc.boolean(), fc.array(piece, { minLength: 1, maxLength: 6 }), fc.nat(50), async (level, isKnown, pieces, cut) => {
      const client = endpoint.open(level);
      const opening = isKnown ? [client.encode(connectPacket(level, { username: 'A1' }))] : [];
      const bytes = Buffer.concat([...opening, ...pieces.map((part) => bytesOf(part, level))]);
      client.send(bytes.subarray(0, cut));
      client.send(bytes.subarray(cut));
      await witness.ping();
      client.destroy();
    }),
    { numRuns: 400 },
  );
  expect(witness.isClosed).toBe(false);
  witness.send(publishPacket(1, '{}'));
  expect(await witness.got(1)).toMatchObject([{ cmd: 'puback', messageId: 1 }]);
  await expect.poll(() => endpoint.transport.stats()).toMatchObject({ connectionsOpen: 1, sessionsOpen: 1 });
  // Every handle that was given out has come back, but the one in use.
  const handles = endpoint.gateway.closedHandles;
  expect(new Set(handles).size).toBe(handles.length);
  await expect.poll(() => endpoint.gateway.closedHandles.length).toBe(endpoint.gateway.handlesGiven - 1);
});
