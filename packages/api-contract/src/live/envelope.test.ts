import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLiveEnvelope, type LiveEnvelope } from './envelope.js';
import { parseLiveAuth } from './live-auth.js';

const parse = (json: unknown, envelope: LiveEnvelope) => parseLiveEnvelope(JSON.stringify(json), envelope);

test('commands of the general envelope keep their order and their members', () => {
  const cmds = [
    { type: 'B', cmdId: 2 },
    { type: 'A', cmdId: 1, more: true },
  ];
  expect(parse({ authCmd: {}, cmds, tsSubCmds: [{}] }, 'general')).toEqual(cmds.map((body) => ({ type: body.type, body })));
  expect([parse({}, 'general'), parse({ cmds: null }, 'general')]).toEqual([[], []]);
});

test('members of the telemetry envelope are done in the order of websocket-api.md §3.2, whatever order they come in', () => {
  const members = ['attrSubCmds', 'tsSubCmds', 'historyCmds', 'entityDataCmds', 'entityDataUnsubscribeCmds', 'alarmDataCmds'];
  const more = ['alarmDataUnsubscribeCmds', 'entityCountCmds', 'entityCountUnsubscribeCmds', 'alarmCountCmds', 'alarmCountUnsubscribeCmds'];
  const all = [...members, ...more];
  const json = Object.fromEntries(all.toReversed().map((member) => [member, [{ cmdId: all.indexOf(member), type: 'ignored' }]]));
  const commands = parse({ ...json, unknown: 1 }, 'telemetry');
  expect(commands?.map(({ body }) => (body as { cmdId: number }).cmdId)).toEqual(all.map((_, place) => place));
  expect(commands?.map(({ type }) => type)).toEqual([
    ...['ATTRIBUTES', 'TIMESERIES', 'TIMESERIES_HISTORY', 'ENTITY_DATA', 'ENTITY_DATA_UNSUBSCRIBE', 'ALARM_DATA'],
    ...['ALARM_DATA_UNSUBSCRIBE', 'ENTITY_COUNT', 'ENTITY_COUNT_UNSUBSCRIBE', 'ALARM_COUNT', 'ALARM_COUNT_UNSUBSCRIBE'],
  ]);
});

test('the notifications envelope has one command a member', () => {
  const commands = parse({ unreadSubCmd: { cmdId: 1 }, unsubCmd: { cmdId: 2 }, markAsReadCmd: null }, 'notifications');
  expect(commands).toEqual([
    { type: 'NOTIFICATIONS', body: { cmdId: 1 } },
    { type: 'NOTIFICATIONS_UNSUBSCRIBE', body: { cmdId: 2 } },
  ]);
});

test.each<[unknown, LiveEnvelope]>([
  [[], 'general'],
  [null, 'general'],
  ['text', 'telemetry'],
  [{ cmds: {} }, 'general'],
  [{ cmds: [null] }, 'general'],
  [{ cmds: [{ type: 5 }] }, 'general'],
  [{ tsSubCmds: {} }, 'telemetry'],
])('%j cannot be read', (json, envelope) => {
  expect(parse(json, envelope)).toBeUndefined();
});

test('any text gives commands or none, and never an error', () => {
  const member = fc.constantFrom('cmds', 'authCmd', 'tsSubCmds', 'unreadSubCmd', 'type', '__proto__');
  const json = fc.dictionary(member, fc.jsonValue());
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), json.map(JSON.stringify)),
      fc.constantFrom<LiveEnvelope>('general', 'telemetry', 'notifications'),
      (text, kind) => {
        for (const command of parseLiveEnvelope(text, kind) ?? []) expect(command.type).toBeTypeOf('string');
        expect(['string', 'object']).toContain(typeof parseLiveAuth(text));
      },
    ),
  );
});
