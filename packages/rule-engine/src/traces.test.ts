// Goal: the recorded way of a message is the way it went, across fan-out, nested chains, hand-overs, restarts and retries.
// Method: an engine over the memory store and a recorder that wants everything; ways are compared as lines of text.
import { standardQueues, systemTenantId, type RuleChain } from '@fieldline/model';
import { defer, defineRuleNode, epochMs, fail, route, z } from '@fieldline/plugin-sdk';
import { memoryDataStore } from '@fieldline/storage-memory';
import { expect, test } from 'vitest';
import { batch, chain, message, settled, tenantId, world } from './engine.fixture.js';
import { QueueTable } from './queues/queue-table.js';
import { hopLines, WatchingRecorder } from './record.fixture.js';
import { TRACE_CHARACTERS_MAX, TRACE_HOPS_MAX } from './limits.js';

const about = { version: 1, category: 'action', title: 'T', summary: 'T.', config: z.strictObject({}), defaults: {} } as const;

async function start(chains: readonly RuleChain[], options: Parameters<typeof world>[0] = {}) {
  const recorder = new WatchingRecorder();
  const made = world({ recorder, ...options });
  for (const one of chains) await made.engine.deploy(one);
  await made.engine.start();
  return { ...made, recorder };
}

const fan = chain('root', { s: 'switch', a: 'note', b: 'batch', c: 'note' }, ['s -X-> a', 's -x-> b', 'a -Success-> c']);

test('hops come in the order in which they happened, each with what left and where to', async () => {
  const { engine, recorder } = await start([fan]);
  await engine.handle(batch([message('1', { to: ['X', 'nowhere'] }), message('2', { to: [] })]));
  expect(recorder.parts.map(hopLines)).toEqual([
    ['s routed X,nowhere!', 'a routed Success', 'b routed Success!', 'c routed Success!'],
    ['s ended no relation type'],
  ]);
  expect(recorder.parts[0]).toMatchObject({ ruleChainId: 'root', reason: 'sampled', hasFailed: false, isStart: true, isCut: false });
  expect(recorder.parts[0]?.hops[0]).toMatchObject({ at: { ruleChainId: 'root', ruleNodeId: 'root.s' }, chainVersion: 1, nodeType: 'test.switch' });
});

test('a message that nobody changed is stored once, one that was changed once for each version', async () => {
  const { engine, recorder } = await start([chain('root', { n: 'note', c: 'count', m: 'note' }, ['n -Success-> c', 'c -Success-> m'])]);
  await engine.handle(batch([message('1')]));
  const [part] = recorder.parts;
  expect(part?.messages.map(({ data }) => data)).toEqual(['{"label":"1"}', '{"label":"1=1"}']);
  expect(part?.hops.map((hop) => [hop.in, hop.out?.[0]?.message])).toEqual([
    [0, 0],
    [0, 1],
    [1, 1],
  ]);
});

test('a message is traced from where it entered when it fails, and only then where it is not wanted', async () => {
  const { engine, recorder, store } = await start([chain('root', { n: 'note', s: 'switch', f: 'fail' }, ['n -Success-> s', 's -F-> f'])]);
  recorder.isWanted = false;
  await engine.handle(batch([message('1', { to: 'G' }), message('2', { to: 'F' }), message('3', { to: 'failure' })]));
  expect(recorder.parts.map(hopLines)).toEqual([
    ['n routed Success', 's routed F', 'f failed Failure! TEST_FAILED'],
    ['n routed Success', 's routed failure! ENGINE_FAILURE_UNCONNECTED'],
  ]);
  expect(recorder.parts.map(({ reason, hasFailed }) => [reason, hasFailed])).toEqual([
    ['failed', true],
    ['failed', true],
  ]);
  const letters = (await store.deadLetters(tenantId, { page: 0, pageSize: 9 })).data;
  expect(letters.map(({ message: { id } }) => id).sort()).toEqual(recorder.parts.map(({ traceId }) => traceId).sort());
});

test('a failure that Failure leads on is one too', async () => {
  const { engine, recorder } = await start([chain('root', { f: 'throw', n: 'note' }, ['f -Failure-> n'])]);
  recorder.isWanted = false;
  await engine.handle(batch([message('1')]));
  expect(recorder.parts.map(hopLines)).toEqual([['f failed Failure NODE_THREW', 'n routed Success!']]);
});

test('a node that is not active fails without a relation', async () => {
  const { engine, recorder } = await start([chain('root', { u: 'unheard-of', n: 'note' }, ['u -Failure-> n'])]);
  await engine.handle(batch([message('1')]));
  expect(recorder.parts.map(hopLines)).toEqual([['u failed ENGINE_NODE_TYPE_UNKNOWN']]);
});

