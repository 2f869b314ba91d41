import * as z from 'zod';
import { entitySchemas, type EntityKind, type EntityOf } from './entities.js';
import { heavyFields } from './entity-rules.js';

/** What stores that keep columns beside a document must know about a field. */
export interface FieldShape {
  /** False where an entity may lack the field. */
  readonly isRequired: boolean;
  /** `one`: a text, number or boolean. `list`: a list of them. `other` is kept and never compared. */
  readonly holds: 'one' | 'list' | 'other';
}

const single = ['string', 'number', 'boolean', 'enum', 'literal'];

/** The shape of a field; undefined where the kind has no such field. */
export function fieldShape(kind: EntityKind, field: string): FieldShape | undefined {
  const fields: Readonly<Record<string, z.core.$ZodType>> = entitySchemas[kind].shape;
  const schema = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (schema === undefined) return undefined;
  return { isRequired: !(schema instanceof z.ZodOptional), holds: heavyFields(kind).includes(field) ? 'other' : holdsOf(schema) };
}

function holdsOf(schema: z.core.$ZodType): FieldShape['holds'] {
  const { type } = bare(schema)._zod.def;
  if (type === 'array') return 'list';
  return single.includes(type) ? 'one' : 'other';
}

/**
 * An entity from the JSON that a store wrote itself after it had been checked: what later versions of the schema add
 * is filled in, and nothing is checked again, which makes lists of a thousand many times faster than `parse`.
 */
export function storedEntity<K extends EntityKind>(kind: K, json: string): EntityOf<K> {
  const entity: unknown = JSON.parse(json);
  fillers[kind]?.(entity);
  return entity as EntityOf<K>;
}

/** Fills the absent members of a value with their defaults, in place. */
type Fill = (value: unknown) => void;

const fillers = Object.fromEntries(Object.entries(entitySchemas).map(([kind, schema]) => [kind, fillerOf(schema)])) as Readonly<
  Record<EntityKind, Fill | undefined>
>;

/** Undefined where nothing in the schema has a default. */
function fillerOf(schema: z.core.$ZodType): Fill | undefined {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray) {
    const fill = fillerOf(inner.element);
    return fill && ((list) => (list as readonly unknown[]).forEach(fill));
  }
  if (!(inner instanceof z.ZodObject)) return undefined;
  const fills = Object.entries<z.core.$ZodType>(inner.shape).flatMap(([field, member]) => memberFiller(field, member) ?? []);
  return fills.length === 0 ? undefined : (entity) => fills.forEach((fill) => fill(entity));
}

function memberFiller(field: string, member: z.core.$ZodType): Fill | undefined {
  const fill = fillerOf(member);
  const byDefault = member instanceof z.ZodDefault ? member : undefined;
  if (fill === undefined && byDefault === undefined) return undefined;
  return (entity) => {
    const members = entity as Record<string, unknown>;
    if (members[field] !== undefined) fill?.(members[field]);
    else if (byDefault !== undefined) members[field] = byDefault.parse(undefined);
  };
}

/** The schema without "optional" and "default" around it. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? bare(schema.unwrap()) : schema;
}
