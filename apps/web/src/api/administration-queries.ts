import { queryOptions } from '@tanstack/react-query';
import { accountApi } from './account-api.js';
import { type ListQuery } from './api.js';
import { customerApi, userApi, type UserScope } from './customer-api.js';
import { entityApi } from './entity-api.js';
import { type AuditFilter, recordApi } from './record-api.js';
import { settingsApi, tenantApi } from './tenant-api.js';
import type { EntityRef } from './wire.js';

/** What the pages of administration ask of the server, with the key each answer is cached under. */
export const administration = {
  customers: (list: ListQuery) => queryOptions({ queryKey: ['customers', list], queryFn: ({ signal }) => customerApi.page(list, signal) }),
  customer: (id: string) => queryOptions({ queryKey: ['customer', id], queryFn: ({ signal }) => customerApi.one(id, signal) }),
  customersById: (ids: readonly string[]) =>
    queryOptions({ queryKey: ['customers', 'byId', ids], queryFn: ({ signal }) => customerApi.byIds(ids, signal), enabled: ids.length > 0 }),
  users: (scope: UserScope, list: ListQuery) =>
    queryOptions({ queryKey: ['users', scope, list], queryFn: ({ signal }) => userApi.page(scope, list, signal) }),
  /** Asked anew each time: the link ends by itself. */
  activationLink: (userId: string) =>
    queryOptions({ queryKey: ['activationLink', userId], queryFn: ({ signal }) => userApi.activationLink(userId, signal), staleTime: 0, gcTime: 0 }),
  relationsFrom: (entity: EntityRef) =>
    queryOptions({ queryKey: ['relations', entity, 'from'], queryFn: ({ signal }) => entityApi.relationsFrom(entity, signal) }),
  relationsTo: (entity: EntityRef) =>
    queryOptions({ queryKey: ['relations', entity, 'to'], queryFn: ({ signal }) => entityApi.relationsTo(entity, signal) }),
  tenants: (list: ListQuery) => queryOptions({ queryKey: ['tenants', list], queryFn: ({ signal }) => tenantApi.page(list, signal) }),
  tenant: (id: string) => queryOptions({ queryKey: ['tenant', id], queryFn: ({ signal }) => tenantApi.one(id, signal) }),
  tenantProfiles: (list: ListQuery) =>
    queryOptions({ queryKey: ['tenantProfiles', list], queryFn: ({ signal }) => tenantApi.profiles(list, signal) }),
  tenantProfile: (id: string) => queryOptions({ queryKey: ['tenantProfile', id], queryFn: ({ signal }) => tenantApi.profile(id, signal) }),
  mailSettings: () => queryOptions({ queryKey: ['settings', 'mail'], queryFn: ({ signal }) => settingsApi.mail(signal) }),
  securitySettings: () => queryOptions({ queryKey: ['settings', 'security'], queryFn: ({ signal }) => settingsApi.security(signal) }),
  apiKeys: (userId: string, list: ListQuery) =>
    queryOptions({ queryKey: ['apiKeys', userId, list], queryFn: ({ signal }) => accountApi.apiKeys(userId, list, signal) }),
  auditLog: (filter: AuditFilter, list: ListQuery) =>
    queryOptions({ queryKey: ['auditLog', filter, list], queryFn: ({ signal }) => recordApi.auditLog(filter, list, signal) }),
  usage: () => queryOptions({ queryKey: ['usage'], queryFn: ({ signal }) => recordApi.usage(signal), refetchInterval: 10_000 }),
};
