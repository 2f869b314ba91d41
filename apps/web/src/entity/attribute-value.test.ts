// Goal: an attribute gets the type that a person chose, and nothing that cannot be read is sent. Method: a text of each kind.
import { describe, expect, it } from 'vitest';
import { kindOf, readAttribute } from './attribute-value.js';

describe('the value of an attribute', () => {
  it('is what was written, in the chosen kind', () => {
    expect(readAttribute('text', '21.5')).toEqual({ value: '21.5' });
    expect(readAttribute('number', '21.5')).toEqual({ value: 21.5 });
    expect(readAttribute('boolean', 'true')).toEqual({ value: true });
    expect(readAttribute('json', '{"a":[1]}')).toEqual({ value: { a: [1] } });
  });

  it.each([
    ['number', ''],
    ['number', '1e999'],
    ['number', '12 V'],
    ['json', '{a:1}'],
  ] as const)('as %s is not %j', (kind, text) => {
    expect(readAttribute(kind, text)).toHaveProperty('fault');
  });

  it('is written again in the kind it has', () => {
    expect([kindOf('a'), kindOf(1), kindOf(false), kindOf([1]), kindOf(null)]).toEqual(['text', 'number', 'boolean', 'json', 'json']);
  });
});
