import { entityTypes } from '@fieldline/model';
import * as z from 'zod';
import type { RelatedQuery } from './services/index.js';

/** Filters of one query, and levels that it may name: a walk visits a bounded number of relations whatever it says. */
const FILTERS_MAX = 100;
const LEVEL_MAX = 1_000;

/** How to get from the originator to another entity, in ThingsBoard's shape (rule-nodes.md §0). Hand it to the service as it is. */
export const relationsQuery = z
  .object({
    direction: z
      .enum(['FROM', 'TO'])
      .default('FROM')
      .describe('FROM: relations that start at the originator are followed. TO: those that end there.'),
    maxLevel: z.int().max(LEVEL_MAX).default(1).describe('How many relations to follow one after another; below 1 as many as there are.'),
    fetchLastLevelOnly: z.boolean().nullish().transform(Boolean).describe('Whether only relations of the deepest level reached count.'),
    filters: z
      .array(
        z.object({
          relationType: z
            .string()
            .max(255)
            .nullish()
            .transform((type) => type ?? '')
            .describe('Type that a relation must have; empty for any.'),
          entityTypes: z
            .array(z.enum(entityTypes))
            .nullish()
            .transform((types) => types ?? [])
            .describe('Types that the entity at its other end may have; none for any.'),
          negate: z.boolean().nullish().transform(Boolean).describe('Whether it must have any other type instead.'),
        }),
      )
      .max(FILTERS_MAX)
      .nullish()
      .transform((filters) => filters ?? [])
      .describe('Which of the relations found count: those that one of these fits; none for all.'),
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
