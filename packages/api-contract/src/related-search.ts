import { relationTypeGroups } from '@fieldline/model';
import * as z from 'zod';
import { entityTypeSchema, uuidSchema } from './wire-id.js';

/** Where a search along relations starts and how far it goes (rest-api.md §15). */
export const relationParametersSchema = z.object({
  rootId: uuidSchema.describe('Entity to start from.'),
  rootType: entityTypeSchema.describe('Entity type of that.'),
  direction: z.enum(['FROM', 'TO']).describe('FROM follows relations that start at the root, TO those that lead to it.'),
  relationTypeGroup: z.enum(relationTypeGroups).catch('COMMON').describe('Only COMMON relations are followed.'),
  maxLevel: z.int().nullish().describe('How many relations may lie between; 1 if absent, any number if 0 or less.'),
  fetchLastLevelOnly: z.boolean().nullish().describe('Only those at the end of each path.'),
});

/** What every search of entities along relations says. */
const relatedSearchShape = {
  parameters: relationParametersSchema.describe('Where to start and how far to go.'),
  relationType: z.string().max(255).nullish().describe('Type of the relations; Contains if absent.'),
};

const typesSchema = z.array(z.string().max(255)).max(1_000).describe('Only those of these types; empty means any.');

/** The body of a search: `types` is the name of the member that lists types, such as `assetTypes`. */
export function relatedSearchSchema<const N extends string>(types: N) {
  return z.object({ ...relatedSearchShape, ...({ [types]: typesSchema } as Record<N, typeof typesSchema>) });
}

interface RelatedSearchBody {
  readonly parameters: z.output<typeof relationParametersSchema>;
  readonly relationType?: string | null | undefined;
}

/** A search in our own terms. */
export function relatedSearchOf({ parameters, relationType }: RelatedSearchBody, types: readonly string[]) {
  const { rootId: id, rootType: entityType, direction, maxLevel, fetchLastLevelOnly } = parameters;
  return {
    root: { entityType, id },
    direction,
    maxLevel: maxLevel ?? 1,
    lastLevelOnly: fetchLastLevelOnly === true,
    relationType: relationType ?? 'Contains',
    types,
  };
}
