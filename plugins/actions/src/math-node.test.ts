// Goal: arguments, results and failures of rule-nodes.md §4.9. Method: one message through the harness a row; what is stored is read back.
import { harnessStartMs, message, nodeHarness, ruleNodeConformance, telemetry, type Recorded } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { mathNode } from './math-node.js';
import type { Argument, MathSettings } from './math/settings.js';

const device = { entityType: 'DEVICE', id: 'device-a' } as const;
test.each(ruleNodeConformance(mathNode))('$name', ({ run }) => run());

const argument = (more: Partial<Argument> = {}): Argument => ({
  name: 'x',
  type: 'MESSAGE_BODY',
  key: 'x',
  attributeScope: null,
  defaultValue: null,
  ...more,
});
const result = (more: Partial<MathSettings['result']> = {}): MathSettings['result'] => ({ ...mathNode.defaults.result, key: 'r', ...more });
const start = (config: Partial<MathSettings>) =>
  nodeHarness(mathNode, { config: { customFunction: 'x', arguments: [argument()], result: result(), ...config } });

async function computed(config: Partial<MathSettings>, text: string, metadata: Record<string, string> = {}, fill?: (recorded: Recorded) => void) {
  const node = start(config);
  fill?.(node.recorded);
  const outcome = await node.send(message('T', device, null, { text, metadata }));
  if (outcome.kind === 'failed') return outcome.problem.message;
  return outcome.kind === 'routed' ? [outcome.message.text, outcome.message.metadata] : outcome.kind;
}

describe('arguments', () => {
  test.each<[Partial<Argument>, string, Record<string, string>, string]>([
    [{}, '{"x": 1.5}', {}, '{"x":1.5,"r":1.5}'],
    [{}, '{"x": "1.5e1"}', {}, '{"x":"1.5e1","r":15.0}'],
    [{ key: '${k}' }, '{"x": 1.5}', { k: 'x' }, '{"x":1.5,"r":1.5}'],
    [{ key: '$[which]' }, '{"which":"y","y":2}', {}, '{"which":"y","y":2,"r":2.0}'],
    [{ type: 'MESSAGE_METADATA' }, '{}', { x: '3' }, '{"r":3.0}'],
    [{ type: 'CONSTANT', key: '-4.25' }, '{}', {}, '{"r":-4.25}'],
    [{ defaultValue: 7 }, '{"x": null}', {}, '{"x":null,"r":7.0}'],
    [{ defaultValue: 7 }, '{"x": ""}', {}, '{"x":"","r":7.0}'],
    [{ defaultValue: 0 }, '{}', {}, '{"r":0.0}'],
    [{ type: 'MESSAGE_METADATA', defaultValue: 7 }, '{}', { x: '' }, '{"r":7.0}'],
  ])('%j of %s with %j gives %s', async (given, text, metadata, expected) => {
    expect(await computed({ arguments: [argument(given)] }, text, metadata)).toEqual([expected, metadata]);
  });

  test('attributes and the latest telemetry are read', async () => {
    const given = [
      argument({ name: 'a', type: 'ATTRIBUTE', key: 'a', attributeScope: 'SHARED_SCOPE' }),
      argument({ name: 'b', type: 'ATTRIBUTE', key: '${k}' }),
      argument({ name: 'c', type: 'TIME_SERIES', key: 'c' }),
    ];
    const fill = ({ attributes, points }: Recorded): void => {
      attributes.push(
        { entity: device, scope: 'SHARED_SCOPE', key: 'a', value: 1 },
        { entity: device, scope: 'SERVER_SCOPE', key: 'b', value: '20' },
      );
      points.push({ entity: device, key: 'c', tsMs: 1, value: 0, ttlMs: 0 }, { entity: device, key: 'c', tsMs: 2, value: 300.5, ttlMs: 0 });
    };
    expect(await computed({ arguments: given, customFunction: 'a + b + c' }, '{}', { k: 'b' }, fill)).toEqual(['{"r":321.5}', { k: 'b' }]);
  });

  test.each<[Partial<Argument>, string, string]>([
    [{}, '{}', "Message body has no 'x'!"],
    [{}, '{"x": null}', "Message body has no 'x'!"],
    [{ type: 'MESSAGE_METADATA' }, '{}', "Message metadata has no 'x'!"],
    [{ type: 'ATTRIBUTE' }, '{}', "Attribute scope SERVER_SCOPE has no 'x'!"],
    [{ type: 'TIME_SERIES' }, '{}', "Time series has no 'x'!"],
    [{ defaultValue: 1 }, '{"x": "warm"}', "Can't convert value 'warm' to double!"],
    [{}, '{"x": true}', "Can't convert value 'true' to double!"],
    [{}, '{"x": {"a":1}}', "Can't convert value '{\"a\":1}' to double!"],
    [{ type: 'CONSTANT', key: '1' }, '[1]', 'Message body is not a JSON object!'],
    [{}, '5', 'Message body is not a JSON object!'],
  ])('%j of %s fails: %s', async (given, text, problem) => {
    expect(await computed({ arguments: [argument(given)] }, text)).toBe(problem);
  });

  test('stored values that are no numbers fail', async () => {
    const fill = ({ attributes }: Recorded): void => void attributes.push({ entity: device, scope: 'SERVER_SCOPE', key: 'x', value: true });
    expect(await computed({ arguments: [argument({ type: 'ATTRIBUTE' })] }, '{}', {}, fill)).toBe("Can't convert value 'true' to double!");
  });

  test('a body that is no object is no matter where it is not needed', async () => {
    const config = { arguments: [argument({ type: 'CONSTANT', key: '1' })], result: result({ type: 'MESSAGE_METADATA' }) };
    expect(await computed(config, '[1]')).toEqual(['[1]', { r: '1.0' }]);
  });
});

