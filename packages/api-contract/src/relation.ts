import type { EntityId, Relation, RelationTypeGroup } from '@fieldline/model';
import { entityTypes, relationTypeGroups } from '@fieldline/model';
import * as z from 'zod';
import { API_RELATION_FILTERS_MAX } from './limits.js';
import { entityTypeSchema, uuidSchema, wireEntityIdSchema, wireId } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());
const directions = ['FROM', 'TO'] as const;

/** A relation as the API shows it. */
export const wireRelationSchema = z.strictObject({
  from: wireEntityIdSchema.describe('Entity it starts from.'),
  to: wireEntityIdSchema.describe('Entity it leads to.'),
  type: z.string().describe('What it says, for example "Contains".'),
  typeGroup: z.enum(relationTypeGroups).describe('COMMON for those that people make.'),
  version: z.int().describe('Counts up with every change.'),
  additionalInfo: freeJson.nullable().describe('Free JSON.'),
});
export type WireRelation = z.infer<typeof wireRelationSchema>;

/** A relation with the names of its ends. */
export const wireRelationInfoSchema = z.strictObject({
  ...wireRelationSchema.shape,
  fromName: z.string().describe('Name of the entity it starts from.'),
  toName: z.string().describe('Name of the entity it leads to.'),
});
export type WireRelationInfo = z.infer<typeof wireRelationInfoSchema>;

export function relationToWire(relation: Relation) {
  return {
    from: wireId(relation.fromType, relation.fromId),
    to: wireId(relation.toType, relation.toId),
    type: relation.type,
    typeGroup: relation.typeGroup,
    version: relation.version,
    additionalInfo: relation.additionalInfo ?? null,
  };
}

export function relationInfoToWire(info: { readonly relation: Relation; readonly fromName: string; readonly toName: string }): WireRelationInfo {
  return { ...relationToWire(info.relation), fromName: info.fromName, toName: info.toName };
}

const end = z.object(
  { entityType: entityTypeSchema.describe('Type of the entity.'), id: uuidSchema.describe('UUID.') },
  { error: ({ input }) => (input === undefined || input === null ? 'must not be null' : undefined) },
);

/** Body of `POST /api/relation`. */
export const relationSaveSchema = z.object({
  from: end.describe('Entity it starts from.'),
  to: end.describe('Entity it leads to.'),
  type: z
    .string('must not be blank')
    .max(255, 'length must be equal or less than 255')
    .refine((text) => text.trim() !== '', 'must not be blank')
    .describe('What it says, for example "Contains".'),
  typeGroup: z.enum(relationTypeGroups).nullish().describe('COMMON if absent.'),
  additionalInfo: freeJson.nullish().describe('Free JSON.'),
});

/** What a request says about a relation. */
export function relationDraftOf(save: z.output<typeof relationSaveSchema>) {
  const { from, to, type, typeGroup, additionalInfo } = save;
  return { from, to, type, typeGroup: typeGroup ?? ('COMMON' as const), additionalInfo: additionalInfo ?? undefined };
}

const isGroup = (text: string): text is RelationTypeGroup => relationTypeGroups.some((group) => group === text);
const typeGroup = z
  .string()
  .optional()
  .transform((text): RelationTypeGroup => (text !== undefined && isGroup(text) ? text : 'COMMON'))
  .describe('Group; COMMON if absent or unknown.');
const typeName = z
  .string()
  .max(255)
  .refine((text) => text.trim() !== '', "Parameter 'relationType' can't be empty!")
  .describe('Type of the relation.');

/** A parameter that must be there and not blank, in the words of the compatible API. */
function filled(name: string): z.ZodString {
  const fault = `Parameter '${name}' can't be empty!`;
  return z.string(fault).regex(/\S/, { error: fault, abort: true });
}
const idParameter = (name: string) => filled(name).pipe(uuidSchema).describe('UUID.');
const typeParameter = (name: string) => filled(name).toUpperCase().pipe(entityTypeSchema).describe('Type of the entity, such as DEVICE.');

