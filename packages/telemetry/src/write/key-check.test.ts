import { expect, test } from 'vitest';
import { KNOWN_KEYS_MAX } from '../limits.js';
import { KeyCheck } from './key-check.js';

test('keys are remembered up to a bound, and a faulty one is refused before and after it', () => {
  const keys = new KeyCheck();
  for (let n = 0; n <= KNOWN_KEYS_MAX; n += 1) keys.check(`key${n}`);
  expect(keys.size).toBe(KNOWN_KEYS_MAX / 2 + 1);
  keys.check('key0');
  expect(() => keys.check(' ')).toThrow(expect.objectContaining({ code: 'TELEMETRY_KEY_INVALID' }));
});
