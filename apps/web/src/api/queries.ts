import { QueryClient, queryOptions } from '@tanstack/react-query';
import { type ListQuery, api } from './api.js';
import { customerApi } from './customer-api.js';
import { isWorthRetrying } from './failures.js';
import type { AttributeScope, EntityRef } from './wire.js';

/** Answers stay fresh for a few seconds; refusals are not repeated, lost connections are. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && isWorthRetrying(error),
      },
    },
  });
}

/** What can be asked of the server, with the key each answer is cached under. */
export const queries = {
  currentUser: () => queryOptions({ queryKey: ['user'], queryFn: ({ signal }) => api.currentUser(signal), staleTime: 300_000 }),
  passwordPolicy: () => queryOptions({ queryKey: ['passwordPolicy'], queryFn: ({ signal }) => api.passwordPolicy(signal), staleTime: 60_000 }),
  endpoints: () => queryOptions({ queryKey: ['endpoints'], queryFn: ({ signal }) => api.endpoints(signal), staleTime: 300_000 }),
  /** Devices of the tenant, or of one customer: a customer user may ask for no others. */
  devices: (list: ListQuery, customerId?: string) =>
    queryOptions({
      queryKey: ['devices', customerId, list],
      queryFn: ({ signal }) => (customerId === undefined ? api.devices(list, signal) : customerApi.devices(customerId, list, signal)),
    }),
  device: (id: string) => queryOptions({ queryKey: ['device', id], queryFn: ({ signal }) => api.device(id, signal) }),
  deviceCredentials: (id: string) =>
    queryOptions({ queryKey: ['device', id, 'credentials'], queryFn: ({ signal }) => api.deviceCredentials(id, signal) }),
  deviceProfile: (id: string) => queryOptions({ queryKey: ['deviceProfile', id], queryFn: ({ signal }) => api.deviceProfile(id, signal) }),
  deviceProfiles: () => queryOptions({ queryKey: ['deviceProfiles'], queryFn: ({ signal }) => api.deviceProfiles(signal) }),
  assets: (list: ListQuery, customerId?: string) =>
    queryOptions({
      queryKey: ['assets', customerId, list],
      queryFn: ({ signal }) => (customerId === undefined ? api.assets(list, signal) : customerApi.assets(customerId, list, signal)),
    }),
  asset: (id: string) => queryOptions({ queryKey: ['asset', id], queryFn: ({ signal }) => api.asset(id, signal) }),
  assetProfiles: () => queryOptions({ queryKey: ['assetProfiles'], queryFn: ({ signal }) => api.assetProfiles(signal) }),
  latest: (entity: EntityRef) => queryOptions({ queryKey: ['entity', entity.id, 'latest'], queryFn: ({ signal }) => api.latest(entity, signal) }),
  attributes: (entity: EntityRef, scope: AttributeScope) =>
    queryOptions({ queryKey: ['entity', entity.id, 'attributes', scope], queryFn: ({ signal }) => api.attributes(entity, scope, signal) }),
  ruleChains: (list: ListQuery) => queryOptions({ queryKey: ['ruleChains', list], queryFn: ({ signal }) => api.ruleChains(list, signal) }),
  ruleChain: (id: string) => queryOptions({ queryKey: ['ruleChain', id], queryFn: ({ signal }) => api.ruleChain(id, signal) }),
  /** Never refetched by itself: the editor decides when it takes a newer version. */
  ruleChainMetadata: (id: string) =>
    queryOptions({
      queryKey: ['ruleChain', id, 'metadata'],
      queryFn: ({ signal }) => api.ruleChainMetadata(id, signal),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
    }),
  components: () => queryOptions({ queryKey: ['components'], queryFn: ({ signal }) => api.components(signal), staleTime: 300_000 }),
};
