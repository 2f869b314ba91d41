// Goal: packs under every strategy, through the engine: order, retries, what a retry does twice and what it does not,
// time limits and what is given up. Method: nodes that fail or wait as the test says.
import type { Queue } from '@fieldline/model';
import { standardQueues, systemTenantId } from '@fieldline/model';
import { defineRuleNode, emit, fail, route, z } from '@fieldline/plugin-sdk';
import { expect, test } from 'vitest';
import { batch, chain, deadLetters, labelOf, message, settled, tenantId, world } from './engine.fixture.js';
import { QueueTable } from './queues/queue-table.js';

const about = {
  version: 1,
  category: 'action',
  title: 'T',
  summary: 'T.',
  config: z.strictObject({}),
  defaults: {},
  relationTypes: ['Success'],
} as const;

/** A queue of the system that is like Main but for what is given. */
function queueLike(name: string, changes: Partial<Queue> = {}): Queue {
  const head = { id: `queue-${name}`, tenantId: systemTenantId, createdAtMs: 0, version: 1 };
  return { ...standardQueues[0], ...head, name, ...changes };
}
const retrying = (strategy: Queue['processing']['strategy'], more: Partial<Queue['processing']> = {}): Partial<Queue> => ({
  processing: { strategy, retries: 3, failurePercentage: 0, pauseMs: 1_000, pauseMaxMs: 1_000, ...more },
});

/** A world with one queue `Q`; `test.unsure` fails a message while its label is in `failing`, `test.wait` waits while it is in `waiting`. */
function start(changes: Partial<Queue>) {
  const queues = new QueueTable();
  queues.put(queueLike('Q', changes));
  const failing = new Set<string>();
  const waiting = new Map<string, () => void>();
  const nodes = [
    defineRuleNode({
      ...about,
      type: 'test.unsure',
      onMessage: (made) =>
        failing.has(labelOf(made))
          ? fail({ code: 'UNSURE', kind: 'internal', retry: 'never', message: 'No.', remedy: '-' }, made)
          : route('Success', made),
    }),
    defineRuleNode({
      ...about,
      type: 'test.wait',
      async onMessage(made) {
        if (waiting.has(labelOf(made))) await new Promise<void>((resolve) => waiting.set(labelOf(made), resolve));
        return route('Success', made);
      },
    }),
    // Sends two messages to its queue.
    defineRuleNode({
      ...about,
      type: 'test.queued-split',
      hasQueue: true,
      onMessage: (made) => {
        const { type, originator, metadata } = made;
        return emit(
          [1, 2].map((n) => ({ to: 'Success' as const, message: { type, originator, metadata, data: { label: `${labelOf(made)}${n}` } } })),
        );
      },
    }),
    defineRuleNode({ ...about, type: 'test.ack', engine: 'acknowledge', onMessage: (made) => route('Success', made) }),
    defineRuleNode({ ...about, type: 'test.checkpoint', engine: 'checkpoint', onMessage: (made) => route('Success', made) }),
  ];
  const made = world({ nodes, queues });
  return {
    ...made,
    queues,
    failing,
    waiting,
    /** Hands a batch to the queue; `state` says what became of it. */
    send(labels: readonly string[], devices: readonly string[] = labels.map(() => 'device-a')) {
      const state = { is: 'open' };
      const messages = labels.map((label, i) => message(label, {}, devices[i]));
      made.engine.handle({ ...batch(messages), queueName: 'Q' }).then(
        () => (state.is = 'done'),
        (error: { code: string }) => (state.is = error.code),
      );
      return state;
    },
  };
}

const line = chain('root', { first: 'note', unsure: 'unsure', last: 'note' }, ['first -Success-> unsure', 'unsure -Success-> last']);

test('RETRY_FAILED runs what failed from the start of its chain, after the pause, and nothing else', async () => {
  const { engine, store, clock, seen, failing, send } = start(retrying('RETRY_FAILED'));
  await engine.deploy(line);
  failing.add('b');
  const sent = send(['a', 'b', 'c']);
  await settled();
  expect(seen).toEqual(['first:a', 'first:b', 'first:c', 'last:a', 'last:c']);
  expect(sent.is).toBe('open');
  failing.clear();
  await clock.advanceMs(999);
  expect(seen).toHaveLength(5);
  await clock.advanceMs(1);
  expect(seen.slice(5)).toEqual(['first:b', 'last:b']);
  expect(sent.is).toBe('done');
  expect(await deadLetters(store)).toEqual([]);
});

