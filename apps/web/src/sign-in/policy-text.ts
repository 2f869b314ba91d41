import type { PasswordPolicy } from '../api/wire.js';

/** What a password must be like, in a sentence. */
export function policyText(policy: PasswordPolicy): string {
  const counted: readonly (readonly [number | null, string, string])[] = [
    [policy.minimumUppercaseLetters, 'capital letter', 'capital letters'],
    [policy.minimumLowercaseLetters, 'small letter', 'small letters'],
    [policy.minimumDigits, 'digit', 'digits'],
    [policy.minimumSpecialCharacters, 'special character', 'special characters'],
  ];
  const parts = counted.flatMap(([least, one, many]) => (least === null || least === 0 ? [] : [`${least} ${least === 1 ? one : many}`]));
  const length = `${policy.minimumLength} to ${policy.maximumLength} characters`;
  const letters =
    parts.length === 0 ? '' : `, with at least ${parts.length === 1 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`}`;
  return `${length}${letters}${policy.allowWhitespaces ? '' : ', without spaces'}.`;
}
