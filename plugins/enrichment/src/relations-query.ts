import { entityTypes, z, type RelatedQuery } from '@fieldline/plugin-sdk';

/** What the two forms of a query have in common, as ThingsBoard names it. */
export const walkFields = {
  direction: z
    .enum(['FROM', 'TO'])
    .describe('FROM: relations that start at the originator are followed. TO: those that end there.')
    .meta({ title: 'Direction' }),
  maxLevel: z.int().default(1).describe('How many relations lie between at most; 0 is any number.').meta({ title: 'Max relation level' }),
  fetchLastLevelOnly: z.boolean().default(false).describe('Takes only the entities of the deepest level.').meta({ title: 'Fetch last level only' }),
};

const filter = z.strictObject({
  relationType: z.string().describe('Type of the relation, for example Contains. Empty is any type.').meta({ title: 'Relation type' }),
  entityTypes: z.array(z.enum(entityTypes)).nullish().describe('Types of entities; none is any type.').meta({ title: 'Entity types' }),
  negate: z.boolean().nullish().describe('Takes the relations of every other type instead.').meta({ title: 'Any but this type' }),
});

export const relationsQuery = z
  .strictObject({
    ...walkFields,
    filters: z
      .array(filter)
      .nullish()
      .describe('A relation counts where it fits one of them; without any, every relation counts.')
      .meta({ title: 'Filters' }),
  })
  .describe('How to get from the originator to the entity. The first one found is taken.')
  .meta({ title: 'Relations query' });

/** The query as services take it. */
export function relatedQuery({ filters, ...walk }: z.infer<typeof relationsQuery>): RelatedQuery {
  const wanted = (filters ?? []).map(({ relationType, entityTypes: types, negate }) => ({
    relationType,
    entityTypes: types ?? [],
    negate: negate ?? false,
  }));
  return { ...walk, filters: wanted };
}
