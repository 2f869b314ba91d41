// Goal: a dead letter that is replayed goes on as its message would have, once, and is a letter no more.
import { defineRuleNode, fail, route, z } from '@fieldline/plugin-sdk';
import type { DeadLetter } from '@fieldline/ports';
import { expect, test } from 'vitest';
import { batch, chain, deadLetters, labelOf, message, settled, tenantId, world } from './engine.fixture.js';

const about = {
  version: 1,
  category: 'action',
  title: 'T',
  summary: 'T.',
  config: z.strictObject({}),
  defaults: {},
  relationTypes: ['Success'],
} as const;

async function start() {
  const state = { isBroken: true };
  const unsure = defineRuleNode({
    ...about,
    type: 'test.unsure',
    onMessage: (made) =>
      state.isBroken ? fail({ code: 'UNSURE', kind: 'internal', retry: 'never', message: labelOf(made), remedy: '-' }, made) : route('Success', made),
  });
  const made = world({ nodes: [unsure] });
  const calls = ['first -Success-> call', 'call -out-> last'];
  await made.engine.deploy(chain('root', { first: 'note', call: ['chain', { ruleChainId: 'inner' }], last: 'note' }, calls));
  await made.engine.deploy(chain('inner', { enter: 'note', unsure: 'unsure', out: 'output' }, ['enter -Success-> unsure', 'unsure -Success-> out']));
  await made.engine.start();
  await made.engine.handle(batch([message('a')]));
  expect(await deadLetters(made.store)).toEqual(['UNSURE a']);
  const letters = async (): Promise<readonly DeadLetter[]> => (await made.store.deadLetters(tenantId, { page: 0, pageSize: 9 })).data;
  made.seen.length = 0;
  return { ...made, state, letters };
}

test.each([
  { from: 'CHAIN', seen: ['first:a', 'enter:a', 'last:a'] },
  { from: 'NODE', seen: ['last:a'] },
] as const)('from the $from it goes on to the end, also through the chain that called', async ({ from, seen: expected }) => {
  const { engine, store, seen, state, letters } = await start();
  state.isBroken = false;
  const [letter] = await letters();
  expect(await engine.replay(await letters(), from)).toEqual([letter?.id]);
  await settled();
  expect(seen).toEqual(expected);
  expect(await letters()).toEqual([]);
  expect(await store.openHandOvers()).toEqual([]);
});

test('what fails again is a dead letter again, of the same message', async () => {
  const { engine, letters } = await start();
  const [before] = await letters();
  await engine.replay(await letters(), 'NODE');
  await settled();
  const after = await letters();
  expect(after).toHaveLength(1);
  expect(after[0]?.message).toEqual(before?.message);
  expect(after[0]?.id).not.toBe(before?.id);
});

test('a letter whose chain or node is gone stays', async () => {
  const { engine, letters } = await start();
  await engine.remove('inner');
  expect(await engine.replay(await letters(), 'NODE')).toEqual([]);
  expect(await letters()).toHaveLength(1);
});
