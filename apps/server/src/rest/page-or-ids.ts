import { pageParametersSchema } from '@fieldline/api-contract';
import { restErrors } from './errors.js';

/** Parameters of a list that, instead of a page, may be asked for by ids or by a name. */
export const optionalPageShape = {
  ...pageParametersSchema.shape,
  pageSize: pageParametersSchema.shape.pageSize.optional(),
  page: pageParametersSchema.shape.page.optional(),
};

/** @throws REST_PARAMETER_MISSING where a page is wanted after all, and the request does not say which */
export function requirePage<Q extends { readonly page?: number | undefined; readonly pageSize?: number | undefined }>(
  query: Q,
): Q & { readonly page: number; readonly pageSize: number } {
  const { page, pageSize } = query;
  if (pageSize === undefined) throw restErrors.PARAMETER_MISSING({ name: 'pageSize' });
  if (page === undefined) throw restErrors.PARAMETER_MISSING({ name: 'page' });
  return { ...query, page, pageSize };
}
