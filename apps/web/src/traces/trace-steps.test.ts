// Goal: a trace is read as it happened, with its pauses, nested chains and the place where it went wrong.
import { expect, it } from 'vitest';
import { hopOfInterest, pathIn, spanUs, stepsOf } from './trace-steps.js';
import { durationText, outcomeText } from './trace-words.js';
import { hopOf, traceOf } from './trace.fixture.js';

const caller = { ruleChainId: 'root', ruleNodeId: 'a' };
const out = (relationType: string, isUnconnected = false) => [{ relationType, message: 0, isUnconnected }];
const trace = traceOf([
  hopOf({ out: out('Success') }),
  hopOf({ ruleChainId: 'nested', ruleNodeId: 'n', callers: [caller], out: out('TRUE'), startTime: 1_001 }),
  hopOf({ ruleNodeId: 'b', part: 1, startTime: 5_001, durationUs: 2_000, outcome: 'FAILED', error: { code: 'X', message: 'No.' } }),
]);

it('names each chain where it begins, indents nested ones and tells pauses between parts', () => {
  const told = stepsOf(trace).map((step) => (step.kind === 'pause' ? [step.part, step.waitedMs] : [step.place, step.depth, step.chainName]));
  expect(told).toEqual([
    [0, 0, 'Root'],
    [1, 1, 'Nested'],
    [2, 3_999.5],
    [2, 0, 'Root'],
  ]);
});

it('opens where it went wrong, else at the start', () => {
  expect([hopOfInterest(trace), hopOfInterest(traceOf([hopOf({})])), hopOfInterest(traceOf([]))]).toEqual([2, 0, 0]);
});

it('tells how long it all took', () => {
  expect([spanUs(trace), spanUs(traceOf([]))]).toEqual([4_003_000, 0]);
});

it('gives the path in one chain, with relation types in lower case', () => {
  const { nodes, failed, left } = pathIn(trace, 'root');
  expect([[...nodes], [...failed], [...(left.get('a') ?? [])]]).toEqual([['a', 'b'], ['b'], ['success']]);
  expect([...(pathIn(trace, 'nested').left.get('n') ?? [])]).toEqual(['true']);
});

it.each([
  [hopOf({ out: [...out('True'), ...out('True'), ...out('False')] }), 'left by True, False'],
  [hopOf({ outcome: 'FAILED', error: { code: 'X', message: 'No.' } }), 'failed: No.'],
  [hopOf({ outcome: 'FAILED', out: out('Failure', true), error: { code: 'X', message: 'No.' } }), 'failed: No.'],
  [hopOf({ outcome: 'FAILED', out: out('Failure'), error: { code: 'X', message: 'No.' } }), 'failed, left by Failure'],
  [hopOf({ outcome: 'ENDED', reason: 'filtered out' }), 'ended here: filtered out'],
  [hopOf({ outcome: 'EMITTED' }), 'ended: nothing left the node'],
])('says what became of a message', (hop, text) => {
  expect(outcomeText(hop)).toBe(text);
});

it.each([
  [12.4, '12 µs'],
  [1_250, '1.3 ms'],
  [45_000, '45 ms'],
  [3_200_000, '3.2 s'],
  [600_000_000, '10 min'],
])('%d µs is written as %s', (us, text) => {
  expect(durationText(us)).toBe(text);
});
