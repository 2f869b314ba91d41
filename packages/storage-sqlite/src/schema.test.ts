import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { FORMAT_VERSION, schemaSql } from './schema.js';

test('the tables change only together with the format version', () => {
  const hash = createHash('sha256').update(schemaSql.replace(/\s+/g, ' ')).digest('hex').slice(0, 16);
  expect({ FORMAT_VERSION, hash }).toEqual({ FORMAT_VERSION: 8, hash: 'a411cb07e072fcf3' });
});