test('the partition is held while a pack is retried: later batches wait, those of another queue do not', async () => {
  const { engine, clock, seen, failing, send } = start({ ...retrying('RETRY_FAILED'), partitions: 1 });
  await engine.deploy(line);
  failing.add('a');
  send(['a']);
  const second = send(['b']);
  await engine.handle(batch([message('main')]));
  await settled();
  expect(seen).toEqual(['first:a', 'first:main', 'last:main']);
  failing.clear();
  await clock.advanceMs(1_000);
  expect(seen.slice(3)).toEqual(['first:a', 'last:a', 'first:b', 'last:b']);
  expect(second.is).toBe('done');
});

test('what is given up becomes a dead letter with its error, once', async () => {
  const { engine, store, clock, failing, send } = start(retrying('RETRY_ALL', { retries: 2 }));
  await engine.deploy(line);
  failing.add('b');
  const sent = send(['a', 'b']);
  await settled();
  await clock.advanceMs(1_999);
  expect(await deadLetters(store)).toEqual([]);
  await clock.advanceMs(1);
  expect(await deadLetters(store)).toEqual(['UNSURE b']);
  expect(sent.is).toBe('done');
});

test('what succeeded is stored while the rest is retried', async () => {
  const { engine, store, failing, send } = start(retrying('RETRY_FAILED'));
  await engine.deploy(chain('root', { unsure: 'unsure', count: 'count' }, ['unsure -Success-> count']));
  failing.add('b');
  send(['a', 'b']);
  await settled();
  expect(await store.nodeStates(tenantId, 'root.count', 10)).toEqual([{ entityId: 'device-a', state: { count: 1 } }]);
});

test('a retry moves no node state twice and hands nothing over twice, but runs nodes without effects anew', async () => {
  const { engine, store, clock, seen, failing, send } = start(retrying('RETRY_FAILED'));
  const sketch = { first: 'note', count: 'count', far: 'external', unsure: 'unsure', last: 'note' };
  await engine.deploy(chain('root', sketch, ['first -Success-> count', 'count -Success-> far', 'count -Success-> unsure', 'unsure -Success-> last']));
  await engine.start();
  failing.add('a=1');
  send(['a', 'a']);
  await settled();
  // The second message of the originator met the state that the first had left.
  expect(await store.nodeStates(tenantId, 'root.count', 10)).toEqual([{ entityId: 'device-a', state: { count: 2 } }]);
  failing.clear();
  await clock.advanceMs(1_000);
  expect(await store.nodeStates(tenantId, 'root.count', 10)).toEqual([{ entityId: 'device-a', state: { count: 2 } }]);
  expect(seen.filter((entry) => entry.startsWith('far'))).toEqual(['far:a=1', 'far:a=2']);
  expect(seen.filter((entry) => entry.startsWith('first'))).toHaveLength(3);
  expect(seen.filter((entry) => entry.startsWith('last'))).toEqual(['last:a=2', 'last:a=1']);
});

test('a retry spawns no message twice and saves at the time of the first attempt', async () => {
  const { engine, store, clock, seen, failing, send } = start(retrying('RETRY_FAILED'));
  const sketch = { spawn: 'spawn', first: 'note', save: 'save', unsure: 'unsure' };
  await engine.deploy(chain('root', sketch, ['spawn -Success-> first', 'first -Success-> save', 'save -Success-> unsure']));
  failing.add('a');
  send(['a']);
  await settled();
  failing.clear();
  await clock.advanceMs(1_000);
  expect(seen.filter((entry) => entry === "first:a'")).toHaveLength(1);
  expect(seen.filter((entry) => entry === 'first:a')).toHaveLength(2);
  const query = { key: 'label', startMs: 0, endMs: Number.MAX_SAFE_INTEGER, limit: 10, order: 'ASC' } as const;
  expect(await store.range(tenantId, { entityType: 'DEVICE', id: 'device-a' }, query)).toHaveLength(1);
});

