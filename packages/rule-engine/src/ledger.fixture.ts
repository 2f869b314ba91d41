import { epochMs } from '@fieldline/kernel';
import type { Queue } from '@fieldline/model';
import { standardQueues, systemTenantId } from '@fieldline/model';
import type { AnyRuleNodeDefinition, Emission, NewMessage } from '@fieldline/plugin-sdk';
import { defer, defineRuleNode, emit, end, fail, hold, route, z } from '@fieldline/plugin-sdk';
import { labelOf } from './engine.fixture.js';

// Nodes that do all that nodes may do, by a number that message, node and visit give: the same in every run.

const none = z.strictObject({});
const about = { version: 1, category: 'action', title: 'T', summary: 'T.', config: none, defaults: {}, relationTypes: 'custom' } as const;
const problem = { code: 'UNLUCKY', kind: 'internal', retry: 'never', message: 'Unlucky.', remedy: '-' } as const;

type Given = Parameters<typeof labelOf>[0];
const freshOf = ({ originator, metadata }: Given, label: string, type: string): NewMessage => ({ type, originator, metadata, data: { label } });

/** A queue of the system for each processing strategy, all of them with short pauses. */
export function queueOf(strategy: Queue['processing']['strategy'], submit: Queue['submit']['strategy']): Queue {
  const head = { id: 'queue-Q', tenantId: systemTenantId, createdAtMs: 0, version: 1, name: 'Q' };
  const processing = { strategy, retries: 2, failurePercentage: 0, pauseMs: 10, pauseMaxMs: 10 };
  return { ...standardQueues[0], ...head, submit: { strategy: submit, batchSize: 2 }, processing };
}

/** What the nodes did that the ledger is held against. */
export interface Deeds {
  spawned: number;
}

export function luckyNodes(deeds: Deeds): readonly AnyRuleNodeDefinition[] {
  const visits = new Map<string, number>();
  /** 0 to `count` - 1. */
  const dice = (message: Given, nodeName: string, count: number): number => {
    const key = `${nodeName}/${labelOf(message)}`;
    const visit = (visits.get(key) ?? 0) + 1;
    visits.set(key, visit);
    return [...`${key}/${visit}`].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x0100_0193) >>> 0, 0x811c_9dc5) % count;
  };
  const two = (message: Given, to: string): readonly Emission<string>[] =>
    ['x', 'y'].map((letter) => ({ to, message: freshOf(message, `${labelOf(message)}${letter}`, message.type) }));
  const walk = (message: Given, nodeName: string) => {
    switch (dice(message, nodeName, 12)) {
      case 0:
        return route(['A', 'B'], message);
      case 1:
        return route(['A', 'a'], message);
      case 2:
        return route([], message);
      case 3:
        return route('Failure', message);
      case 4:
        return fail(problem, message);
      case 5:
        return route('B', message, { emits: two(message, 'A') });
      case 6:
        if (message.type === 'SPAWNED') return end('spawned enough');
        deeds.spawned += 1;
        return route('A', message, { spawns: [freshOf(message, `${labelOf(message)}s`, 'SPAWNED')] });
      case 7:
        return route('B', message);
      case 8:
        return route(['B', 'nowhere'], message);
      default:
        return route('A', message);
    }
  };
  return [
    defineRuleNode<object, never, string>({ ...about, type: 'test.walk', onMessage: (m, { nodeName }) => walk(m, nodeName) }),
    defineRuleNode<object, never, string>({
      ...about,
      type: 'test.walk-batch',
      onMessage: (m, { nodeName }) => walk(m, nodeName),
      onBatch: (all, { nodeName }) => all.map((m) => walk(m, nodeName)),
    }),
    defineRuleNode<object, never, string>({ ...about, type: 'test.walk-slow', onMessage: async (m, { nodeName }) => walk(m, nodeName) }),
    defineRuleNode<object, never, string>({
      ...about,
      type: 'test.many',
      onMessage: (m, { nodeName }) => emit(two(m, 'A').slice(dice(m, nodeName, 3))),
    }),
    defineRuleNode<object, never, string>({ ...about, type: 'test.by-queue', hasQueue: true, onMessage: (m) => emit(two(m, 'A')) }),
    defineRuleNode<object, { n: number }, string>({
      ...about,
      type: 'test.wake',
      state: { schema: z.strictObject({ n: z.int() }), keyedBy: 'originator', maxEntries: 100 },
      onMessage: (m, { nowMs, nodeName }) =>
        dice(m, nodeName, 2) === 0 ? hold(epochMs(nowMs + 500), { n: 1 }) : route('A', m, { state: { n: 1 }, wakeAtMs: epochMs(nowMs + 300) }),
      onTimer: (m, { nodeName }) => (dice(m, nodeName, 2) === 0 ? route('A', m) : emit(two(m, 'B'))),
    }),
    defineRuleNode<object, never, string>({
      ...about,
      type: 'test.remote',
      isExternal: true,
      onMessage: (m, { nowMs, nodeName }) => (dice(m, nodeName, 3) === 0 ? defer(problem, epochMs(nowMs + 50)) : walk(m, nodeName)),
    }),
    defineRuleNode<object, never, string>({ ...about, type: 'test.ack', engine: 'acknowledge', onMessage: (m) => route('Success', m) }),
    defineRuleNode<object, never, string>({ ...about, type: 'test.checkpoint', engine: 'checkpoint', onMessage: (m) => route('Success', m) }),
    defineRuleNode<object, never, string>({
      ...about,
      type: 'test.pulse',
      hasInput: false,
      onMessage: (m) => route('A', m),
      ticks: {
        periodMs: () => 700,
        onTick: () => {
          const made = freshOf({ originator: { entityType: 'DEVICE', id: 'd' }, metadata: {} } as Given, 'tick', 'T');
          return emit([
            { to: 'A', message: made },
            { to: 'B', message: made },
          ]);
        },
      },
    }),
  ];
}
