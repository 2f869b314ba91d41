// Goal: whoever changes something waits for its own changes to be in force, for no others, and not for ever. Method: a clock that stands still.
import { TestClock } from '@fieldline/contract-tests';
import { expect, test } from 'vitest';
import { FOLLOWED_MS_MAX, FollowedChanges } from './followed-changes.js';

function setUp() {
  const clock = new TestClock();
  const changes = new FollowedChanges(clock);
  const follower = Promise.withResolvers<void>();
  let isDone = false;
  const run = (change: () => Promise<number>) => changes.run(change).finally(() => (isDone = true));
  return { clock, changes, follower, run, isDone: async () => (await new Promise(setImmediate), isDone) };
}

test('the answer waits for the followers of what the call changed, also after it awaited something itself', async () => {
  const { changes, follower, run, isDone } = setUp();
  const answer = run(async () => {
    await new Promise(setImmediate);
    changes.add(follower.promise);
    return 5;
  });
  expect(await isDone()).toBe(false);
  follower.resolve();
  expect(await answer).toBe(5);
});

test('changes of others are not waited for', async () => {
  const { changes, follower, run } = setUp();
  changes.add(follower.promise);
  void changes.run(async () => changes.add(follower.promise));
  expect(await run(async () => 5)).toBe(5);
});

test('a follower that takes too long is not waited for any more', async () => {
  const { clock, changes, follower, run, isDone } = setUp();
  const answer = run(async () => (changes.add(follower.promise), 5));
  expect(await isDone()).toBe(false);
  clock.advanceMs(FOLLOWED_MS_MAX - 1);
  expect(await isDone()).toBe(false);
  clock.advanceMs(1);
  expect(await answer).toBe(5);
});

test('a change that fails fails at once, whatever it had begun', async () => {
  const { changes, follower, run } = setUp();
  const refused = run(async () => (changes.add(follower.promise), Promise.reject(new Error('refused'))));
  await expect(refused).rejects.toThrow('refused');
});
