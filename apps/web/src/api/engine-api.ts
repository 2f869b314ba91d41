import type { paths } from '@fieldline/api-client';
import type { ListQuery } from './api.js';
import { bodyOf, client } from './client.js';
import type { PageData } from './wire.js';

export type Queue = paths['/api/queues']['get']['responses'][200]['content']['application/json']['data'][number];
/** A message that failed for good. */
export type DeadLetter = paths['/api/deadLetters']['get']['responses'][200]['content']['application/json']['data'][number];
export interface DeadLetterFilter {
  readonly ruleChainId?: string;
  readonly code?: string;
  readonly startTime?: number;
  readonly endTime?: number;
}
type QueueBody = paths['/api/queues']['post']['requestBody']['content']['application/json'];
/** What a form says about a queue; what it does not name stays as it is stored. */
export type QueueParts = Pick<QueueBody, 'name' | 'partitions' | 'consumerPerPartition' | 'packProcessingTimeout'> &
  Pick<Queue, 'submitStrategy' | 'processingStrategy'> & { readonly description: string };

const { http } = client;
const serviceType = 'TB-RULE-ENGINE';

/** Whose queues somebody changes: those of the system, or the own ones of an organisation. */
export type QueueOwner = 'system' | 'tenant';

/** What pages ask and tell about the queues of the rule engine. */
export const queueApi = {
  page: (list: ListQuery, signal: AbortSignal): Promise<PageData<Queue>> =>
    bodyOf(http.GET('/api/queues', { params: { query: { ...list, serviceType } }, signal })),
  save: (owner: QueueOwner, stored: Queue | undefined, { description, ...parts }: QueueParts): Promise<Queue> => {
    const { id, topic, pollInterval, additionalInfo } = stored ?? {};
    const known = stored === undefined ? {} : { id, topic, pollInterval };
    const body = { ...known, ...parts, additionalInfo: { ...additionalInfo, description } } as QueueBody;
    return bodyOf(
      owner === 'system' ? http.POST('/api/queues', { params: { query: { serviceType } }, body }) : http.POST('/api/tenant/queues', { body }),
    );
  },
  remove: (owner: QueueOwner, queueId: string) => {
    const at = { params: { path: { queueId } } };
    return bodyOf(owner === 'system' ? http.DELETE('/api/queues/{queueId}', at) : http.DELETE('/api/tenant/queues/{queueId}', at));
  },
};

/** Where a replayed message begins: at the start of the chain it came to, or at the node it failed in. */
export type ReplayFrom = 'CHAIN' | 'NODE';

/** What pages ask and tell about messages that failed for good. */
export const deadLetterApi = {
  page: (filter: DeadLetterFilter, { page, pageSize, textSearch = '' }: ListQuery, signal: AbortSignal): Promise<PageData<DeadLetter>> => {
    const query = { page, pageSize, ...filter, ...(textSearch === '' ? {} : { textSearch }) };
    return bodyOf(http.GET('/api/deadLetters', { params: { query }, signal }));
  },
  counts: (signal: AbortSignal) => bodyOf(http.GET('/api/deadLetters/counts', { signal })),
  replay: (ids: readonly string[], from: ReplayFrom) => bodyOf(http.POST('/api/deadLetters/replay', { body: { ids: [...ids], from } })),
  remove: (ids: readonly string[]) => bodyOf(http.DELETE('/api/deadLetters', { params: { query: { deadLetterIds: ids.join(',') } } })),
};
