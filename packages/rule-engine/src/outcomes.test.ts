// Goal: what an outcome brings besides a route takes effect with the commit, and what an external node gives back
// waits in the log. Method: small chains over the memory store, a clock that the test moves.
import { epochMs } from '@fieldline/kernel';
import { defer, defineRuleNode, emit, end, fail, route, z } from '@fieldline/plugin-sdk';
import { memoryDataStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { batch, chain, deadLetters, labelOf, ManualClock, message, settled, tenantId, world } from './engine.fixture.js';

const none = z.strictObject({});
const about = { version: 1, category: 'action', title: 'Test', summary: 'For tests.', config: none, defaults: {} } as const;
const counted = { schema: z.strictObject({ count: z.int() }), keyedBy: 'originator', maxEntries: 10 } as const;
const away = { code: 'TEST_AWAY', kind: 'unavailable', retry: 'later', message: 'Away.', remedy: 'Wait.' } as const;

test('a routed message may bring new messages, each by its own relation', async () => {
  const alarming = defineRuleNode({
    ...about,
    type: 'test.alarming',
    relationTypes: ['Success', 'Alarm'],
    onMessage: (given) =>
      route('Success', given, {
        emits: [{ to: 'Alarm', message: { type: 'ALARM', originator: given.originator, metadata: {}, data: { label: 'alarm' } } }],
      }),
  });
  const { engine, seen } = world({ nodes: [alarming] });
  await engine.deploy(chain('root', { a: 'alarming', on: 'note', bell: 'note' }, ['a -Success-> on', 'a -Alarm-> bell']));
  await engine.start();
  await engine.handle(batch([message('m')]));
  expect(seen.sort()).toEqual(['bell:alarm', 'on:m']);
  await engine.close();
});

test('a node is woken at the instant it asked for, also after a restart, though the message went on', async () => {
  const woken = defineRuleNode({
    ...about,
    type: 'test.woken',
    relationTypes: ['Success', 'Later'],
    onMessage: (given, { nowMs }) => route('Success', given, { wakeAtMs: epochMs(nowMs + 1_000) }),
    onTimer: (given) => route('Later', given),
  });
  const store = memoryDataStore();
  const clock = new ManualClock();
  const drawn = chain('root', { a: 'woken', on: 'note', late: 'note' }, ['a -Success-> on', 'a -Later-> late']);
  const first = world({ nodes: [woken], store, clock });
  await first.engine.deploy(drawn);
  await first.engine.start();
  await first.engine.handle(batch([message('m')]));
  expect(first.seen).toEqual(['on:m']);
  await first.engine.close();
  const second = world({ nodes: [woken], store, clock });
  await second.engine.deploy(drawn);
  await second.engine.start();
  await clock.advanceMs(999);
  expect(second.seen).toEqual([]);
  await clock.advanceMs(1);
  expect(second.seen).toEqual(['late:m']);
  await second.engine.close();
});

test('a message that fails may leave state', async () => {
  const failing = defineRuleNode({
    ...about,
    type: 'test.failing',
    relationTypes: ['Success'],
    state: counted,
    onMessage: (given, { state }) => {
      const count = (state?.count ?? 0) + 1;
      return count === 1
        ? fail(away, given, { state: { count } })
        : route('Success', given.with({ data: { label: `${count}` } }), { state: { count } });
    },
  });
  const { engine, seen, store } = world({ nodes: [failing] });
  await engine.deploy(chain('root', { a: 'failing', on: 'note' }, ['a -Success-> on']));
  await engine.start();
  await engine.handle(batch([message('x'), message('y')]));
  expect(seen).toEqual(['on:2']);
  expect(await deadLetters(store)).toEqual(['TEST_AWAY x']);
  await engine.close();
});

test('an external node gets what it gave back again, in order, and only then is it done', async () => {
  let isAway = true;
  const seenBy: string[] = [];
  const forwarding = defineRuleNode({
    ...about,
    type: 'test.forwarding',
    relationTypes: ['Success'],
    isExternal: true,
    onMessage: () => end('taken in batches'),
    onBatch: (messages, { nowMs }) =>
      messages.map((given) => {
        if (isAway) return defer(away, epochMs(nowMs + 500));
        seenBy.push(labelOf(given));
        return route('Success', given);
      }),
  });
  const { engine, store, clock, seen } = world({ nodes: [forwarding] });
  await engine.deploy(chain('root', { a: 'forwarding', on: 'note' }, ['a -Success-> on']));
  await engine.start();
  await engine.handle(batch([message('1'), message('2')]));
  await settled();
  await engine.handle(batch([message('3')]));
  await clock.advanceMs(600);
  expect((await store.openHandOvers()).length).toBe(3);
  isAway = false;
  await clock.advanceMs(600);
  expect(seenBy).toEqual(['1', '2', '3']);
  expect(seen).toEqual(['on:1', 'on:2', 'on:3']);
  expect(await store.openHandOvers()).toEqual([]);
  await engine.close();
});

test('a node that is not external may not give messages back', async () => {
  const odd = defineRuleNode({ ...about, type: 'test.odd', relationTypes: ['Success'], onMessage: (_given, { nowMs }) => defer(away, nowMs) });
  const { engine, store } = world({ nodes: [odd] });
  await engine.deploy(chain('root', { a: 'odd' }));
  await engine.start();
  await engine.handle(batch([message('m')]));
  expect(await deadLetters(store)).toEqual(['ENGINE_OUTCOME_INVALID m']);
  await engine.close();
});

test('messages wait for a connection, or fail without one, as the node says; it is opened again after it broke', async () => {
  const opened: string[] = [];
  let isUp = false;
  let lose: (reason: Error) => void = () => undefined;
  const connected = defineRuleNode({
    ...about,
    type: 'test.connected',
    relationTypes: ['Success'],
    config: z.strictObject({ whenAway: z.enum(['wait', 'fail']) }),
    defaults: { whenAway: 'wait' },
    isExternal: true,
    connection: {
      open: ({ lost }) => {
        opened.push('try');
        lose = lost;
        return isUp ? Promise.resolve({ send: (text: string) => void opened.push(text) }) : Promise.reject(new Error('refused'));
      },
      close: () => {
        opened.push('closed');
        return Promise.resolve();
      },
      whenAway: ({ whenAway }) => whenAway,
    },
    onMessage(given, { connection }) {
      connection.send(labelOf(given));
      return route('Success', given);
    },
  });
  const { engine, store, clock } = world({ nodes: [connected] });
  await engine.deploy(chain('root', { a: ['connected', { whenAway: 'wait' }] }));
  await engine.deploy(chain('other', { b: ['connected', { whenAway: 'fail' }] }));
  await engine.start();
  await settled();
  await engine.handle(batch([message('waits')]));
  await engine.handle(batch([message('fails')], 'other'));
  await settled();
  expect(await deadLetters(store)).toEqual(['ENGINE_NODE_NOT_CONNECTED fails']);
  const [letter] = (await store.deadLetters(tenantId, { page: 0, pageSize: 1 })).data;
  expect(letter?.message.metadata['error']).toMatch(/^ENGINE_NODE_NOT_CONNECTED: .*refused$/);
  isUp = true;
  await clock.advanceMs(3_000);
  expect(opened.filter((text) => text !== 'try')).toEqual(['waits']);
  isUp = false;
  opened.length = 0;
  lose(new Error('cut'));
  await settled();
  expect(opened).toEqual(['closed']);
  isUp = true;
  await clock.advanceMs(1_000);
  expect(opened).toEqual(['closed', 'try']);
  await engine.close();
  expect(opened).toEqual(['closed', 'try', 'closed', 'closed']);
});

test('a checkpoint goes on after the commit, once, and an acknowledge node passes messages on', async () => {
  const flow = [
    defineRuleNode({ ...about, type: 'test.ack', relationTypes: ['Success'], engine: 'acknowledge', onMessage: (given) => route('Success', given) }),
    defineRuleNode({ ...about, type: 'test.checkpoint', relationTypes: ['Success'], engine: 'checkpoint', onMessage: () => emit([]) }),
  ];
  const { engine, seen, store } = world({ nodes: flow });
  await engine.deploy(chain('root', { a: 'ack', c: 'checkpoint', on: 'note' }, ['a -Success-> c', 'c -Success-> on']));
  await engine.start();
  await engine.handle(batch([message('1'), message('2')]));
  await settled();
  expect(seen).toEqual(['on:1', 'on:2']);
  expect(await store.openHandOvers()).toEqual([]);
  await engine.close();
});

test('a node that needs a service which is off does not start', async () => {
  const publishing = defineRuleNode({
    ...about,
    type: 'test.publishing',
    relationTypes: ['Success'],
    needs: ['broker'],
    onMessage: () => end('never'),
  });
  const { engine } = world({ nodes: [publishing], platform: () => ({}) });
  const inactive = await engine.deploy(chain('root', { a: 'publishing' }));
  expect(inactive[0]?.problem.code).toBe('ENGINE_NODE_SERVICE_OFF');
  await engine.close();
});

test('a node whose plugin is missing says which', async () => {
  const cloud = defineRuleNode({
    ...about,
    type: 'test.cloud',
    relationTypes: ['Success'],
    needsPlugin: 'fieldline-aws',
    onMessage: () => end('never'),
  });
  const { engine, store } = world({ nodes: [cloud] });
  const inactive = await engine.deploy(chain('root', { a: 'cloud' }));
  expect(inactive[0]?.problem.message).toContain('fieldline-aws');
  await engine.start();
  await engine.handle(batch([message('m')]));
  expect(await deadLetters(store)).toEqual(['ENGINE_NODE_NEEDS_PLUGIN m']);
  await engine.close();
});
