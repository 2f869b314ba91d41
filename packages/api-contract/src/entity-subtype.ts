import type { EntityType } from '@fieldline/model';
import * as z from 'zod';
import { wireId, wireIdSchema } from './wire-id.js';

/** One of the types that entities of a kind have. */
export function entitySubtypeSchema<const T extends EntityType>(entityType: T) {
  return z.strictObject({
    tenantId: wireIdSchema('TENANT').describe('Tenant of the entities.'),
    entityType: z.literal(entityType).describe('Their entity type.'),
    type: z.string().describe('The type.'),
  });
}

export function entitySubtypeToWire<const T extends EntityType>(tenantId: string, entityType: T, type: string) {
  return { tenantId: wireId('TENANT', tenantId), entityType, type };
}

/** Id and name: what a choice needs. */
export function namedIdSchema<const T extends EntityType>(entityType: T) {
  return z.strictObject({ id: wireIdSchema(entityType).describe('Id.'), name: z.string().describe('Name.') });
}
