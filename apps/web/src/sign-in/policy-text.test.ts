// Goal: people read what the server will ask of a password. Method: a policy of each kind.
import { describe, expect, it } from 'vitest';
import { policyText } from './policy-text.js';

const preset = {
  ...{ minimumLength: 6, maximumLength: 72, minimumUppercaseLetters: null, minimumLowercaseLetters: null, minimumDigits: null },
  ...{ minimumSpecialCharacters: null, allowWhitespaces: true },
};

describe('the policy in words', () => {
  it('names only what is asked for', () => {
    expect(policyText(preset)).toBe('6 to 72 characters.');
    expect(policyText({ ...preset, minimumDigits: 1, minimumSpecialCharacters: 0 })).toBe('6 to 72 characters, with at least 1 digit.');
    expect(policyText({ ...preset, minimumUppercaseLetters: 2, minimumLowercaseLetters: 1, minimumDigits: 3, allowWhitespaces: false })).toBe(
      '6 to 72 characters, with at least 2 capital letters, 1 small letter and 3 digits, without spaces.',
    );
  });
});
