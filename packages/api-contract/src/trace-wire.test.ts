// Goal: the parts of a trace become one, with places that still fit, and what is shown stays bounded.
import { expect, it } from 'vitest';
import { API_TRACE_HOPS_MAX } from './limits.js';
import type { RecordedPart } from './trace-wire.js';
import { chainsOfTrace, traceToWire } from './trace-wire.js';
import { traceParametersSchema, wireTraceSchema } from './trace.js';

const originator = { entityType: 'DEVICE', id: '00000000-0000-7000-8000-000000000001' } as const;
const hop = {
  at: { ruleChainId: 'c1', ruleNodeId: 'n1' },
  chainVersion: 2,
  nodeName: 'Filter',
  nodeType: 'filter.script',
  startedAtMs: 5,
  durationUs: 12.5,
  calledWith: 3,
  in: 0,
} as const;
const message = { id: 'm', type: 'T', originator, metadata: '{"a":"b"}', data: '{}' } as const;
const head = { originator, messageType: 'T', ruleChainId: 'c1', startedAtMs: 5, hasFailed: false, isStart: true, isCut: false } as const;
const part = (id: string, more: Partial<RecordedPart>): RecordedPart => ({
  ...{ ...head, id, traceId: 'm', reason: 'first', hops: [], messages: [message] },
  ...more,
});
const names = new Map([['c1', 'Root']]);

it('parts follow each other, and hops name the messages of the whole', () => {
  const parts = [
    part('p1', {
      messages: [message, { ...message, id: 'm2', isCut: true }],
      hops: [
        { ...hop, outcome: 'routed', out: [{ relationType: 'True', message: 1 }] },
        { ...hop, in: 1, outcome: 'handed-over' },
      ],
    }),
    part('p2', {
      ruleChainId: 'c2',
      isStart: false,
      hasFailed: true,
      hops: [
        {
          ...{ ...hop, at: { ruleChainId: 'c2', ruleNodeId: 'n2' }, callers: [{ ruleChainId: 'c1', ruleNodeId: 'n3' }], outcome: 'failed' },
          ...{ error: { code: 'X', message: 'No.' }, out: [{ relationType: 'Failure', message: 0, isUnconnected: true }] },
        },
      ],
    }),
  ];
  const trace = traceToWire('m', parts, names);
  expect(wireTraceSchema.parse(trace)).toEqual(trace);
  expect(trace).toMatchObject({ traceId: 'm', hasFailed: true, isCut: false });
  expect(trace.parts.map(({ id, ruleChainName, reason, isStart, hopCount }) => [id, ruleChainName, reason, isStart, hopCount])).toEqual([
    ['p1', 'Root', 'FIRST', true, 2],
    ['p2', null, 'FIRST', false, 1],
  ]);
  expect(trace.ruleChains).toEqual([
    { id: 'c1', name: 'Root' },
    { id: 'c2', name: null },
  ]);
  expect(trace.messages.map(({ id, isCut }) => [id, isCut])).toEqual([
    ['m', false],
    ['m2', true],
    ['m', false],
  ]);
  expect(trace.hops.map(({ part: of, in: came, outcome, out }) => [of, came, outcome, out])).toEqual([
    [0, 0, 'ROUTED', [{ relationType: 'True', message: 1, isUnconnected: false }]],
    [0, 1, 'HANDED_OVER', []],
    [1, 2, 'FAILED', [{ relationType: 'Failure', message: 2, isUnconnected: true }]],
  ]);
  expect(trace.hops[2]).toMatchObject({
    ...{ ruleChainId: 'c2', ruleNodeId: 'n2', callers: [{ ruleChainId: 'c1', ruleNodeId: 'n3' }], error: { code: 'X', message: 'No.' } },
    ...{ reason: null, chainVersion: 2, nodeName: 'Filter', nodeType: 'filter.script', startTime: 5, durationUs: 12.5, calledWith: 3 },
  });
  expect(chainsOfTrace(parts)).toEqual(['c1', 'c2']);
});

it('the first hops of a very long trace are shown, and that others are not', () => {
  const hops = Array.from({ length: API_TRACE_HOPS_MAX - 1 }, () => ({ ...hop, outcome: 'ended' }) as const);
  const [long, two] = [part('p1', { hops }), part('p2', { hops: hops.slice(0, 2) })];
  expect(traceToWire('m', [long], names)).toMatchObject({ isCut: false, hops: { length: API_TRACE_HOPS_MAX - 1 } });
  const cut = traceToWire('m', [long, two, part('p3', { hops: hops.slice(0, 1) })], names);
  expect(cut).toMatchObject({ isCut: true, hops: { length: API_TRACE_HOPS_MAX }, messages: { length: 2 }, parts: { length: 3 } });
});

it.each([
  [{ entityType: 'DEVICE' }, false],
  [{ entityId: originator.id }, false],
  [{ entityType: 'DEVICE', entityId: originator.id }, true],
  [{ entityType: 'device', entityId: originator.id }, false],
  [{ reason: 'FAILED', hasFailed: 'True' }, true],
  [{ reason: 'failed' }, false],
  [{ ruleChainId: 'x' }, false],
])('the filter %o is taken: %s', (filter, isTaken) => {
  expect(traceParametersSchema.safeParse({ pageSize: '10', page: '0', ...filter }).success).toBe(isTaken);
});
