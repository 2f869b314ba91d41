import type { PasswordPolicy } from '@fieldline/api-contract';
import { passwordPolicySchema } from '@fieldline/api-contract';
import { identityErrors } from './errors.js';

/** What a password must be like where nobody set anything else: 6 to 72 characters. */
export const presetPolicy: PasswordPolicy = passwordPolicySchema.parse({});

/** Everything that is wrong with a password, in sentences; empty where nothing is. */
export function policyFaults(policy: PasswordPolicy, password: string): readonly string[] {
  const characters = [...password];
  const count = (pattern: RegExp): number => characters.filter((character) => pattern.test(character)).length;
  const faults: string[] = [];
  const atLeast = (least: number | null, found: number, what: string): void => {
    if (least !== null && found < least) faults.push(`Password must contain ${least} or more ${what}.`);
  };
  if (characters.length < policy.minimumLength) faults.push(`Password must be ${policy.minimumLength} or more characters in length.`);
  if (characters.length > policy.maximumLength) faults.push(`Password must be no more than ${policy.maximumLength} characters in length.`);
  atLeast(policy.minimumUppercaseLetters, count(/\p{Lu}/u), 'uppercase characters');
  atLeast(policy.minimumLowercaseLetters, count(/\p{Ll}/u), 'lowercase characters');
  atLeast(policy.minimumDigits, count(/\p{Nd}/u), 'digit characters');
  atLeast(policy.minimumSpecialCharacters, count(/[^\p{L}\p{N}\s]/u), 'special characters');
  if (!policy.allowWhitespaces && count(/\s/u) > 0) faults.push('Password must contain no whitespace characters.');
  return faults;
}

/** @throws IDENTITY_PASSWORD_REFUSED  names everything that is wrong */
export function requirePolicy(policy: PasswordPolicy, password: string): void {
  const faults = policyFaults(policy, password);
  if (faults.length > 0) throw identityErrors.PASSWORD_REFUSED({ faults });
}
