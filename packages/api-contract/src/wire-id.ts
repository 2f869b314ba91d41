import type { EntityId, EntityType } from '@fieldline/model';
import { entityTypes, nullUuid } from '@fieldline/model';
import * as z from 'zod';

/** A UUID as text, in lower case after parsing. */
export const uuidSchema = z
  .string()
  .regex(/^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/, 'must be a UUID')
  .overwrite((text) => text.toLowerCase());

/** What an id is the id of. */
export const entityTypeSchema = z.enum(entityTypes);

const idSchemas = Object.fromEntries(entityTypes.map((entityType) => [entityType, idSchemaOf(entityType)])) as {
  readonly [T in EntityType]: ReturnType<typeof idSchemaOf<T>>;
};

function idSchemaOf<const T extends EntityType>(entityType: T) {
  return z.strictObject({ entityType: z.literal(entityType).describe('Type of the entity.'), id: uuidSchema.describe('UUID.') });
}

/** An id as answers carry it: `{"entityType":"DEVICE","id":"…"}`. One schema a type, so that the OpenAPI document has one too. */
export function wireIdSchema<const T extends EntityType>(entityType: T): (typeof idSchemas)[T] {
  return idSchemas[entityType];
}

/** An id in a request, where the type follows from the field: `entityType` may be left out. */
export const idReferenceSchema = z.object({ id: uuidSchema.describe('UUID.') });

/** An id whose type is known only from the value, such as the originator of an alarm. */
export const wireEntityIdSchema = z.strictObject({
  entityType: entityTypeSchema.describe('Type of the entity.'),
  id: uuidSchema.describe('UUID.'),
});

export interface WireId<T extends EntityType = EntityType> {
  readonly entityType: T;
  readonly id: string;
}

/** Makes the wire form of an id. */
export function wireId<const T extends EntityType>(entityType: T, id: string): { entityType: T; id: string } {
  return { entityType, id };
}

/** The wire form of a customer id: devices and users that belong to none carry the null UUID, never JSON null. */
export function customerWireId(customerId: string | undefined): { entityType: 'CUSTOMER'; id: string } {
  return { entityType: 'CUSTOMER', id: customerId ?? nullUuid };
}

/** The customer a request names: null, absent and the null UUID all mean none. */
export function customerOf(reference: { readonly id: string } | null | undefined): string | undefined {
  return reference === null || reference === undefined || reference.id === nullUuid ? undefined : reference.id;
}

/** An optional reference in an answer: JSON null where there is none. */
export function optionalWireId<const T extends EntityType>(entityType: T, id: string | undefined): { entityType: T; id: string } | null {
  return id === undefined ? null : { entityType, id };
}

/** Copies the two members of an entity id, dropping any other. */
export function plainEntityId(id: EntityId): EntityId & { entityType: EntityType; id: string } {
  return { entityType: id.entityType, id: id.id };
}
