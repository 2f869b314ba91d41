import { defineRuleNode, emit, hold, route, z } from '@fieldline/plugin-sdk';
import type { EpochMs } from '@fieldline/plugin-sdk';
import { expect, test } from 'vitest';
import { batch, chain, deadLetters, message, settled, tenantId, world } from './engine.fixture.js';
import { COUNTED_LABELS_MAX, HAND_OVER_BATCH_MAX, REMEMBERED_SPELLINGS_MAX, REMOVED_CHAINS_MAX, TICK_PERIOD_MIN_MS, TIMER_MAX_MS } from './limits.js';

// Each bound that no other test reaches, and what happens there. The others: rule-engine.test.ts (nodes of a
// message), nested-chains.test.ts (depth), hand-over.test.ts (at once, in memory, retry, drain).

const about = { version: 1, category: 'action', title: 'Test', summary: 'For this test.', config: z.strictObject({}), defaults: {} } as const;

test('labels beyond the bound are counted together, and still lead where they should', async () => {
  const { engine, seen } = world();
  const last = `L${REMEMBERED_SPELLINGS_MAX + 9}`;
  await engine.deploy(chain('root', { s: 'switch', n: 'note' }, [`s -${last.toLowerCase()}-> n`]));
  const labels = Array.from({ length: REMEMBERED_SPELLINGS_MAX + 10 }, (_, n) => `L${n}`);
  await engine.handle(batch(labels.map((to) => message(to, { to }))));
  await engine.handle(batch([message('again', { to: last })]));
  expect(seen).toEqual([`n:${last}`, 'n:again']);
  const relations = (await engine.ledger(tenantId, 'root'))?.nodes[0]?.relations ?? [];
  expect(relations).toHaveLength(COUNTED_LABELS_MAX + 1);
  expect(relations.at(-1)).toMatchObject({ relationType: '(other labels)', left: labels.length + 1 - COUNTED_LABELS_MAX });
});

test('reasons to end are bounded in the same way', async () => {
  const reasoned = defineRuleNode({
    ...about,
    type: 'test.reasoned',
    relationTypes: ['Success'],
    onMessage: (made) => ({ kind: 'ended', reason: (made.data as { label: string }).label }),
  });
  const { engine } = world({ nodes: [reasoned] });
  await engine.deploy(chain('root', { r: 'reasoned' }));
  await engine.handle(batch(Array.from({ length: COUNTED_LABELS_MAX + 5 }, (_, n) => message(`because ${n}`))));
  expect((await engine.ledger(tenantId, 'root'))?.nodes[0]?.ended['(other labels)']).toBe(5);
});

test('a node that takes batches gets at most HAND_OVER_BATCH_MAX at once', async () => {
  const sizes: number[] = [];
  const sender = defineRuleNode({
    ...about,
    type: 'test.sender',
    relationTypes: ['Success'],
    isExternal: true,
    onMessage: (made) => route('Success', made),
    onBatch(messages) {
      sizes.push(messages.length);
      return messages.map((made) => route('Success', made));
    },
  });
  const { engine } = world({ nodes: [sender] });
  await engine.deploy(chain('root', { s: 'sender' }));
  await engine.start();
  await engine.handle(batch(Array.from({ length: HAND_OVER_BATCH_MAX + 1 }, (_, n) => message(String(n)))));
  await settled();
  expect(sizes).toEqual([HAND_OVER_BATCH_MAX, 1]);
});

test('a period shorter than the shortest counts as that, and ticks that were missed are not made up for', async () => {
  let ticks = 0;
  const eager = defineRuleNode({
    ...about,
    type: 'test.eager',
    relationTypes: ['Success'],
    onMessage: (made) => route('Success', made),
    ticks: {
      periodMs: () => 0,
      onTick() {
        ticks += 1;
        return emit([]);
      },
    },
  });
  const { engine, clock } = world({ nodes: [eager] });
  await engine.deploy(chain('root', { e: 'eager' }));
  await engine.start();
  await clock.advanceMs(TICK_PERIOD_MIN_MS * 5);
  expect(ticks).toBe(5);
  clock.sleepMs(60_000);
  await clock.advanceMs(TICK_PERIOD_MIN_MS);
  expect(ticks).toBeLessThanOrEqual(8);
});

test('a message held for longer than one timer may last is not let go early', async () => {
  const dueInMs = TIMER_MAX_MS * 2 + 5;
  const keeper = defineRuleNode({
    ...about,
    type: 'test.keeper',
    relationTypes: ['Success'],
    state: { schema: z.strictObject({}), keyedBy: 'node', maxEntries: 1 },
    onMessage: (_made, { nowMs }) => hold((nowMs + dueInMs) as EpochMs, {}),
    onTimer: (made) => route('Success', made),
  });
  const { engine, clock, seen } = world({ nodes: [keeper] });
  await engine.deploy(chain('root', { k: 'keeper', n: 'note' }, ['k -Success-> n']));
  await engine.start();
  await engine.handle(batch([message('1')]));
  expect(clock.longestTimerMs).toBeLessThanOrEqual(TIMER_MAX_MS);
  await clock.advanceMs(dueInMs - 1);
  expect(seen).toEqual([]);
  await clock.advanceMs(1);
  await settled();
  expect(seen).toEqual(['n:1']);
});

test('beyond the bound the chain removed first counts as one that never was', async () => {
  const { engine, store } = world();
  await engine.deploy(chain('root', { c: ['chain', { ruleChainId: 'r0' }] }));
  for (let n = 0; n <= REMOVED_CHAINS_MAX; n += 1) {
    await engine.deploy(chain(`r${n}`, {}));
    await engine.remove(`r${n}`);
    if (n === 0) await engine.handle(batch([message('ends')]));
  }
  await engine.handle(batch([message('fails')]));
  expect(await deadLetters(store)).toEqual(['ENGINE_CHAIN_UNKNOWN fails']);
});
