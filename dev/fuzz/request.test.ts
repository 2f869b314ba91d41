// Goal: a failing request can be made again, and what is wrong with an answer is seen. Method: a document of one route,
// and answers written by hand.
import { describe, expect, it } from 'vitest';
import { Choices } from './choices.js';
import { Raw, textOf } from './json-text.js';
import { type Operation, requestTo } from './request.js';
import { ValidValues } from './valid.js';
import { faultOf } from './verdict.js';

const id = '784f394c-42b6-435a-983c-b7beff2784f9';
const valid = new ValidValues({ Name: { type: 'string' } }, { DEVICE: [id] });
const operation: Operation = {
  method: 'POST',
  path: '/api/device/{deviceId}',
  parameters: [
    { name: 'deviceId', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'pageSize', in: 'query', schema: { type: 'integer' } },
  ],
  body: { type: 'object', properties: { name: { $ref: '#/components/schemas/Name' }, kind: { enum: ['A'] } }, required: ['name', 'kind'] },
};
const requests = (seed: number) => Array.from({ length: 300 }, (_, n) => requestTo(operation, valid, new Choices(seed + n)));

describe('requests', () => {
  it('depend on the seed alone', () => {
    expect(requests(1)).toEqual(requests(1));
    expect(requests(1)).not.toEqual(requests(1_000));
  });

  it('are right sometimes and wrong in many ways', () => {
    const made = requests(1);
    const right = made.filter(
      ({ target, body }) => target.startsWith(`/api/device/${id}`) && /^\{"name":"name \d+","kind":"A"\}$/.test(body?.toString() ?? ''),
    );
    expect(right.length).toBeGreaterThan(50);
    expect(right.length).toBeLessThan(250);
    expect(new Set(made.map(({ headers }) => headers['content-type'])).size).toBeGreaterThan(4);
  });

  it('can hold JSON that no value is written as', () => {
    expect(textOf({ a: [new Raw('1e400'), null, undefined], b: '\ud800' })).toBe('{"a":[1e400,null,null],"b":"\\ud800"}');
  });
});

describe('an answer', () => {
  const request = { method: 'GET', target: '/', headers: {} };
  it.each([
    [{ status: 200, text: '{}' }, undefined],
    [{ status: 400, text: 'Error: no such key' }, undefined],
    [{ status: 500, text: '' }, 'status 500'],
    [{ status: 503, text: '' }, 'status 503'],
    [{ status: 400, text: 'x\n    at parse (/app/main.js:10:5)' }, 'the answer shows a stack trace: at parse (/app/main.js:10:5)'],
    [{ status: 400, text: 'TypeError: x in /app/dist/main.js' }, 'the answer shows a stack trace: TypeError: x in /app/dist/main.js'],
    [{ status: 0, text: '', fault: 'socket hang up' }, 'socket hang up'],
  ])('%o: %s', (answer, fault) => {
    expect(faultOf(request, answer)).toBe(fault);
  });

  it('that is long is judged at once', () => {
    const startedAt = performance.now();
    expect(faultOf(request, { status: 200, text: `at ${'a('.repeat(1_000_000)} ${'Error'.repeat(1_000_000)}` })).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('may be missing where the request is larger than what servers take', () => {
    const answer = { status: 0, text: '', fault: 'write ECONNRESET' };
    expect(faultOf({ ...request, target: `/?a=${'x'.repeat(20_000)}` }, answer)).toBeUndefined();
    expect(faultOf({ ...request, body: Buffer.alloc(17_000_000) }, answer)).toBeUndefined();
    expect(faultOf({ ...request, body: Buffer.alloc(1_000_000) }, answer)).toBe('write ECONNRESET');
  });
});
