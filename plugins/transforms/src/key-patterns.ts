import { z } from '@fieldline/plugin-sdk';
import { RE2JS } from 're2js';
import { transformErrors } from './errors.js';
import { KEY_PATTERN_LENGTH_MAX, KEY_PATTERNS_MAX, REMEMBERED_KEYS_MAX } from './limits.js';

/** The setting of nodes that choose keys by patterns. */
export const keyPatterns = (purpose: string) =>
  z
    .array(z.string().min(1).max(KEY_PATTERN_LENGTH_MAX))
    .max(KEY_PATTERNS_MAX)
    .describe(`${purpose} Each is a regular expression that must fit the whole key.`)
    .meta({ title: 'Keys' });

/** Tells whether a key fits one of the patterns. */
export type KeyChoice = (key: string) => boolean;

const ready = new WeakMap<readonly string[], KeyChoice>();

/**
 * The choice that a setting stands for; made once for each setting. Call it in `onStart`, so that a wrong pattern keeps the
 * node from starting. The time it takes is linear in the length of the key, whatever the pattern.
 *
 * @throws TRANSFORM_KEY_PATTERN_INVALID
 */
export function keyChoice(patterns: readonly string[]): KeyChoice {
  const known = ready.get(patterns);
  if (known !== undefined) return known;
  const compiled = patterns.map(compile);
  const remembered = new Map<string, boolean>();
  const choice = (key: string): boolean => {
    const before = remembered.get(key);
    if (before !== undefined) return before;
    const fits = compiled.some((pattern) => pattern.testExact(key));
    if (remembered.size < REMEMBERED_KEYS_MAX) remembered.set(key, fits);
    return fits;
  };
  ready.set(patterns, choice);
  return choice;
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (cause) {
    throw transformErrors.KEY_PATTERN_INVALID({ pattern, reason: cause instanceof Error ? cause.message : String(cause) }, { cause });
  }
}
