import type { paths } from '@fieldline/api-client';
import type { ListQuery } from './api.js';
import { bodyOf, client } from './client.js';
import type { EntityRef, PageData } from './wire.js';

export type AuditRecord = paths['/api/audit/logs']['get']['responses'][200]['content']['application/json']['data'][number];
export type Usage = paths['/api/usage']['get']['responses'][200]['content']['application/json'];
export interface AuditFilter {
  readonly startTime: number;
  /** Absent: up to now. */
  readonly endTime?: number;
  /** Any if absent. */
  readonly actionTypes?: string;
  readonly userId?: string;
  readonly entity?: EntityRef;
}

const { http } = client;

/** What was done, by whom, and how much there is of what is limited. */
export const recordApi = {
  auditLog: ({ userId, entity, ...bounds }: AuditFilter, list: ListQuery, signal: AbortSignal): Promise<PageData<AuditRecord>> => {
    const query = { ...list, ...bounds };
    if (entity !== undefined) {
      const path = { entityType: entity.entityType, entityId: entity.id };
      return bodyOf(http.GET('/api/audit/logs/entity/{entityType}/{entityId}', { params: { path, query }, signal }));
    }
    if (userId !== undefined) return bodyOf(http.GET('/api/audit/logs/user/{userId}', { params: { path: { userId }, query }, signal }));
    return bodyOf(http.GET('/api/audit/logs', { params: { query }, signal }));
  },
  usage: (signal: AbortSignal): Promise<Usage> => bodyOf(http.GET('/api/usage', { signal })),
};
