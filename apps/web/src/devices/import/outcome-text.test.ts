// Goal: people read what became of an import without counting zeros. Method: each combination of counts.
import { describe, expect, it } from 'vitest';
import { outcomeText } from './outcome-text.js';

describe('outcomeText', () => {
  it.each([
    [[2, 0, 0], true, '2 devices would be created.'],
    [[1, 0, 1], false, '1 device was created. 1 line was left out.'],
    [[0, 1, 2], false, '1 device was changed. 2 lines were left out.'],
    [[10_000, 2, 0], true, '10,000 devices would be created. 2 devices would be changed.'],
    [[0, 0, 3], true, '0 devices would be created. 3 lines would be left out.'],
    [[0, 0, 0], false, '0 devices were created.'],
  ] as const)('of %j, check %j, is %j', ([created, updated, errors], isCheck, text) => {
    expect(outcomeText({ created, updated, errors, errorsList: [] }, isCheck)).toBe(text);
  });
});
