import type { Page, PageQuery } from '@fieldline/model';
import * as z from 'zod';
import { contractErrors } from './errors.js';
import { API_PAGE_NUMBER_MAX, API_PAGE_SIZE_MAX } from './limits.js';

const sortOrder = z
  .string()
  .regex(/^(asc|desc)$/i, { error: (issue) => `Unsupported sort order '${String(issue.input)}'! Only 'ASC' or 'DESC' types are allowed.` })
  .transform((text) => (text.toUpperCase() === 'DESC' ? 'DESC' : 'ASC'));

/** Query parameters of every paged list (rest-api.md §5). Values arrive as text. */
export const pageParametersSchema = z.object({
  pageSize: z.coerce
    .number<string>('must be a number')
    .int('must be a whole number')
    .refine((n) => n > 0, { error: (issue) => `Incorrect page link page size '${String(issue.input)}'. Page size must be greater than zero.` })
    .max(API_PAGE_SIZE_MAX, `must be at most ${API_PAGE_SIZE_MAX}`)
    .describe('Entities a page.'),
  page: z.coerce
    .number<string>('must be a number')
    .int('must be a whole number')
    .refine((n) => n >= 0, { error: (issue) => `Incorrect page link page '${String(issue.input)}'. Page must be positive integer.` })
    .max(API_PAGE_NUMBER_MAX, `must be at most ${API_PAGE_NUMBER_MAX}`)
    .describe('Page, counted from 0.'),
  textSearch: z.string().max(255).optional().describe('Part of the name, in any case.'),
  sortProperty: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_.]{0,63}$/, 'Invalid sort property')
    .optional()
    .describe('Field to sort by.'),
  sortOrder: sortOrder.optional().describe('ASC or DESC.'),
});
export type PageParameters = z.output<typeof pageParametersSchema>;

const instant = z.coerce.number<string>('must be a number').int('must be a whole number');

/** Time bounds of lists by time, both inclusive. */
export const timeParametersSchema = z.object({
  startTime: instant.optional().describe('Only what happened at or after this instant, in milliseconds since 1970.'),
  endTime: instant.optional().describe('Only what happened at or before this instant.'),
});
export const timePageParametersSchema = z.object({ ...pageParametersSchema.shape, ...timeParametersSchema.shape });

/** The time bounds of a list. */
export function timeBoundsOf({ startTime, endTime }: z.output<typeof timeParametersSchema>): Pick<PageQuery, 'createdFromMs' | 'createdToMs'> {
  return { createdFromMs: startTime, createdToMs: endTime };
}

/** One page of a list. */
export function pageDataSchema<T extends z.ZodType>(item: T) {
  return z.strictObject({
    data: z.array(item).describe('Entities of this page.'),
    totalPages: z.int().describe('Pages there are.'),
    totalElements: z.int().describe('Entities there are.'),
    hasNext: z.boolean().describe('Whether a page follows.'),
  });
}

export interface WirePage<T> {
  data: T[];
  totalPages: number;
  totalElements: number;
  hasNext: boolean;
}

/** A page of entities with each one translated. */
export function pageToWire<E, W>(page: Page<E>, translate: (entity: E) => W): WirePage<W> {
  return { data: page.data.map(translate), totalPages: page.totalPages, totalElements: page.totalElements, hasNext: page.hasNext };
}

/**
 * The list query behind the parameters.
 *
 * @param sortable fields a list may be sorted by: wire name to field of the entity
 * @throws CONTRACT_SORT_PROPERTY_UNKNOWN
 */
export function pageQueryOf(parameters: PageParameters, sortable: Readonly<Record<string, string>>): PageQuery {
  const { sortProperty, textSearch } = parameters;
  if (sortProperty !== undefined && !Object.hasOwn(sortable, sortProperty)) {
    throw contractErrors.SORT_PROPERTY_UNKNOWN({ sortProperty, known: Object.keys(sortable) });
  }
  return {
    pageSize: parameters.pageSize,
    page: parameters.page,
    textSearch: textSearch === '' ? undefined : textSearch,
    sortBy: sortProperty === undefined ? undefined : sortable[sortProperty],
    sortOrder: parameters.sortOrder,
  };
}
