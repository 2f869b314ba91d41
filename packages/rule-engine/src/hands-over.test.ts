// Goal: a node that runs elsewhere holds up nobody: while it says so its messages are handed over, and so is what it gives back.
// Method: a node whose patience the test decides, before and behind nodes that only note what they see.
import { epochMs } from '@fieldline/kernel';
import { defer, defineRuleNode, route, z } from '@fieldline/plugin-sdk';
import { expect, test } from 'vitest';
import { batch, chain, deadLetters, labelOf, message, settled, world } from './engine.fixture.js';

/** A node that runs elsewhere: it gives back as often as the test says, and says itself whether it is behind. */
function elsewhere() {
  const node = { isBehind: false, givesBack: 0, got: [] as string[] };
  const definition = defineRuleNode({
    type: 'test.remote',
    version: 1,
    category: 'action',
    title: 'Remote',
    summary: 'Runs elsewhere.',
    config: z.strictObject({}),
    defaults: {},
    relationTypes: ['Success'],
    state: { schema: z.strictObject({ count: z.int() }), keyedBy: 'node', maxEntries: 1 },
    handsOver: () => node.isBehind,
    onMessage: (made) => route('Success', made),
    async onBatch(messages, { stateOf, nowMs }) {
      node.got.push(messages.map(labelOf).join('+'));
      await Promise.resolve();
      if (node.givesBack > 0) {
        node.givesBack -= 1;
        return messages.map(() => defer({ code: 'X', kind: 'unavailable', retry: 'later', message: 'Late.', remedy: 'Wait.' }, epochMs(nowMs + 50)));
      }
      let count = messages[0] === undefined ? 0 : (stateOf(messages[0])?.count ?? 0);
      return messages.map((made) => route('Success', made.with({ data: { label: `${labelOf(made)}=${(count += 1)}` } }), { state: { count } }));
    },
  });
  return { node, definition };
}
const through = () => chain('root', { n: 'note', r: 'remote', m: 'note' }, ['n -Success-> r', 'r -Success-> m']);

async function running(definition: ReturnType<typeof elsewhere>['definition']) {
  const made = world({ nodes: [definition] });
  await made.engine.deploy(through());
  await made.engine.start();
  return made;
}

test('a node that is not behind is waited for in the batch', async () => {
  const { node, definition } = elsewhere();
  const { engine, seen } = await running(definition);
  await engine.handle(batch([message('1'), message('2')]));
  expect([node.got, seen]).toEqual([['1+2'], ['n:1', 'n:2', 'm:1=1', 'm:2=2']]);
  expect(engine.stats().openHandOvers).toBe(0);
});

test('what it gives back is handed over: the batch commits, and the node gets it again until it answers, with the state that was', async () => {
  const { node, definition } = elsewhere();
  node.givesBack = 2;
  const { engine, seen, clock, store } = await running(definition);
  await engine.handle(batch([message('1'), message('2')]));
  expect(seen).toEqual(['n:1', 'n:2']);
  await settled();
  expect(node.got).toEqual(['1+2', '1+2']);
  await clock.advanceMs(50);
  expect([node.got, seen.slice(2)]).toEqual([
    ['1+2', '1+2', '1+2'],
    ['m:1=1', 'm:2=2'],
  ]);
  expect([await deadLetters(store), await store.openHandOvers()]).toEqual([[], []]);
});

test('while it says that it is behind, messages are handed over without a call, and keep their order', async () => {
  const { node, definition } = elsewhere();
  const { engine, seen } = await running(definition);
  node.isBehind = true;
  const done = [batch([message('1')]), batch([message('2')])].map((each) => engine.handle(each));
  expect(node.got).toEqual([]);
  await Promise.all(done);
  await settled();
  node.isBehind = false;
  await engine.handle(batch([message('3')]));
  expect(seen.filter((each) => each.startsWith('m'))).toEqual(['m:1=1', 'm:2=2', 'm:3=3']);
});

test('behind a node that messages were handed over to, it is a node like others: what it gives back does not go through both again', async () => {
  const { node, definition } = elsewhere();
  const { engine, seen, store } = world({ nodes: [definition] });
  await engine.deploy(chain('root', { x: 'external', r: 'remote', m: 'note' }, ['x -Success-> r', 'r -Success-> m']));
  await engine.start();
  node.givesBack = 1;
  await engine.handle(batch([message('1')]));
  await settled();
  expect([seen, node.got]).toEqual([
    ['x:1', 'm:1=1'],
    ['1', '1'],
  ]);
  expect(await store.openHandOvers()).toEqual([]);
});