test('the way through a nested chain shows the call, the way inside, and the way on', async () => {
  const { engine, recorder } = await start([
    chain('inner', { n: 'note', out: 'output' }, ['n -Success-> out']),
    chain('root', { call: ['chain', { ruleChainId: 'inner' }], m: 'note' }, ['call -out-> m']),
  ]);
  await engine.handle(batch([message('1'), message('2')]));
  const lines = ['call called', 'n routed Success', 'out returned out', 'call routed out', 'm routed Success!'];
  expect(recorder.parts.map(hopLines)).toEqual([lines, lines]);
  expect(recorder.parts[0]?.hops[1]?.callers).toEqual([{ ruleChainId: 'root', ruleNodeId: 'root.call' }]);
  expect(recorder.parts[0]?.hops[4]?.callers).toBeUndefined();
});

test('parts behind hand-overs join the trace, also after a restart and when a message is another by then', async () => {
  const drawn = chain('root', { x: 'split', h: 'hold', r: 'external', e: 'end' }, ['x -Success-> h', 'h -Success-> r', 'r -Success-> e']);
  const store = memoryDataStore();
  const before = await start([drawn], { store });
  const sent = message('1');
  await before.engine.handle(batch([sent]));
  await before.engine.close();
  const after = await start([drawn], { store, clock: before.clock });
  await after.clock.advanceMs(1_000);
  await settled();
  expect(before.recorder.parts.map(hopLines)).toEqual([['x emitted Success,Success', 'h held', 'h held']]);
  const lines = after.recorder.parts.map(hopLines);
  expect(lines.slice(0, 2)).toEqual([
    ['h routed Success', 'r handed-over'],
    ['h routed Success', 'r handed-over'],
  ]);
  expect(lines.slice(2)).toEqual([
    ['r routed Success', 'e ended enough'],
    ['r routed Success', 'e ended enough'],
  ]);
  const parts = await store.traceParts(tenantId, sent.id);
  expect(parts).toHaveLength(5);
  expect(parts.map(({ isStart }) => isStart)).toEqual([true, false, false, false, false]);
  expect(after.recorder.asked).toBe(0);
});

test('a failure behind a hand-over that nobody traced begins there, and its dead letter leads to the trace', async () => {
  const { engine, recorder, store } = await start([chain('root', { x: 'split', c: 'external', f: 'fail' }, ['x -Success-> c', 'c -Success-> f'])]);
  recorder.isWanted = false;
  const sent = message('1');
  await engine.handle(batch([sent]));
  await settled();
  expect(recorder.parts.map(hopLines)[0]).toEqual(['c routed Success', 'f failed Failure! TEST_FAILED']);
  expect(recorder.parts.map(({ traceId, isStart }) => [traceId, isStart])).toEqual([
    [sent.id, false],
    [sent.id, false],
  ]);
  const letters = (await store.deadLetters(tenantId, { page: 0, pageSize: 9 })).data;
  expect(letters.map(({ traceId }) => traceId)).toEqual([sent.id, sent.id]);
});

test('what only waits on is not told again and again', async () => {
  let isAway = true;
  const problem = { code: 'AWAY', kind: 'unavailable', retry: 'later', message: 'Away.', remedy: '-' } as const;
  const remote = defineRuleNode({
    ...about,
    type: 'test.remote',
    relationTypes: ['Success'],
    isExternal: true,
    onMessage: (made, { nowMs }) => (isAway ? defer(problem, epochMs(nowMs + 100)) : route('Success', made)),
  });
  const { engine, recorder, clock } = await start([chain('root', { r: 'remote' })], { nodes: [remote] });
  await engine.handle(batch([message('1')]));
  await settled();
  await clock.advanceMs(1_000);
  isAway = false;
  await clock.advanceMs(1_000);
  expect(recorder.parts.map(hopLines)).toEqual([['r handed-over'], ['r routed Success!']]);
});

