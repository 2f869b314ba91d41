import { ValueKind, type AttributeScope, type EntityType, type TypedValue } from '@fieldline/model';
import type { mongo } from 'mongoose';
import { QUERIED_TEXT_MAX } from '../limits.js';
import type { Stored } from '../mongo-collection.js';

// What queries filter and sort by, a document for each entity, beside the documents of its attributes and series: one
// pass over these answers several conditions at once, where a document for each value would have to be joined.

/** Numbers, booleans and texts as they are, so that servers compare them; JSON apart, because it is no text to a predicate. */
export type QueriedValue = boolean | number | bigint | string | mongo.Long | { readonly json: string };

/** `_id` is the owner, as `ownerKey` gives it. Only keys that are whole in `QueriedKeys` are there. */
export interface QueriedDocument extends Stored {
  readonly tenantId: string;
  readonly entityType: EntityType;
  /** Its id. */
  readonly entity: string;
  /** Values by their field. */
  readonly v?: Readonly<Record<string, QueriedValue>>;
  /** Their times, by the same fields. */
  readonly t?: Readonly<Record<string, number>>;
}

/** A key as queries name it, in a scope of attributes or among the latest values of time series. */
export type QueriedSource = AttributeScope | 'series';

const letters: Readonly<Record<QueriedSource, string>> = { CLIENT_SCOPE: 'c', SHARED_SCOPE: 'h', SERVER_SCOPE: 's', series: 'l' };

/** The name of a key as a field of documents: without what means something in paths, and without spaces, which FerretDB cuts off. */
export function queriedField(source: QueriedSource, key: string): string {
  return `${letters[source]}:${key.replace(/[%.$\0\s]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}`;
}

/** The value as queries see it; undefined where it is too long for the document of its entity. */
export function queriedValue({ kind, value }: TypedValue): QueriedValue | undefined {
  if (typeof value !== 'string') return value;
  if (value.length > QUERIED_TEXT_MAX) return undefined;
  return kind === ValueKind.json ? { json: value } : value;
}

/** The same read back. Which number a long and which a double is, is not kept: to queries there is no difference. */
export function typedOf(value: QueriedValue): TypedValue {
  switch (typeof value) {
    case 'boolean':
      return { kind: ValueKind.boolean, value };
    case 'number':
      return { kind: ValueKind.double, value };
    case 'bigint':
      return { kind: ValueKind.long, value };
    case 'string':
      return { kind: ValueKind.string, value };
    default:
      return 'json' in value ? { kind: ValueKind.json, value: value.json } : { kind: ValueKind.long, value: value.toBigInt() };
  }
}
