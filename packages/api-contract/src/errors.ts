import { defineErrors } from '@fieldline/kernel';

/** What can be wrong with a document that has the right shape. */
export const contractErrors = defineErrors('CONTRACT', {
  NODE_INDEX_OUT_OF_RANGE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { place: number; nodes: number }) => `Rule node ${d.place} does not exist: the chain has ${d.nodes} nodes, counted from 0.`,
    remedy: 'Correct fromIndex, toIndex or firstNodeIndex.',
  },
  TOO_MANY_KEYS: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { keysMax: number }) => `One request names at most ${d.keysMax} keys.`,
    remedy: 'Ask for fewer keys at a time, or for none to get all.',
  },
  SORT_PROPERTY_UNKNOWN: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { sortProperty: string; known: readonly string[] }) =>
      `This list cannot be sorted by ${d.sortProperty}, only by ${d.known.join(', ')}.`,
    remedy: 'Choose one of these as sortProperty.',
  },
});
