import { defineErrors } from '@fieldline/kernel';

/** Errors of relations (rest-api.md §15). */
export const relationErrors = defineErrors('DIRECTORY', {
  RELATION_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: "Requested item wasn't found!",
    remedy: 'Check both ends, the type and the group; the type is compared with case.',
  },
  RELATION_QUERY_INCOMPLETE: {
    kind: 'not-found',
    retry: 'never',
    message: "Requested item wasn't found!",
    remedy: 'Send `parameters` and `filters`; an empty list of filters asks for every relation.',
  },
  RELATIONS_TOO_MANY: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { limit: number }) => `There are more than ${d.limit} relations, which is more than one answer holds.`,
    remedy: 'Ask for fewer levels, or for one type of relations.',
  },
});