test('an acknowledged message is not retried; what fails after that is a dead letter', async () => {
  const { engine, store, clock, seen, failing, send } = start(retrying('RETRY_ALL'));
  await engine.deploy(chain('root', { first: 'note', ack: 'ack', unsure: 'unsure' }, ['first -Success-> ack', 'ack -Success-> unsure']));
  failing.add('a');
  const sent = send(['a']);
  await clock.advanceMs(10_000);
  expect(seen).toEqual(['first:a']);
  expect(await deadLetters(store)).toEqual(['UNSURE a']);
  expect(sent.is).toBe('done');
});

test('SEQUENTIAL_BY_ORIGINATOR holds later messages of an originator until the earlier one is done', async () => {
  const submit = { strategy: 'SEQUENTIAL_BY_ORIGINATOR', batchSize: 0 } as const;
  const { engine, clock, seen, failing, send } = start({ submit, ...retrying('RETRY_FAILED_AND_TIMED_OUT') });
  await engine.deploy(line);
  failing.add('a1');
  const sent = send(['a1', 'a2', 'b1', 'b2'], ['a', 'a', 'b', 'b']);
  await settled();
  expect(seen.filter((entry) => entry.startsWith('last'))).toEqual(['last:b1', 'last:b2']);
  expect(seen).not.toContain('first:a2');
  failing.clear();
  await clock.advanceMs(1_000);
  expect(seen.filter((entry) => entry.startsWith('last'))).toEqual(['last:b1', 'last:b2', 'last:a1', 'last:a2']);
  expect(sent.is).toBe('done');
});

test('messages behind a failure that is given up become dead letters: nothing is dropped', async () => {
  const { engine, store, failing, send } = start({ submit: { strategy: 'SEQUENTIAL', batchSize: 0 } });
  await engine.deploy(line);
  failing.add('b');
  const sent = send(['a', 'b', 'c']);
  await settled();
  expect(await deadLetters(store)).toEqual(['UNSURE b', 'ENGINE_PACK_TIMED_OUT c']);
  expect(sent.is).toBe('done');
});

test('what takes longer than the pack may is cancelled and run again; what it answers then no longer counts', async () => {
  const { engine, clock, seen, waiting, send } = start(retrying('RETRY_TIMED_OUT'));
  await engine.deploy(chain('root', { first: 'note', wait: 'wait', last: 'note' }, ['first -Success-> wait', 'wait -Success-> last']));
  waiting.set('a', () => undefined);
  const sent = send(['a']);
  await clock.advanceMs(2_000);
  const answer = waiting.get('a');
  waiting.clear();
  await clock.advanceMs(1_000);
  expect(seen).toEqual(['first:a', 'first:a', 'last:a']);
  expect(sent.is).toBe('open');
  answer?.();
  await settled();
  expect(seen).toHaveLength(3);
  expect(sent.is).toBe('done');
});

test('SKIP_ALL_FAILURES_AND_TIMED_OUT gives up what is late, and says so in a dead letter', async () => {
  const { engine, store, clock, seen, waiting, send } = start(retrying('SKIP_ALL_FAILURES_AND_TIMED_OUT'));
  await engine.deploy(chain('root', { wait: 'wait', last: 'note' }, ['wait -Success-> last']));
  waiting.set('a', () => undefined);
  send(['a']);
  await clock.advanceMs(2_000);
  waiting.get('a')?.();
  await settled();
  expect(seen).toEqual([]);
  expect(await deadLetters(store)).toEqual(['ENGINE_PACK_TIMED_OUT a']);
});

test('SKIP_ALL_FAILURES waits for what is late', async () => {
  const { engine, store, clock, seen, waiting, send } = start({ submit: { strategy: 'BATCH', batchSize: 10 } });
  await engine.deploy(chain('root', { wait: 'wait', last: 'note' }, ['wait -Success-> last']));
  waiting.set('a', () => undefined);
  const sent = send(['a']);
  await clock.advanceMs(60_000);
  expect(sent.is).toBe('open');
  waiting.get('a')?.();
  await settled();
  expect([seen, sent.is, await deadLetters(store)]).toEqual([['last:a'], 'done', []]);
});

