import { defineErrors } from '@fieldline/kernel';

/** Errors of WebSocket commands. */
export const liveErrors = defineErrors('LIVE', {
  CALLER_CHANGED: {
    kind: 'unauthenticated',
    retry: 'later',
    message: 'Your rights have changed',
    remedy: 'Connect again: commands are then checked by the rights of now.',
  },
  TOO_MANY_CHAINS: {
    kind: 'limit-exceeded',
    retry: 'later',
    message: (d: { chainsMax: number; of: 'socket' | 'tenant' }) => `The figures of ${d.chainsMax} rule chains are watched by this ${d.of}.`,
    remedy: 'End other RULE_CHAIN_LEDGER commands first, or read them with GET /api/ruleChains/ledger.',
  },
  TOO_MANY_ENTITIES: {
    kind: 'limit-exceeded',
    retry: 'later',
    message: (d: { entitiesMax: number; of: 'socket' | 'server' }) => `The pages of this ${d.of} would show more than ${d.entitiesMax} entities.`,
    remedy: 'End other ENTITY_DATA commands first, or ask for smaller pages.',
  },
  TOO_MANY_INTERVALS: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { intervalsMax: number }) => `Incorrect TsKvQuery. Number of intervals is more than ${d.intervalsMax}.`,
    remedy: 'Ask for a longer interval or a shorter span.',
  },
  TOO_MANY_POINTS: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { pointsMax: number }) => `The answer has more than ${d.pointsMax} points.`,
    remedy: 'Ask for fewer keys, a smaller limit or a longer interval.',
  },
  TOO_MANY_SERIES: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { seriesMax: number }) => `The entities of the page have more than ${d.seriesMax} time series of these keys.`,
    remedy: 'Ask for a smaller page or for fewer keys.',
  },
});
