import { pageParametersSchema } from '@fieldline/api-contract';
import { restErrors } from './errors.js';

/** Parameters of a list that also gives one entity by its name: then it needs no page. */
export const optionalPageShape = {
  ...pageParametersSchema.shape,
  pageSize: pageParametersSchema.shape.pageSize.optional(),
  page: pageParametersSchema.shape.page.optional(),
};

/** @throws REST_PARAMETER_MISSING where no page is asked for */
export function withPage<Q extends { readonly page?: number | undefined; readonly pageSize?: number | undefined }>(
  query: Q,
): Q & { readonly page: number; readonly pageSize: number } {
  const { page, pageSize } = query;
  if (pageSize === undefined) throw restErrors.PARAMETER_MISSING({ name: 'pageSize' });
  if (page === undefined) throw restErrors.PARAMETER_MISSING({ name: 'page' });
  return { ...query, page, pageSize };
}