test('a message that is retried is asked for once; each attempt is a part, the first of them the start', async () => {
  let failures = 2;
  const unsure = defineRuleNode({
    ...about,
    type: 'test.unsure',
    relationTypes: ['Success'],
    onMessage: (made) =>
      (failures -= 1) >= 0 ? fail({ code: 'NO', kind: 'internal', retry: 'never', message: 'No.', remedy: '-' }, made) : route('Success', made),
  });
  const queues = new QueueTable();
  const head = { id: 'q', tenantId: systemTenantId, createdAtMs: 0, version: 1, name: 'Q' };
  const processing = { strategy: 'RETRY_ALL', retries: 3, failurePercentage: 0, pauseMs: 1_000, pauseMaxMs: 1_000 } as const;
  queues.put({ ...standardQueues[0], ...head, processing });
  const { engine, recorder, clock } = await start([chain('root', { c: 'count', u: 'unsure' }, ['c -Success-> u'])], { queues, nodes: [unsure] });
  const handled = engine.handle({ ...batch([message('1')]), queueName: 'Q' });
  await settled();
  await clock.advanceMs(3_000);
  await handled;
  expect(recorder.parts.map((part) => [...hopLines(part), part.isStart, part.hasFailed])).toEqual([
    ['c routed Success', 'u failed Failure! NO', true, true],
    ['c routed Success', 'u failed Failure! NO', false, true],
    ['c routed Success', 'u routed Success!', false, false],
  ]);
  expect(recorder.asked).toBe(1);
});

test('what a tick makes is traced from the node that made it', async () => {
  const { recorder, clock } = await start([chain('root', { t: ['tick', { label: 'tick' }], n: 'note' }, ['t -Success-> n'])]);
  await clock.advanceMs(1_000);
  expect(recorder.parts.map(hopLines)).toEqual([['t emitted Success', 'n routed Success!']]);
  const [part] = recorder.parts;
  expect(part).toMatchObject({ messageType: 'T', traceId: part?.messages[0]?.id, isStart: true });
});

test('messages that a message spawned belong to its trace', async () => {
  const { engine, recorder } = await start([chain('root', { x: 'spawn' })]);
  await engine.handle(batch([message('1')]));
  expect(recorder.parts.map(hopLines)).toEqual([['x routed Success!', 'x routed Success!']]);
});

test('a call is timed as a whole where a node takes a batch, and one by one where it waits for each', async () => {
  const clocks: { sleepMs(ms: number): void }[] = [];
  const tired = (type: string, isWaiting: boolean) =>
    defineRuleNode({
      ...about,
      type,
      relationTypes: ['Success'],
      onMessage(made) {
        clocks[0]?.sleepMs((made.data as { ms: number }).ms);
        return isWaiting ? Promise.resolve(route('Success', made)) : route('Success', made);
      },
    });
  const nodes = [tired('test.tired', false), tired('test.waiting', true)];
  const { engine, recorder, clock } = await start([chain('root', { a: 'tired', b: 'waiting' }, ['a -Success-> b'])], { nodes });
  clocks.push(clock);
  const beganMs = clock.nowMs();
  await engine.handle(batch([message('1', { ms: 2 }), message('2', { ms: 40 })]));
  expect(
    recorder.parts.map(({ hops }) => hops.map(({ durationUs, calledWith, startedAtMs }) => [durationUs, calledWith, startedAtMs - beganMs])),
  ).toEqual([
    [
      [42_000, 2, 0],
      [2_000, 1, 42],
    ],
    [
      [42_000, 2, 0],
      [40_000, 1, 44],
    ],
  ]);
  const [first, second] = (await engine.ledger(tenantId, 'root'))?.nodes ?? [];
  expect(first?.time).toEqual({ count: 2, p50Us: expect.closeTo(42_000, -4), p95Us: expect.closeTo(42_000, -4) });
  expect(second?.relations[0]?.time).toEqual({ count: 2, p50Us: expect.closeTo(2_000, -3), p95Us: expect.closeTo(40_000, -4) });
});

test('texts are cut, and so is a way that is too long', async () => {
  const { engine, recorder } = await start([chain('root', { a: 'note', b: 'note' }, ['a -Success-> b', 'b -Success-> a'])]);
  await engine.handle(batch([message('1', { long: 'x'.repeat(TRACE_CHARACTERS_MAX) })]));
  const [part] = recorder.parts;
  expect(part?.hops).toHaveLength(TRACE_HOPS_MAX);
  expect(part?.isCut).toBe(true);
  expect(part?.messages).toHaveLength(1);
  expect(part?.messages[0]).toMatchObject({ isCut: true });
  expect(part?.messages[0]?.data).toHaveLength(TRACE_CHARACTERS_MAX);
});

test('a recorder that breaks costs the record, not the batch', async () => {
  const { engine, recorder, seen, store } = await start([chain('root', { n: 'note', s: 'save' }, ['n -Success-> s'])]);
  recorder.trace = () => {
    throw new Error('full');
  };
  await engine.handle(batch([message('1', { label: 1 })]));
  expect(seen).toEqual(['n:1']);
  expect(await store.latest(tenantId, { entityType: 'DEVICE', id: 'device-a' })).toHaveLength(1);
});