test('a checkpoint goes on by the strategies of its queue: a retry begins behind it, also after a restart', async () => {
  const { engine, store, queues, seen, failing } = start(retrying('RETRY_FAILED'));
  const drawn = chain('root', { first: 'note', point: 'checkpoint', unsure: 'unsure', last: 'note' }, [
    'first -Success-> point',
    'point -Success-> unsure',
    'unsure -Success-> last',
  ]);
  const root = { ...drawn, nodes: drawn.nodes.map((node) => (node.name === 'point' ? { ...node, queueName: 'Q' } : node)) };
  await engine.deploy(root);
  await engine.start();
  failing.add('a');
  await engine.handle(batch([message('a')]));
  await settled();
  expect(seen).toEqual(['first:a']);
  expect(await store.openHandOvers()).toHaveLength(1);
  await engine.drain();
  const next = world({ store, queues });
  await next.engine.deploy({ ...root, nodes: root.nodes.map((node) => (node.name === 'unsure' ? { ...node, type: 'test.note' } : node)) });
  await next.engine.start();
  await settled();
  expect(next.seen).toEqual(['unsure:a', 'last:a']);
  expect(await store.openHandOvers()).toEqual([]);
});

test('a checkpoint keeps its place over retries in one process', async () => {
  const { engine, store, clock, seen, failing } = start(retrying('RETRY_FAILED'));
  const drawn = chain('root', { first: 'note', point: 'checkpoint', unsure: 'unsure', last: 'note' }, [
    'first -Success-> point',
    'point -Success-> unsure',
    'unsure -Success-> last',
  ]);
  await engine.deploy({ ...drawn, nodes: drawn.nodes.map((node) => (node.name === 'point' ? { ...node, queueName: 'Q' } : node)) });
  await engine.start();
  failing.add('a');
  await engine.handle(batch([message('a')]));
  await clock.advanceMs(1_000);
  expect(seen).toEqual(['first:a']);
  failing.clear();
  await clock.advanceMs(1_000);
  expect(seen).toEqual(['first:a', 'last:a']);
  expect(await store.openHandOvers()).toEqual([]);
});

test('what a node with a queue of its own makes goes on by the strategies of that queue, from behind the node', async () => {
  const { engine, store, clock, seen, failing } = start(retrying('RETRY_FAILED'));
  const drawn = chain('root', { split: 'queued-split', unsure: 'unsure', last: 'note' }, ['split -Success-> unsure', 'unsure -Success-> last']);
  await engine.deploy({ ...drawn, nodes: drawn.nodes.map((node) => (node.name === 'split' ? { ...node, queueName: 'Q' } : node)) });
  await engine.start();
  failing.add('a2');
  await engine.handle(batch([message('a')]));
  await settled();
  expect(seen).toEqual(['last:a1']);
  expect(await store.openHandOvers()).toHaveLength(1);
  failing.clear();
  await clock.advanceMs(1_000);
  expect(seen).toEqual(['last:a1', 'last:a2']);
  expect(await store.openHandOvers()).toEqual([]);
});

test('a change of the queue holds from the next batch on', async () => {
  const { engine, store, clock, queues, failing, send } = start(retrying('RETRY_FAILED'));
  await engine.deploy(line);
  failing.add('a').add('b');
  const first = send(['a']);
  await settled();
  queues.put(queueLike('Q'));
  const second = send(['b']);
  failing.delete('a');
  await clock.advanceMs(1_000);
  expect([first.is, second.is, await deadLetters(store)]).toEqual(['done', 'done', ['UNSURE b']]);
});

test('a closing engine gives packs that are not done back to their queue', async () => {
  const { engine, store, failing, send } = start(retrying('RETRY_FAILED', { retries: 0 }));
  await engine.deploy(line);
  failing.add('a');
  const sent = send(['a']);
  const behind = send(['b']);
  await settled();
  engine.stopRetries();
  await settled();
  expect([sent.is, behind.is, await deadLetters(store)]).toEqual(['QUEUE_CLOSED', 'QUEUE_CLOSED', []]);
});

test('a batch that comes again after its commit changes nothing, also in the next process', async () => {
  const { engine, store, queues, seen } = start({});
  const counting = chain('root', { count: 'count', last: 'note' }, ['count -Success-> last']);
  await engine.deploy(counting);
  await engine.start();
  const again = { ...batch([message('a')]), id: 'batch-1' };
  await engine.handle(again);
  await engine.handle(again);
  expect(seen).toEqual(['last:a=1']);
  const next = world({ store, queues });
  await next.engine.deploy(counting);
  await next.engine.start();
  await next.engine.handle(again);
  await next.engine.handle({ ...again, id: 'batch-2' });
  expect(next.seen).toEqual(['last:a=2']);
});
