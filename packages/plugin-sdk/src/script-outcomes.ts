import type { Message } from '@fieldline/model';
import type { Outcome } from './outcome.js';
import type { ScriptReply } from './services/index.js';

/** One outcome for each reply of a script: a problem fails its message, a value becomes what `answer` makes of it. */
export function scriptOutcomes<T, Relation extends string>(
  messages: readonly Message[],
  replies: readonly ScriptReply<T>[],
  answer: (value: T, message: Message) => Outcome<Relation, never>,
): Outcome<Relation, never>[] {
  return messages.map((message, place) => {
    const reply = replies[place];
    if (reply === undefined) throw new Error('A script gives one reply for each message.');
    return 'problem' in reply ? { kind: 'failed', problem: reply.problem, message } : answer(reply.value, message);
  });
}

/** The same for a single message. */
export function scriptOutcome<T, Relation extends string>(
  message: Message,
  replies: readonly ScriptReply<T>[],
  answer: (value: T, message: Message) => Outcome<Relation, never>,
): Outcome<Relation, never> {
  const [outcome] = scriptOutcomes([message], replies, answer);
  if (outcome === undefined) throw new Error('A message has one outcome.');
  return outcome;
}
