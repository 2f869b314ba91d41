import { entityTypeSchema, uuidSchema } from '@fieldline/api-contract';
import * as z from 'zod';

/** Path parameters that are ids. */
export function idParams<const N extends string>(...names: readonly N[]) {
  const shape = Object.fromEntries(names.map((name) => [name, uuidSchema.describe('UUID.')])) as Record<N, typeof uuidSchema>;
  return z.object(shape);
}

/** An entity type in a path: in any case. */
const entityTypeParam = z
  .string()
  .transform((text) => text.toUpperCase())
  .pipe(entityTypeSchema)
  .describe('Type of the entity, such as DEVICE.');

/** Path parameters that name any entity. */
export const entityParams = z.object({ entityType: entityTypeParam, entityId: uuidSchema.describe('UUID of the entity.') });
