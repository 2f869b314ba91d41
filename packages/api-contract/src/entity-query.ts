import { queryKeyTypes, type QueryKey, type QuerySort } from '@fieldline/model';
import * as z from 'zod';
import { entityFilterSchema, selectorDraftOf, type SelectorDraft } from './entity-query-filter.js';
import { predicateDraftsOf, predicateInputSchema, type FilterDraft } from './entity-query-predicate.js';
import { contractErrors } from './errors.js';
import { API_PAGE_NUMBER_MAX, API_QUERY_COLUMNS_MAX, API_QUERY_FILTERS_MAX } from './limits.js';

/** Which entities a request asks about, before it is known who asks. */
export interface EntityCountDraft {
  readonly selector: SelectorDraft;
  readonly filters: readonly FilterDraft[];
  readonly combine: 'AND' | 'OR';
}

export interface PageDraft {
  readonly pageSize: number;
  readonly page: number;
  readonly textSearch?: string | undefined;
  readonly sort?: QuerySort | undefined;
}

export interface EntityDataDraft extends EntityCountDraft, PageDraft {
  readonly columns: readonly QueryKey[];
}

/** A value of an entity, by where it is and what it is called. */
export const queryKeySchema = z.object({
  type: z.enum(queryKeyTypes).describe('Where the value is.'),
  key: z.string().max(255).describe('Its name.'),
});
export const queryKeysSchema = z.array(queryKeySchema).max(API_QUERY_COLUMNS_MAX).nullish();

export const queryPageLinkSchema = z.object({
  pageSize: z.int().max(API_PAGE_NUMBER_MAX).describe('Rows of a page.'),
  page: z.int().max(API_PAGE_NUMBER_MAX).nullish().describe('Page, counted from 0.'),
  textSearch: z.string().max(255).nullish().describe('Part of the columns, in any case.'),
  dynamic: z.boolean().nullish().describe('Kept for the client.'),
  sortOrder: z
    .object({ key: queryKeySchema.describe('What to sort by.'), direction: z.enum(['ASC', 'DESC']).nullish().describe('ASC unless said otherwise.') })
    .nullish()
    .describe('Order of the rows.'),
});

/** A condition on a value of an entity. */
export const keyFilterSchema = z.object({
  key: queryKeySchema.describe('Which value of an entity.'),
  valueType: z.string().max(64).nullish().describe('Kept for the client.'),
  predicate: predicateInputSchema,
});

export const entityCountQuerySchema = z.object({
  entityFilter: entityFilterSchema.nullish().describe('Which entities.'),
  keyFilters: z.array(keyFilterSchema).max(API_QUERY_FILTERS_MAX).nullish().describe('Conditions on their values.'),
  keyFiltersOperation: z.enum(['AND', 'OR']).nullish().describe('Whether all conditions must hold or any; AND unless said otherwise.'),
});

export const entityDataQuerySchema = z.object({
  ...entityCountQuerySchema.shape,
  pageLink: queryPageLinkSchema.nullish().describe('Which part of the answer.'),
  entityFields: queryKeysSchema.describe('Fields of the entities to answer.'),
  latestValues: queryKeysSchema.describe('Attributes and latest telemetry to answer.'),
});

/** @throws CONTRACT_QUERY_INVALID */
export function entityCountDraftOf(query: z.output<typeof entityCountQuerySchema>): EntityCountDraft {
  const filters = query.keyFilters ?? [];
  const predicates = predicateDraftsOf(filters.map(({ predicate }) => predicate));
  return {
    selector: selectorDraftOf(query.entityFilter),
    filters: predicates.map((predicate, at) => ({ key: (filters[at] as (typeof filters)[number]).key, predicate })),
    combine: query.keyFiltersOperation ?? 'AND',
  };
}

/** @throws CONTRACT_QUERY_INVALID */
export function entityDataDraftOf(query: z.output<typeof entityDataQuerySchema>): EntityDataDraft {
  return { ...entityCountDraftOf(query), ...pageDraftOf(query.pageLink), columns: [...(query.entityFields ?? []), ...(query.latestValues ?? [])] };
}

/** @throws CONTRACT_QUERY_INVALID */
export function pageDraftOf(pageLink: z.output<typeof queryPageLinkSchema> | null | undefined): PageDraft {
  if (pageLink === null || pageLink === undefined) throw invalid('Entity Data Page link must be specified.');
  const { pageSize, textSearch, sortOrder } = pageLink;
  const page = pageLink.page ?? 0;
  if (pageSize < 1) throw invalid(`Incorrect entity data page link page size '${pageSize}'. Page size must be greater than zero.`);
  if (page < 0) throw invalid(`Incorrect entity data page link page '${page}'. Page must be positive integer.`);
  if (sortOrder !== null && sortOrder !== undefined && !/^[\p{L}\p{N}_. -]+$/u.test(sortOrder.key.key)) {
    throw invalid('Invalid entity data page link sort property');
  }
  const sort = sortOrder === null || sortOrder === undefined ? undefined : { key: sortOrder.key, order: sortOrder.direction ?? ('ASC' as const) };
  return { pageSize, page, textSearch: textSearch ?? undefined, sort };
}

const invalid = (fault: string): Error => contractErrors.QUERY_INVALID({ fault });
