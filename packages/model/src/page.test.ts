import { expect, test } from 'vitest';
import { pageOf } from './page.js';

test.each([
  { page: 0, pageSize: 10, total: 0, totalPages: 0, hasNext: false },
  { page: 0, pageSize: 10, total: 10, totalPages: 1, hasNext: false },
  { page: 0, pageSize: 10, total: 11, totalPages: 2, hasNext: true },
  { page: 1, pageSize: 10, total: 11, totalPages: 2, hasNext: false },
  { page: 7, pageSize: 10, total: 11, totalPages: 2, hasNext: false },
  { page: 0, pageSize: 0, total: 11, totalPages: 1, hasNext: false },
])('page $page of $total rows, $pageSize a page', ({ page, pageSize, total, totalPages, hasNext }) => {
  expect(pageOf([], { page, pageSize }, total)).toEqual({ data: [], totalElements: total, totalPages, hasNext });
});
