import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** Errors of alarms and their comments. The sentences are those ThingsBoard's clients know (rest-api.md §17 and §18). */
export const alarmErrors = defineErrors('ALARM', {
  NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { id: string }) => `Alarm with id [${d.id}] is not found`,
    remedy: 'Check the id; the alarm may have been deleted.',
  },
  ALREADY_ACKNOWLEDGED: { ...invalid, message: 'Alarm was already acknowledged!', remedy: 'Read the alarm again: there is nothing to do.' },
  ALREADY_CLEARED: { ...invalid, message: 'Alarm was already cleared!', remedy: 'Read the alarm again: there is nothing to do.' },
  ALREADY_ASSIGNED: { ...invalid, message: 'Alarm was already assigned to this user!', remedy: 'Read the alarm again: there is nothing to do.' },
  ALREADY_UNASSIGNED: { ...invalid, message: 'Alarm was already unassigned!', remedy: 'Read the alarm again: there is nothing to do.' },
  TIMES_REVERSED: {
    ...invalid,
    message: "Alarm start ts can't be greater then alarm end ts!",
    remedy: 'Send an `endTs` that is not before `startTs`, or none.',
  },
  SHELVE_UNTIL: {
    ...invalid,
    message: (d: { daysMax: number }) => `The end of shelving must be in the future, at most ${d.daysMax} days away.`,
    remedy: 'Send `untilTs` in milliseconds since 1970.',
  },
  SHELVE_CLEARED: { ...invalid, message: 'An alarm that is cleared needs no shelving.', remedy: 'Read the alarm again: there is nothing to do.' },
  SHELVE_DETAILS: {
    ...invalid,
    message: 'The details of this alarm are no object, so there is no place to keep the shelving.',
    remedy: 'Let the rule chain give the alarm details of the form {"name": value}.',
  },
  NOT_SHELVED: { ...invalid, message: 'Alarm is not shelved!', remedy: 'Read the alarm again: there is nothing to do.' },
  COMMENT_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { id: string }) => `Alarm comment with id [${d.id}] is not found`,
    remedy: 'Read the comments of the alarm again.',
  },
  COMMENT_MISSING: { ...invalid, message: 'Alarm comment should be specified!', remedy: 'Send `comment` with a `text`.' },
  COMMENT_TOO_LONG: {
    ...invalid,
    message: (d: { charactersMax: number }) => `Validation error: comment length must be equal or less than ${d.charactersMax}`,
    remedy: 'Shorten the comment, or attach a link.',
  },
  COMMENT_IS_SYSTEM: { ...invalid, message: "System alarm comment can't be updated!", remedy: 'Write a comment of your own.' },
  COMMENT_SYSTEM_KEPT: { ...invalid, message: 'System comment could not be deleted', remedy: 'System comments are the history of the alarm.' },
  COMMENT_OF_OTHER_EDITED: {
    kind: 'forbidden',
    retry: 'never',
    message: "User is not allowed to edit other user's comment",
    remedy: 'Write a comment of your own.',
  },
  COMMENT_OF_OTHER_DELETED: {
    kind: 'forbidden',
    retry: 'never',
    message: "User is not allowed to delete other user's comment",
    remedy: 'Ask its author or a tenant administrator.',
  },
});
