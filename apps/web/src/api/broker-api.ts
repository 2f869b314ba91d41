import type { paths } from '@fieldline/api-client';
import { bodyOf, client } from './client.js';

type MappingsPath = '/api/broker/topicMappings';
export type StoredMappings = paths[MappingsPath]['get']['responses'][200]['content']['application/json'];
export type TopicMapping = StoredMappings['mappings'][number];
export type TriedMessage = paths[`${MappingsPath}/try`]['post']['responses'][200]['content']['application/json'];

const { http } = client;

/** What the page about the MQTT broker asks and tells. */
export const brokerApi = {
  mappings: (signal: AbortSignal): Promise<StoredMappings> => bodyOf(http.GET('/api/broker/topicMappings', { signal })),
  /** @param version the one that was read: what somebody else saved meanwhile is not overwritten */
  save: (version: number, mappings: readonly TopicMapping[]): Promise<StoredMappings> =>
    bodyOf(http.POST('/api/broker/topicMappings', { body: { version, mappings: [...mappings] } })),
  /** What mappings, saved or not, would make of a message. */
  try: (mappings: readonly TopicMapping[], topic: string, payload: string, signal: AbortSignal): Promise<TriedMessage> =>
    bodyOf(http.POST('/api/broker/topicMappings/try', { body: { mappings: [...mappings], topic, payload }, signal })),
};
