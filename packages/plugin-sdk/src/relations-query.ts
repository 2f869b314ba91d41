import { entityTypes } from '@fieldline/model';
import * as z from 'zod';
import type { RelatedQuery } from './services/index.js';

/** Filters of one query, and levels that it may name: a walk visits a bounded number of relations whatever it says. */
const FILTERS_MAX = 100;
const LEVEL_MAX = 1_000;

/** How to get from the originator to another entity, in ThingsBoard's shape (rule-nodes.md §0). Hand it to the service as it is. */
export const relationsQuery = z
  .object({
    direction: z.enum(['FROM', 'TO']).default('FROM'),
    maxLevel: z.int().max(LEVEL_MAX).default(1),
    fetchLastLevelOnly: z.boolean().nullish().transform(Boolean),
    filters: z
      .array(
        z.object({
          relationType: z
            .string()
            .max(255)
            .nullish()
            .transform((type) => type ?? ''),
          entityTypes: z
            .array(z.enum(entityTypes))
            .nullish()
            .transform((types) => types ?? []),
          negate: z.boolean().nullish().transform(Boolean),
        }),
      )
      .max(FILTERS_MAX)
      .nullish()
      .transform((filters) => filters ?? []),
  })
  .describe('Relations from the originator to the entity: direction, number of levels, types of relations and entities.')
  .meta({ title: 'Relations query' }) satisfies z.ZodType<RelatedQuery>;

/** What a freshly dropped node has: entities that the originator contains. */
export const relationsQueryDefault: z.output<typeof relationsQuery> = {
  direction: 'FROM',
  maxLevel: 1,
  fetchLastLevelOnly: false,
  filters: [{ relationType: 'Contains', entityTypes: [], negate: false }],
};
