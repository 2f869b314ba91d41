import { expect, it } from 'vitest';
import {
  API_HISTORY_LIMIT_MAX,
  API_KEYS_MAX,
  API_PAGE_SIZE_MAX,
  API_RULE_NODES_MAX,
  pageParametersSchema,
  requestedKeys,
  ruleChainMetadataSaveSchema,
  timeSeriesParametersSchema,
} from './index.js';

const isTaken = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean => schema.safeParse(value).success;

it('bounds are reached, and one more is refused', () => {
  const page = (pageSize: number) => isTaken(pageParametersSchema, { pageSize: String(pageSize), page: '0' });
  expect([page(API_PAGE_SIZE_MAX), page(API_PAGE_SIZE_MAX + 1)]).toEqual([true, false]);
  const history = (limit: number) => isTaken(timeSeriesParametersSchema, { limit: String(limit) });
  expect([history(API_HISTORY_LIMIT_MAX), history(API_HISTORY_LIMIT_MAX + 1)]).toEqual([true, false]);
  const ruleChainId = { id: '00000000-0000-7000-8000-000000000001' };
  const nodes = (count: number) =>
    isTaken(ruleChainMetadataSaveSchema, { ruleChainId, nodes: Array.from({ length: count }, () => ({ type: 'a', name: '' })) });
  expect([nodes(API_RULE_NODES_MAX), nodes(API_RULE_NODES_MAX + 1)]).toEqual([true, false]);
  const keys = (count: number) => Array.from({ length: count }, (_, n) => `k${n}`);
  expect(requestedKeys({ keys: keys(API_KEYS_MAX).join(',') })).toHaveLength(API_KEYS_MAX);
  expect(() => requestedKeys({ keys: keys(API_KEYS_MAX + 1).join(',') })).toThrow(/at most 1000 keys/);
  expect(() => requestedKeys({ key: keys(API_KEYS_MAX + 1) })).toThrow(/at most 1000 keys/);
});