describe('results', () => {
  test.each<[Partial<MathSettings>, string, string]>([
    [{}, '{"x": 21.115}', '{"x":21.115,"r":21.12}'],
    [{}, '{"x": 10000000}', '{"x":10000000,"r":1.0E7}'],
    [{ result: result({ resultValuePrecision: 0 }) }, '{"x": -1.9}', '{"x":-1.9,"r":-1}'],
    [{ operation: 'CEIL' }, '{"x": 1.2}', '{"x":1.2,"r":2}'],
    [{ operation: 'FLOOR' }, '{"x": 1e30}', '{"x":1e30,"r":9223372036854775807}'],
    [{ operation: 'GET_EXP' }, '{"x": 10}', '{"x":10,"r":3}'],
    [{ operation: 'SQRT', result: result({ resultValuePrecision: 0 }) }, '{"x": -1}', '{"x":-1,"r":0}'],
    [{ result: result({ key: '$[name]' }) }, '{"x": 1, "name": "y"}', '{"x":1,"name":"y","y":1.0}'],
    [{ result: result({ key: 'x' }) }, '{"x": 1, "y": 42.0}', '{"x":1.0,"y":42.0}'],
  ])('%j of %s gives %s', async (config, text, expected) => expect(await computed(config, text)).toEqual([expected, {}]));

  test.each<[Partial<MathSettings>, string, string]>([
    [{ operation: 'SQRT' }, '{"x": -1}', 'The result is NaN'],
    [{ operation: 'LOG' }, '{"x": 0}', 'The result is -Infinity'],
    [{ customFunction: '1 / x' }, '{"x": 0}', 'Division by zero!'],
    [{ operation: 'SQRT', result: result({ type: 'TIME_SERIES', resultValuePrecision: 0 }) }, '{"x": -1}', 'The result is NaN'],
  ])('%j of %s fails: %s', async (config, text, problem) => expect(await computed(config, text)).toContain(problem));

  test('metadata gets a text', async () => {
    const config = { result: result({ type: 'MESSAGE_METADATA', key: '${k}' }) };
    expect(await computed(config, '{"x": 10}', { k: 'y' })).toEqual(['{"x": 10}', { k: 'y', y: '10.0' }]);
    expect(await computed({ ...config, operation: 'CEIL' }, '{"x": 3.5}', { k: 'y' })).toEqual(['{"x": 3.5}', { k: 'y', y: '4' }]);
  });

  test('a time series gets the unrounded number with the time of the server, under the key as it is written', async () => {
    const node = start({ result: result({ type: 'TIME_SERIES', key: '${k}', addToMetadata: true }) });
    const sent = telemetry('device-a', { x: 1.239 }, { tsMs: 5, metadata: { k: 'y' } });
    expect(await node.send(sent)).toMatchObject({ to: 'Success', message: { text: sent.text, metadata: { y: '1.24' } } });
    expect(node.recorded.points).toEqual([{ entity: device, key: '${k}', tsMs: harnessStartMs, value: 1.239, ttlMs: 0 }]);
  });

  test.each([
    [{}, 1.24],
    [{ operation: 'FLOOR' as const }, 1],
  ])('an attribute gets the rounded number (%j): %d', async (more, value) => {
    const node = start({ ...more, result: result({ type: 'ATTRIBUTE', attributeScope: 'SHARED_SCOPE', addToBody: true }) });
    expect(await node.send(telemetry('device-a', { x: 1.239 }))).toMatchObject({ message: { data: { x: 1.239, r: value } } });
    expect(node.recorded.attributes).toEqual([{ entity: device, scope: 'SHARED_SCOPE', key: 'r', value }]);
  });

  test('nothing is added to the message unless the settings say so', async () => {
    const sent = telemetry('device-a', { x: 1.239 });
    expect(await start({ result: result({ type: 'ATTRIBUTE' }) }).send(sent)).toEqual({ kind: 'routed', to: 'Success', message: sent });
  });

  test('messages of an originator follow one another: each sees what the one before stored', async () => {
    const sum = [argument({ type: 'CONSTANT', key: '1' }), argument({ name: 'old', type: 'ATTRIBUTE', key: 'sum', defaultValue: 0 })];
    const node = start({ arguments: sum, customFunction: 'x + old', result: result({ type: 'ATTRIBUTE', key: 'sum' }) });
    await node.sendAll([telemetry('device-a', {}), telemetry('device-b', {}), telemetry('device-a', {})]);
    expect(node.recorded.attributes.map(({ entity, value }) => [entity.id, value])).toEqual([
      ['device-b', 1],
      ['device-a', 2],
    ]);
  });
});

