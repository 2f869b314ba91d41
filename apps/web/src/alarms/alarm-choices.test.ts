// Goal: a view of alarms can be sent as a link. Method: there and back, and addresses that somebody spoilt.
import { expect, test } from 'vitest';
import { type AlarmChoices, choicesOf, filterOf, isNarrow, parametersOf } from './alarm-choices.js';

const atFirst: AlarmChoices = { life: 'active', acknowledged: 'any', severities: [], type: undefined, isMine: false, showsShelved: false };

test.each<AlarmChoices>([
  atFirst,
  { life: 'any', acknowledged: 'no', severities: ['CRITICAL', 'MINOR'], type: 'Too hot, too long', isMine: true, showsShelved: true },
  { ...atFirst, life: 'cleared', acknowledged: 'yes' },
])('%j survives the address', (choices) => {
  const written = Object.entries(parametersOf(choices)).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  expect(choicesOf(new URLSearchParams(written))).toEqual(choices);
});

test('what is wrong in an address is as at first', () => {
  expect(choicesOf(new URLSearchParams('status=x&acknowledged=maybe&severity=FATAL'))).toEqual(atFirst);
});

test('a change touches nothing else but the page', () => {
  expect(parametersOf({ severities: ['MAJOR'] })).toStrictEqual({ page: undefined, severity: 'MAJOR' });
});

test.each([
  { choices: atFirst, statuses: ['ACTIVE'], narrow: false },
  { choices: { ...atFirst, life: 'any' as const }, statuses: [], narrow: false },
  { choices: { ...atFirst, life: 'cleared' as const, acknowledged: 'no' as const }, statuses: ['CLEARED', 'UNACK'], narrow: true },
  { choices: { ...atFirst, acknowledged: 'yes' as const }, statuses: ['ACTIVE', 'ACK'], narrow: true },
])('asks for $statuses', ({ choices, statuses, narrow }) => {
  expect(filterOf(choices)).toEqual({ statuses, severities: [] });
  expect(isNarrow(choices)).toBe(narrow);
});

test('mine are those of whoever is signed in', () => {
  expect(filterOf({ ...atFirst, isMine: true }, undefined, 'me')).toMatchObject({ assigneeId: 'me' });
});
