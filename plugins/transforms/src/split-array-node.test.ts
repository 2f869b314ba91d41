// Goal: every row of rule-nodes.md §3 about lists. Method: one message through the harness a row.
import { message, nodeHarness, ruleNodeConformance } from '@fieldline/plugin-sdk/testing';
import { expect, test } from 'vitest';
import { ELEMENTS_MAX } from './limits.js';
import { splitArrayNode } from './split-array-node.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
const send = (text: string) => {
  const sent = message('T', device, null, { text, metadata: { k: 'v' }, customerId: 'customer' });
  return { sent, outcome: nodeHarness(splitArrayNode).send(sent) };
};

test.each(ruleNodeConformance(splitArrayNode))('$name', ({ run }) => run());

test('elements become new messages, in order and as they were written', async () => {
  const about = { type: 'T', originator: device, customerId: 'customer', metadata: { k: 'v' } };
  expect(await send('[{"a": 42.0}, 1E3, null]').outcome).toEqual({
    kind: 'emitted',
    messages: ['{"a":42.0}', '1E3', 'null'].map((text) => ({ to: 'Success', message: { ...about, text } })),
  });
});

test('a single element goes on as the same message', async () => {
  const { sent, outcome } = send('[ {"a": 42.0} ]');
  expect(await outcome).toMatchObject({ kind: 'routed', to: 'Success', message: { id: sent.id, text: '{"a":42.0}' } });
});

test('an empty list ends', async () => expect(await send('[]').outcome).toEqual({ kind: 'ended', reason: 'array-empty' }));

test.each(['{"a":[1]}', '1', 'null', '"[1]"'])('%s fails: it is no list', async (text) => {
  expect(await send(text).outcome).toMatchObject({ kind: 'failed', problem: { message: 'Msg data is not a JSON Array!' } });
});

test('a list has a bound', async () => {
  const list = (length: number) => JSON.stringify(Array.from({ length }, () => 0));
  expect(await send(list(ELEMENTS_MAX)).outcome).toMatchObject({ kind: 'emitted' });
  expect(await send(list(ELEMENTS_MAX + 1)).outcome).toMatchObject({ problem: { code: 'TRANSFORM_ARRAY_TOO_LONG' } });
});