describe('settings that keep the node from starting', () => {
  test.each<[Partial<MathSettings>, string]>([
    [{ operation: 'ADD' }, 'MATH_ARGUMENTS_WRONG'],
    [{ operation: 'ABS', arguments: [argument(), argument()] }, 'MATH_ARGUMENTS_WRONG'],
    [{ customFunction: 'y' }, 'MATH_EXPRESSION_INVALID'],
    [{ customFunction: null }, 'MATH_EXPRESSION_INVALID'],
    [{ customFunction: 'x'.repeat(257) }, 'NODE_SETTINGS_INVALID'],
    [{ arguments: Array.from({ length: 17 }, () => argument()) }, 'NODE_SETTINGS_INVALID'],
    [{ arguments: [argument({ type: 'CONSTANT', key: 'one' })] }, 'MATH_CONSTANT_INVALID'],
    [{ arguments: [argument({ type: 'CONSTANT', key: '1' })], result: result({ type: 'ATTRIBUTE', addToBody: true }) }, 'MATH_BODY_ARGUMENT_MISSING'],
  ])('%# %j', async (config, code) => await expect(start(config).start()).rejects.toMatchObject({ code }));

  test('a function without arguments is a constant', async () => {
    expect(await computed({ arguments: [], customFunction: '2pi' }, '{}')).toEqual(['{"r":6.28}', {}]);
  });
});
