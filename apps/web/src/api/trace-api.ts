import type { paths } from '@fieldline/api-client';
import type { ListQuery } from './api.js';
import { bodyOf, client } from './client.js';
import type { EntityRef, PageData } from './wire.js';

type TracePath = '/api/traces/{traceId}';
export type TraceHead = paths['/api/traces']['get']['responses'][200]['content']['application/json']['data'][number];
export type Trace = paths[TracePath]['get']['responses'][200]['content']['application/json'];
export type TraceHop = Trace['hops'][number];
export type TracedMessage = Trace['messages'][number];
export interface TraceFilter {
  readonly entity?: EntityRef;
  readonly ruleChainId?: string;
  readonly reason?: TraceHead['reason'];
  readonly hasFailed?: 'true';
  readonly startTime?: number;
  readonly endTime?: number;
}

const { http } = client;

/** Recorded paths of messages through rule chains. */
export const traceApi = {
  page: ({ entity, ...filter }: TraceFilter, { page, pageSize, textSearch = '' }: ListQuery, signal: AbortSignal): Promise<PageData<TraceHead>> => {
    const about = entity === undefined ? {} : { entityType: entity.entityType, entityId: entity.id };
    const query = { page, pageSize, ...filter, ...about, ...(textSearch === '' ? {} : { textSearch }) };
    return bodyOf(http.GET('/api/traces', { params: { query }, signal }));
  },
  one: (traceId: string, signal: AbortSignal): Promise<Trace> => bodyOf(http.GET('/api/traces/{traceId}', { params: { path: { traceId } }, signal })),
  usage: (signal: AbortSignal) => bodyOf(http.GET('/api/traces/usage', { signal })),
};
