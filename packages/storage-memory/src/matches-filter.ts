import type { EntityFilter } from '@fieldline/ports';

/** True where every field of the filter matches as `EntityFilter` says. The tenant is no part of a filter. */
export function matchesFilter(row: object, { tenantId: _, ...fields }: EntityFilter): boolean {
  return Object.entries(fields).every(([field, wanted]) => {
    const value: unknown = Object.hasOwn(row, field) ? (row as Readonly<Record<string, unknown>>)[field] : undefined;
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const accepted: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
    return values.some((one) => accepted.includes(one));
  });
}
