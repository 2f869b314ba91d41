import { queryOptions } from '@tanstack/react-query';
import { type ListQuery, api } from './api.js';
import { type TopicMapping, brokerApi } from './broker-api.js';
import { type DeadLetterFilter, deadLetterApi, queueApi } from './engine-api.js';
import { type DebugEventQuery, debugEvents } from './event-api.js';
import { type TraceFilter, traceApi } from './trace-api.js';

/** What the pages about the rule engine ask of the server, with the key each answer is cached under. */
export const engineQueries = {
  queues: (list: ListQuery) => queryOptions({ queryKey: ['queues', list], queryFn: ({ signal }) => queueApi.page(list, signal) }),
  topicMappings: () => queryOptions({ queryKey: ['topicMappings'], queryFn: ({ signal }) => brokerApi.mappings(signal) }),
  triedMessage: (mappings: readonly TopicMapping[], topic: string, payload: string) =>
    queryOptions({ queryKey: ['triedMessage', mappings, topic, payload], queryFn: ({ signal }) => brokerApi.try(mappings, topic, payload, signal) }),
  /** The nodes of a rule chain as it is stored, for pages that name them. */
  chainNodes: (ruleChainId: string) =>
    queryOptions({
      queryKey: ['ruleChain', ruleChainId, 'nodes'],
      queryFn: async ({ signal }) => (await api.ruleChainMetadata(ruleChainId, signal)).nodes,
    }),
  deadLetters: (filter: DeadLetterFilter, list: ListQuery) =>
    queryOptions({ queryKey: ['deadLetters', filter, list], queryFn: ({ signal }) => deadLetterApi.page(filter, list, signal) }),
  deadLetterCounts: () => queryOptions({ queryKey: ['deadLetters', 'counts'], queryFn: ({ signal }) => deadLetterApi.counts(signal) }),
  traces: (filter: TraceFilter, list: ListQuery) =>
    queryOptions({ queryKey: ['traces', filter, list], queryFn: ({ signal }) => traceApi.page(filter, list, signal) }),
  trace: (traceId: string) => queryOptions({ queryKey: ['trace', traceId], queryFn: ({ signal }) => traceApi.one(traceId, signal) }),
  debugEvents: (query: DebugEventQuery) => queryOptions({ queryKey: ['debugEvents', query], queryFn: ({ signal }) => debugEvents(query, signal) }),
  /** Names of devices by their ids; those that are gone are left out. */
  deviceNames: (ids: readonly string[]) =>
    queryOptions({
      queryKey: ['devices', 'names', ids],
      queryFn: async ({ signal }) => new Map((await api.devicesByIds(ids, signal)).map(({ id, name }) => [id.id, name])),
      enabled: ids.length > 0,
    }),
};
