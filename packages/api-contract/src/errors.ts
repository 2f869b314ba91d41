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
  QUERY_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { fault: string }) => d.fault,
    remedy: 'Correct the query; /swagger-ui shows what it may hold.',
  },
  CSV_QUOTE_OPEN: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { line: number }) => `Line ${d.line}: a quoted field has no closing quote.`,
    remedy: 'Close the quote, or write a quote that belongs to the text twice inside a quoted field.',
  },
  CSV_TEXT_AFTER_QUOTE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { line: number }) => `Line ${d.line}: text follows the closing quote of a field.`,
    remedy: 'Write a quote that belongs to the text twice, and check the delimiter.',
  },
  CSV_TOO_WIDE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { line: number; fieldsMax: number }) => `Line ${d.line}: a table has at most ${d.fieldsMax} columns.`,
    remedy: 'Leave out columns, and check the delimiter.',
  },
  CSV_TOO_LONG: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { recordsMax: number }) => `A table has at most ${d.recordsMax} lines.`,
    remedy: 'Import it in parts.',
  },
});
