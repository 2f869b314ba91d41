import fc from 'fast-check';
import { generate, type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { decodeControl, isFault, type Fault } from './control-packet.js';
import { Reason } from './reason-codes.js';

type Decoder = keyof typeof decodeControl;

function decode(kind: Decoder, bytes: Buffer, version: number): object | undefined {
  const body = (bytes[1] ?? 0) < 0x80 ? 2 : 3;
  return decodeControl[kind](bytes, 0, body, bytes.length, version);
}

const text = fc.oneof(fc.constantFrom('a', 'é', 'v1/devices/me/attributes'), fc.stringMatching(/^[a-z]{1,20}$/));
const password = fc.option(
  fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes)),
  { nil: undefined },
);
const will = fc.option(fc.record({ topic: text, payload: fc.constant(Buffer.from('bye')), qos: fc.constantFrom(0, 1, 2), retain: fc.boolean() }), {
  nil: undefined,
});

test.each([4, 5])('a CONNECT of level %i means what the client wrote', (version) => {
  fc.assert(
    fc.property(text, text, password, will, fc.nat(65_535), (clientId, username, secret, lastWords, keepalive) => {
      const packet = {
        cmd: 'connect',
        clientId,
        username,
        password: secret,
        will: lastWords,
        keepalive,
        clean: true,
        protocolVersion: version,
        protocolId: 'MQTT',
      };
      const read = decode('connect', generate(packet as unknown as Packet), version);
      expect(read).toMatchObject({ cmd: 'connect', clientId, username, keepalive, clean: true, protocolVersion: version });
    }),
  );
});

const connect = (name: string, level: number, flags: number, rest: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.of(0, name.length), Buffer.from(name), Buffer.of(level, flags, 0, 60), rest]);
  return Buffer.concat([Buffer.of(0x10, body.length), body]);
};
const id = Buffer.from('\0\x01x', 'latin1');
const none = Buffer.of();

test.each([
  { title: 'a reserved flag', bytes: connect('MQTT', 4, 0x03, id) },
  { title: 'will QoS 3', bytes: connect('MQTT', 4, 0x1e, Buffer.concat([id, id, id])) },
  { title: 'will QoS without will', bytes: connect('MQTT', 4, 0x0a, id) },
  { title: 'will retain without will', bytes: connect('MQTT', 4, 0x22, id) },
  { title: 'a password without user name', bytes: connect('MQTT', 4, 0x42, Buffer.concat([id, id])) },
  { title: 'a user name that is announced and missing', bytes: connect('MQTT', 4, 0x82, id) },
  { title: 'bytes behind the end', bytes: connect('MQTT', 4, 0x02, Buffer.concat([id, id])) },
  { title: 'no client id', bytes: connect('MQTT', 4, 0x02, none) },
  { title: 'a client id with NUL', bytes: connect('MQTT', 4, 0x02, Buffer.of(0, 1, 0)) },
  { title: 'a client id that is no UTF-8', bytes: connect('MQTT', 4, 0x02, Buffer.of(0, 1, 0xff)) },
  { title: 'a user name that is no UTF-8', bytes: connect('MQTT', 4, 0x82, Buffer.concat([id, Buffer.of(0, 1, 0xff)])) },
  { title: 'a will on a wildcard', bytes: connect('MQTT', 4, 0x06, Buffer.concat([id, Buffer.of(0, 1, 0x23), id])) },
  { title: 'another protocol', bytes: connect('HTTP', 4, 0x02, id) },
  { title: 'the old name with the new level', bytes: connect('MQIsdp', 4, 0x02, id) },
  { title: 'properties longer than the packet', bytes: connect('MQTT', 5, 0x02, Buffer.of(9)) },
])('a CONNECT with $title is malformed', ({ bytes }) => {
  expect(decode('connect', bytes, 4)).toEqual({ reason: Reason.malformedPacket });
});

test.each([
  { title: 'receive maximum 0', bytes: Buffer.of(0x21, 0, 0) },
  { title: 'maximum packet size 0', bytes: Buffer.of(0x27, 0, 0, 0, 0) },
  { title: 'a topic alias', bytes: Buffer.of(0x23, 0, 1) },
  { title: 'session expiry twice', bytes: Buffer.of(0x11, 0, 0, 0, 0, 0x11, 0, 0, 0, 0) },
])('a CONNECT of MQTT 5 with $title breaks the protocol', ({ bytes }) => {
  const packet = connect('MQTT', 5, 0x02, Buffer.concat([Buffer.of(bytes.length), bytes, id]));
  expect(decode('connect', packet, 5)).toEqual({ reason: Reason.protocolError });
});

