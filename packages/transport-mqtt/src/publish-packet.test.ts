import fc from 'fast-check';
import { generate, parser, type IPublishPacket } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { Framer } from './framer.js';
import { PublishReader } from './publish-packet.js';
import { Reason } from './reason-codes.js';

interface Seen {
  readonly qos: number;
  readonly dup: boolean;
  readonly topic: string;
  readonly messageId: number;
  readonly topicAlias: number;
  readonly payload: string;
}

function seenByUs(chunks: readonly Buffer[], version: number): Seen[] {
  const seen: Seen[] = [];
  const framer = new Framer(65_536);
  const reader = new PublishReader();
  const packet = (bytes: Buffer, at: number, body: number, end: number): boolean => {
    expect(reader.read(bytes, at, body, end, version === 5)).toBe(0);
    expect(reader.checkTopic(bytes)).toBe(0);
    const { qos, isRedelivery, topicStart, topicEnd, packetId, topicAlias, payloadStart, payloadEnd } = reader;
    const topic = bytes.toString('utf8', topicStart, topicEnd);
    seen.push({ qos, dup: isRedelivery, topic, messageId: packetId, topicAlias, payload: bytes.toString('latin1', payloadStart, payloadEnd) });
    return true;
  };
  for (const chunk of chunks) framer.cut(chunk, 0, { packet });
  return seen;
}

function seenByLibrary(bytes: Buffer, version: number): Seen[] {
  const seen: Seen[] = [];
  const reading = parser({ protocolVersion: version });
  reading.on('packet', (read) => {
    const { qos, dup, topic, messageId, payload, properties } = read as IPublishPacket;
    seen.push({
      qos,
      dup,
      topic,
      messageId: messageId ?? 0,
      topicAlias: properties?.topicAlias ?? -1,
      payload: (payload as Buffer).toString('latin1'),
    });
  });
  reading.parse(bytes);
  return seen;
}

const properties = fc.record(
  {
    topicAlias: fc.integer({ min: 1, max: 65_535 }),
    messageExpiryInterval: fc.nat(),
    contentType: fc.string({ maxLength: 5 }).filter((text) => !text.includes('\0')),
    payloadFormatIndicator: fc.boolean(),
    correlationData: fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
    userProperties: fc.constant({ a: 'b', c: ['d', 'e'] }),
  },
  { requiredKeys: [] },
);
const publish = fc.record({
  topic: fc.oneof(fc.constantFrom('v1/devices/me/telemetry', 'v2/t', 'é/ü'), fc.stringMatching(/^[a-z/]{1,200}$/)),
  payload: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 120, maxLength: 260 })).map((bytes) => Buffer.from(bytes)),
  id: fc.oneof(fc.constant(0), fc.constantFrom(1, 255, 256, 65_535)),
  dup: fc.boolean(),
  retain: fc.boolean(),
  properties,
});

test.each([3, 4, 5])('in MQTT level %i a PUBLISH reads as mqtt-packet reads it, wherever it was split', (version) => {
  fc.assert(
    fc.property(fc.array(publish, { minLength: 1, maxLength: 4 }), fc.array(fc.nat(600), { maxLength: 4 }), (packets, cuts) => {
      const bytes = Buffer.concat(
        packets.map(({ topic, payload, id, dup, retain, properties: v5 }) => {
          const common = { cmd: 'publish', topic, payload, retain, ...(version === 5 ? { properties: v5 } : {}) } as const;
          const packet = (id === 0 ? { ...common, qos: 0, dup: false } : { ...common, qos: 1, dup, messageId: id }) as unknown as IPublishPacket;
          return generate(packet, { protocolVersion: version });
        }),
      );
      const places = [...new Set([0, ...cuts.map((cut) => cut % bytes.length), bytes.length])].sort((a, b) => a - b);
      const chunks = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
      expect(seenByUs(chunks, version)).toEqual(seenByLibrary(bytes, version));
    }),
  );
});

const topic = Buffer.from('\0\x03a/b', 'latin1');
const read = (header: number, body: Buffer, isVersion5 = false): number => {
  const bytes = Buffer.concat([Buffer.of(header, body.length), body]);
  const reader = new PublishReader();
  return reader.read(bytes, 0, 2, bytes.length, isVersion5) || reader.checkTopic(bytes);
};

test.each([
  { title: 'QoS 3', header: 0x36, body: Buffer.concat([topic, Buffer.of(0, 1)]), reason: Reason.malformedPacket },
  { title: 'DUP without QoS', header: 0x38, body: topic, reason: Reason.malformedPacket },
  { title: 'packet id 0', header: 0x32, body: Buffer.concat([topic, Buffer.of(0, 0)]), reason: Reason.protocolError },
  { title: 'no packet id', header: 0x32, body: topic, reason: Reason.malformedPacket },
  { title: 'half a packet id', header: 0x32, body: Buffer.concat([topic, Buffer.of(1)]), reason: Reason.malformedPacket },
  { title: 'a topic longer than the packet', header: 0x30, body: Buffer.from('\0\x04a/b', 'latin1'), reason: Reason.malformedPacket },
  { title: 'no room for a topic', header: 0x30, body: Buffer.of(0), reason: Reason.malformedPacket },
  { title: 'an empty topic', header: 0x30, body: Buffer.of(0, 0), reason: Reason.protocolError },
  { title: 'a wildcard', header: 0x30, body: Buffer.from('\0\x03a/+', 'latin1'), reason: Reason.topicNameInvalid },
  { title: 'a NUL', header: 0x30, body: Buffer.from('\0\x03a/\0', 'latin1'), reason: Reason.malformedPacket },
  { title: 'broken UTF-8', header: 0x30, body: Buffer.from('\0\x03a/\xff', 'latin1'), reason: Reason.malformedPacket },
  { title: 'a surrogate', header: 0x30, body: Buffer.from('\0\x03\xed\xa0\x80', 'latin1'), reason: Reason.malformedPacket },
])('$title is refused', ({ header, body, reason }) => {
  expect(read(header, body)).toBe(reason);
});

test.each([
  { title: 'no properties length', v5: Buffer.of(), reason: Reason.malformedPacket },
  { title: 'properties longer than the packet', v5: Buffer.of(3, 0x23, 0), reason: Reason.malformedPacket },
  { title: 'a property that ends too late', v5: Buffer.of(2, 0x23, 0, 1), reason: Reason.malformedPacket },
  { title: 'an unknown property', v5: Buffer.of(2, 0x7f, 0), reason: Reason.malformedPacket },
  { title: 'a property of another packet', v5: Buffer.of(3, 0x21, 0, 1), reason: Reason.protocolError },
  { title: 'a subscription identifier', v5: Buffer.of(2, 0x0b, 1), reason: Reason.protocolError },
  { title: 'a property twice', v5: Buffer.of(6, 0x23, 0, 1, 0x23, 0, 2), reason: Reason.protocolError },
  { title: 'a payload format of 2', v5: Buffer.of(2, 0x01, 2), reason: Reason.protocolError },
  { title: 'a wildcard to respond to', v5: Buffer.of(4, 0x08, 0, 1, 0x23), reason: Reason.protocolError },
])('in MQTT 5 $title is refused', ({ v5, reason }) => {
  expect(read(0x30, Buffer.concat([topic, v5]), true)).toBe(reason);
});

test('any bytes are read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0x30, max: 0x3f }), fc.boolean(), (body, header, isVersion5) => {
      expect(typeof read(header, Buffer.from(body), isVersion5)).toBe('number');
    }),
    { numRuns: 2_000 },
  );
});
