// Goal: the activity names who did what, and offers editing only to the author. Method: the comments that the server makes.
import { expect, test } from 'vitest';
import type { AlarmComment } from '../api/wire.js';
import { activityOf } from './activity.js';

const entry = (parts: Partial<AlarmComment>): AlarmComment => ({
  id: { id: 'c' },
  createdTime: 5,
  userId: null,
  type: 'SYSTEM',
  comment: {},
  firstName: null,
  lastName: null,
  email: null,
  ...parts,
});

test.each([
  { text: 'Alarm was acknowledged by user m@x', shown: 'Alarm was acknowledged' },
  { text: 'Alarm was assigned by user m@x to user n@x', shown: 'Alarm was assigned to user n@x' },
  { text: 'Alarm was shelved by user m@x for 120 minutes: known', shown: 'Alarm was shelved for 120 minutes: known' },
  { text: 'Alarm severity was updated from MAJOR to CRITICAL', shown: 'Alarm severity was updated from MAJOR to CRITICAL' },
])('$text', ({ text, shown }) => {
  expect(activityOf(entry({ comment: { text, userName: 'm@x' } }), 'me')).toMatchObject({ who: 'm@x', text: shown, isSystem: true, isOwn: false });
});

test('what nobody did was done by the system', () => {
  expect(activityOf(entry({ comment: { text: 'Alarm severity was updated' } }), 'me').who).toBe('Fieldline');
});

test.each([
  { userId: { id: 'me' }, me: 'me', isOwn: true },
  { userId: { id: 'other' }, me: 'me', isOwn: false },
  { userId: null, me: undefined, isOwn: false },
  { userId: { id: 'other' }, me: undefined, isOwn: false },
])('a comment of $userId is read by $me', ({ userId, me, isOwn }) => {
  const comment = entry({ type: 'OTHER', userId, comment: { text: 'ok', edited: 'true' }, firstName: 'Maria', email: 'm@x' });
  expect(activityOf(comment, me)).toEqual({ id: 'c', tsMs: 5, who: 'Maria', text: 'ok', isSystem: false, isEdited: true, isOwn });
});
