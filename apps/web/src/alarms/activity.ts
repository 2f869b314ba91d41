import type { AlarmComment } from '../api/wire.js';
import { personName } from './alarm-state.js';

export interface Activity {
  readonly id: string;
  readonly tsMs: number;
  readonly who: string;
  readonly text: string;
  readonly isSystem: boolean;
  readonly isEdited: boolean;
  /** By the person who is signed in. */
  readonly isOwn: boolean;
}

/**
 * What an entry of the activity tells. The sentences of the system name the person in their middle; here the name
 * stands before them, as it does with comments.
 */
export function activityOf(entry: AlarmComment, userId: string | undefined): Activity {
  const { text, userName, edited } = entry.comment;
  const words = typeof text === 'string' ? text : '';
  const isSystem = entry.type === 'SYSTEM';
  const common = { id: entry.id.id, tsMs: entry.createdTime, isSystem, isEdited: edited === 'true' };
  if (!isSystem) return { ...common, who: personName(entry), text: words, isOwn: entry.userId !== null && entry.userId.id === userId };
  const name = typeof userName === 'string' ? userName : undefined;
  return { ...common, who: name ?? 'Fieldline', text: name === undefined ? words : words.replace(` by user ${name}`, ''), isOwn: false };
}
