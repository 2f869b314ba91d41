import { fieldShape, type EntityKind, type PageQuery, type TenantId } from '@fieldline/model';
import type { EntityFilter } from '@fieldline/ports';
import type { MongoFilter } from '../mongo-collection.js';
import type { EntityDocument } from './entity-documents.js';

/**
 * What a filter says about the entities of one tenant, or of all where none is given; a tenant named in the filter itself counts for nothing.
 *
 * @returns undefined where nothing can match, because the kind has no such field to compare
 */
export function filterOf(kind: EntityKind, tenantId: TenantId | undefined, { tenantId: _, ...fields }: EntityFilter): MongoFilter | undefined {
  const conditions = new Map<string, unknown>([['tenantId', tenantId ?? { $gt: '' }]]);
  for (const [field, wanted] of Object.entries(fields)) {
    const { holds } = fieldShape(kind, field) ?? { holds: 'other' };
    if (holds === 'other' || (typeof wanted === 'object' && wanted.length === 0)) return undefined;
    conditions.set(field === 'id' ? '_id' : field, typeof wanted === 'object' ? { $in: wanted } : wanted);
  }
  return Object.fromEntries(conditions);
}

/** The same for a document that is not in the collection yet. */
export function fits(document: EntityDocument, filter: MongoFilter): boolean {
  return Object.entries(filter).every(([field, wanted]) => {
    const value = (document as unknown as Readonly<Record<string, unknown>>)[field];
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const accepted = typeof wanted === 'object' && wanted !== null ? wanted : { $in: [wanted] };
    if ('$gt' in accepted) return typeof value === 'string' && value > String(accepted.$gt);
    if ('$lt' in accepted) return typeof value === 'number' && value < Number(accepted.$lt);
    return '$in' in accepted && values.some((one) => (accepted.$in as readonly unknown[]).includes(one));
  });
}

/** What a query says besides its order. */
export function searchFilter({ createdFromMs, createdToMs, textSearch = '' }: PageQuery): MongoFilter {
  const from = createdFromMs === undefined ? {} : { $gte: createdFromMs };
  const to = createdToMs === undefined ? {} : { $lte: createdToMs };
  const inTime = createdFromMs === undefined && createdToMs === undefined ? {} : { createdAtMs: { ...from, ...to } };
  return { ...inTime, ...containsText(textSearch) };
}

/** Documents whose searched text has it, in whatever case. */
export function containsText(text: string): MongoFilter {
  return text === '' ? {} : { _search: { $regex: text.toLowerCase().replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') } };
}

/** By the field asked for where it has one value, and by id. */
export function orderOf(kind: EntityKind, { sortBy, sortOrder }: PageQuery): Readonly<Record<string, 1 | -1>> {
  const direction = sortOrder === 'DESC' ? -1 : 1;
  if (sortBy === undefined || sortBy === 'id') return { _id: direction };
  return fieldShape(kind, sortBy)?.holds === 'one' ? { [sortBy]: direction, _id: 1 } : { _id: 1 };
}