test.each([0, 3, 6, 132])('level %i is said to be unknown', (level) => {
  expect(decode('connect', connect('MQTT', level, 0x02, id), 4)).toMatchObject({ unacceptableVersion: true });
});

const filter = Buffer.from('\0\x01a', 'latin1');

test.each([
  { title: 'no filter', kind: 'subscribe', bytes: Buffer.of(0x82, 2, 0, 1), reason: Reason.protocolError },
  { title: 'packet id 0', kind: 'subscribe', bytes: Buffer.of(0x82, 6, 0, 0, ...filter, 0), reason: Reason.protocolError },
  { title: 'QoS 3', kind: 'subscribe', bytes: Buffer.of(0x82, 6, 0, 1, ...filter, 3), reason: Reason.protocolError },
  { title: 'options of MQTT 5', kind: 'subscribe', bytes: Buffer.of(0x82, 6, 0, 1, ...filter, 4), reason: Reason.protocolError },
  { title: 'a filter without options', kind: 'subscribe', bytes: Buffer.of(0x82, 5, 0, 1, ...filter), reason: Reason.malformedPacket },
  { title: 'header flags of 0', kind: 'subscribe', bytes: Buffer.of(0x80, 6, 0, 1, ...filter, 0), reason: Reason.malformedPacket },
  { title: 'no filter', kind: 'unsubscribe', bytes: Buffer.of(0xa2, 2, 0, 1), reason: Reason.protocolError },
  { title: 'half a filter', kind: 'unsubscribe', bytes: Buffer.of(0xa2, 4, 0, 1, 0, 9), reason: Reason.malformedPacket },
  { title: 'a payload', kind: 'plain', bytes: Buffer.of(0xc0, 1, 0), reason: Reason.malformedPacket },
  { title: 'header flags', kind: 'plain', bytes: Buffer.of(0xe1, 0), reason: Reason.malformedPacket },
  { title: 'packet id 0', kind: 'acknowledgement', bytes: Buffer.of(0x40, 2, 0, 0), reason: Reason.protocolError },
  { title: 'a reason code in 3.1.1', kind: 'acknowledgement', bytes: Buffer.of(0x40, 3, 0, 1, 0), reason: Reason.malformedPacket },
] satisfies { title: string; kind: Decoder; bytes: Buffer; reason: number }[])('$kind with $title is refused', ({ kind, bytes, reason }) => {
  expect(decode(kind, bytes, 4)).toEqual({ reason });
});

test('what MQTT 5 adds is taken: options, reasons, properties', () => {
  expect(decode('subscribe', Buffer.of(0x82, 7, 0, 1, 0, ...filter, 0x2d), 5)).toMatchObject({
    subscriptions: [{ topic: 'a', qos: 1, nl: true, rh: 2 }],
  });
  expect(decode('subscribe', Buffer.of(0x82, 7, 0, 1, 0, ...filter, 0x30), 5)).toEqual({ reason: Reason.protocolError });
  expect(decode('acknowledgement', Buffer.of(0x40, 4, 0, 1, 0x10, 0), 5)).toEqual({ packetId: 1 });
  expect(decode('plain', Buffer.of(0xe0, 7, 0, 5, 0x11, 0, 0, 0, 9), 5)).toBeUndefined();
});

test('any bytes give a packet or a fault', () => {
  const kinds = Object.keys(decodeControl) as Decoder[];
  const lead = fc.constantFrom<number[]>([], [0, 4, 0x4d, 0x51, 0x54, 0x54, 5, 2, 0, 9], [0, 1, 0, 0, 1], [0, 1, 3, 0x26, 0, 1]);
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.constantFrom(3, 4, 5), lead, fc.uint8Array({ maxLength: 60 }), (kind, version, first, tail) => {
      const header = { connect: 0x10, subscribe: 0x82, unsubscribe: 0xa2, acknowledgement: 0x40, plain: 0xe0 }[kind];
      const bytes = Buffer.of(header, first.length + tail.length, ...first, ...tail);
      const read = decode(kind, bytes, version) as object | Fault | undefined;
      if (read !== undefined && isFault(read)) expect(read.reason).toBeGreaterThanOrEqual(0x80);
    }),
    { numRuns: 3_000 },
  );
});
