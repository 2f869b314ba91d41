// Goal: a command on many alarms reaches each that needs it and says what became of all. Method: a command that refuses some.
import { expect, test } from 'vitest';
import { alarm } from './alarm.fixture.js';
import { type Command, outcomeText, runOnEach } from './run-on-each.js';

function commandThat(refuses: readonly string[]) {
  const ran: string[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const command: Command = {
    name: 'Clear',
    done: 'cleared',
    isDone: ({ cleared }) => cleared,
    run: async (id) => {
      mostAtOnce = Math.max(mostAtOnce, (atOnce += 1));
      await Promise.resolve();
      atOnce -= 1;
      ran.push(id);
      if (refuses.includes(id)) throw new Error(`${id} is locked`);
    },
  };
  return { command, ran, mostAtOnce: () => mostAtOnce };
}
const reasonOf = (error: unknown) => (error as Error).message;

test('those that need nothing are left alone, one that is refused holds up nobody', async () => {
  const { command, ran } = commandThat(['b']);
  const alarms = [alarm('a'), alarm('b'), alarm('c', { cleared: true }), alarm('d')];
  const outcome = await runOnEach(command, alarms, reasonOf);
  expect(ran.sort()).toEqual(['a', 'b', 'd']);
  expect(outcome).toEqual({ done: 2, skipped: 1, failed: [{ id: 'b', reason: 'b is locked' }] });
  expect(outcomeText(command, outcome)).toBe('2 alarms cleared, 1 already cleared, 1 not cleared: b is locked');
});

test('no more than four requests are under way at a time', async () => {
  const { command, ran, mostAtOnce } = commandThat([]);
  const outcome = await runOnEach(
    command,
    Array.from({ length: 20 }, (_, index) => alarm(String(index))),
    reasonOf,
  );
  expect([outcome.done, ran.length, mostAtOnce()]).toEqual([20, 20, 4]);
});

test.each([
  { outcome: { done: 1, skipped: 0, failed: [] }, text: '1 alarm cleared' },
  { outcome: { done: 0, skipped: 3, failed: [] }, text: '3 already cleared' },
  { outcome: { done: 0, skipped: 0, failed: [] }, text: '0 alarms cleared' },
  { outcome: { done: 0, skipped: 0, failed: [{ id: 'a', reason: 'No.' }] }, text: 'Not cleared: No.' },
  { outcome: { done: 0, skipped: 1, failed: [{ id: 'a', reason: 'No.' }] }, text: '1 already cleared, 1 not cleared: No.' },
])('$text', ({ outcome, text }) => {
  expect(outcomeText(commandThat([]).command, outcome)).toBe(text);
});
