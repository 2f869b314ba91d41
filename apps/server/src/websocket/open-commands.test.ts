import { expect, test } from 'vitest';
import { seriesKind } from './commands/series-kind.js';
import { Gate } from './gate.js';
import { OpenCommands } from './open-commands.js';

test('what is attached to a command that has ended is released at once', () => {
  const commands = new OpenCommands();
  const command = commands.open(1, seriesKind);
  const released: string[] = [];
  command.onEnd(() => released.push('before'));
  commands.end(1, 1);
  command.onEnd(() => released.push('after'));
  expect([released, command.isEnded, commands.size]).toEqual([['before', 'after'], true, 0]);
});

test('finishing one command leaves the other of the same id; finishing twice counts once', () => {
  const commands = new OpenCommands();
  const [first, second] = [commands.open(7, seriesKind), commands.open(7, seriesKind)];
  commands.finish(first);
  commands.finish(first);
  expect([first.isEnded, second.isEnded, commands.size]).toEqual([true, false, 1]);
  commands.endAll();
  expect([second.isEnded, commands.size]).toEqual([true, 0]);
});

test('a gate lets in as many as it has places, in order, also after failures', async () => {
  const gate = new Gate(2);
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const runs = [0, 1, 2, 3, 4].map((n) =>
    gate.run(
      () =>
        new Promise<void>((resolve, reject) => {
          started.push(n);
          ends.push(n % 2 === 0 ? resolve : () => reject(new Error(`${n}`)));
        }),
    ),
  );
  const settled = Promise.allSettled(runs);
  expect(started).toEqual([0, 1]);
  for (let n = 0; n < 5; n++) {
    ends[n]?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(started).toHaveLength(Math.min(5, n + 3));
  }
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
});