/** Query parameters that address one relation. */
export const oneRelationParametersSchema = z.object({
  fromId: idParameter('fromId'),
  fromType: typeParameter('fromType'),
  relationType: filled('relationType').max(255).describe('Type of the relation.'),
  relationTypeGroup: typeGroup,
  toId: idParameter('toId'),
  toType: typeParameter('toType'),
});

/** As `oneRelationParametersSchema`; a blank type finds nothing. */
export const relationRemovalParametersSchema = oneRelationParametersSchema.extend({
  relationType: z.string().max(255).default('').describe('Type of the relation.'),
});

/** What tells a relation from all others, by the parameters. */
export function relationEndsOf(query: z.output<typeof oneRelationParametersSchema>) {
  const from: EntityId = { entityType: query.fromType, id: query.fromId };
  const to: EntityId = { entityType: query.toType, id: query.toId };
  return { from, to, type: query.relationType, typeGroup: query.relationTypeGroup };
}

/** Query parameters that address all relations of an entity. */
export const relatedEntityParametersSchema = z.object({ entityId: idParameter('entityId'), entityType: typeParameter('entityType') });

/** Query parameters that narrow a list of relations. */
export const relationFilterParametersSchema = z.object({ relationType: typeName.optional(), relationTypeGroup: typeGroup });

/** Query parameters of a list of relations: those from one entity, or those to one. */
export const relationListParametersSchema = relationFilterParametersSchema.extend({
  fromId: idParameter('fromId').optional(),
  fromType: typeParameter('fromType').optional(),
  toId: idParameter('toId').optional(),
  toType: typeParameter('toType').optional(),
});

/** Body of `POST /api/relations`. */
export const relationQuerySchema = z.object({
  parameters: z
    .object({
      rootId: uuidSchema.describe('UUID of the entity to start from.'),
      rootType: entityTypeSchema.describe('Type of that entity.'),
      direction: z.enum(directions).nullish().describe('FROM (if absent) follows relations from their start, TO the other way.'),
      relationTypeGroup: z.enum(relationTypeGroups).nullish().describe('COMMON if absent.'),
      maxLevel: z.int().nullish().describe('Steps from the start; 1 if absent, 0 or less for as many as there are.'),
      fetchLastLevelOnly: z.boolean().nullish().describe('Leaves out relations from whose end others lead on.'),
    })
    .nullish()
    .describe('Where to start and how far to go.'),
  filters: z
    .array(
      z.object({
        relationType: z.string().max(255).nullish().describe('Type of the relation; any if absent or empty.'),
        entityTypes: z.array(entityTypeSchema).max(entityTypes.length).nullish().describe('Types of the entity found; any if absent or empty.'),
        negate: z.boolean().nullish().describe('True: relations of any other type.'),
      }),
    )
    .max(API_RELATION_FILTERS_MAX)
    .nullish()
    .describe('Relations that are answered: any of these must fit; an empty list answers all.'),
});

/** The query of a request; undefined where it lacks its parameters or its filters. */
export function relationQueryOf({ parameters, filters }: z.output<typeof relationQuerySchema>) {
  if (parameters === undefined || parameters === null || filters === undefined || filters === null) return undefined;
  const conditions = filters.map(({ relationType, entityTypes: types, negate }) => {
    return { type: relationType ?? '', entityTypes: types ?? [], isNegated: negate ?? false };
  });
  return {
    root: { entityType: parameters.rootType, id: parameters.rootId },
    direction: parameters.direction ?? ('FROM' as const),
    typeGroup: parameters.relationTypeGroup ?? ('COMMON' as const),
    maxLevel: parameters.maxLevel ?? 1,
    lastLevelOnly: parameters.fetchLastLevelOnly ?? false,
    conditions,
  };
}
