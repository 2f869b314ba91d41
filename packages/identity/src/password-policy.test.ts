// Goal: the policy counts what a person sees and names everything that is wrong. Method: examples of each member, and random
// passwords against a count of our own.
import { passwordPolicySchema } from '@fieldline/api-contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyFaults } from './password-policy.js';

const policy = (members: object) => passwordPolicySchema.parse(members);

describe('the password policy', () => {
  it('starts with 6 to 72 characters, counted as people count them', () => {
    expect(policyFaults(policy({}), 'short')).toEqual(['Password must be 6 or more characters in length.']);
    expect(policyFaults(policy({}), '😀'.repeat(6))).toEqual([]);
    expect(policyFaults(policy({}), '😀'.repeat(72))).toEqual([]);
    expect(policyFaults(policy({}), 'x'.repeat(73))).toEqual(['Password must be no more than 72 characters in length.']);
  });

  it('names all that is missing at once', () => {
    const strict = policy({
      ...{ minimumUppercaseLetters: 1, minimumLowercaseLetters: 2, minimumDigits: 3, minimumSpecialCharacters: 1 },
      allowWhitespaces: false,
    });
    expect(policyFaults(strict, 'a     ')).toEqual([
      'Password must contain 1 or more uppercase characters.',
      'Password must contain 2 or more lowercase characters.',
      'Password must contain 3 or more digit characters.',
      'Password must contain 1 or more special characters.',
      'Password must contain no whitespace characters.',
    ]);
    expect(policyFaults(strict, 'Äöü123!')).toEqual([]);
  });

  it('takes exactly the passwords that have enough of everything', () => {
    const least = fc.integer({ min: 0, max: 4 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'B', '1', '2', '!', '-', ' '), minLength: 0, maxLength: 20 });
    fc.assert(
      fc.property(least, least, least, least, fc.boolean(), text, (upper, lower, digits, special, spaces, password) => {
        const counts = { minimumUppercaseLetters: upper, minimumLowercaseLetters: lower, minimumDigits: digits, minimumSpecialCharacters: special };
        const found = (characters: string): number => [...password].filter((character) => characters.includes(character)).length;
        const isRight =
          password.length >= 6 &&
          found('AB') >= upper &&
          found('ab') >= lower &&
          found('12') >= digits &&
          found('!-') >= special &&
          (spaces || !password.includes(' '));
        expect(policyFaults(policy({ ...counts, allowWhitespaces: spaces }), password).length === 0).toBe(isRight);
      }),
    );
  });
});
