import type { paths } from '@fieldline/api-client';
import type { ListQuery } from './api.js';
import { bodyOf, client } from './client.js';
import type { PageData } from './wire.js';

export type ApiKey = paths['/api/apiKeys/{userId}']['get']['responses'][200]['content']['application/json']['data'][number];
export type NewApiKey = paths['/api/apiKey']['post']['responses'][200]['content']['application/json'];

const { http } = client;
const at = (apiKeyId: string) => ({ params: { path: { apiKeyId } } });

/** What people do with their own account. */
export const accountApi = {
  changePassword: (currentPassword: string, newPassword: string) =>
    bodyOf(http.POST('/api/auth/changePassword', { body: { currentPassword, newPassword } })),
  apiKeys: (userId: string, query: ListQuery, signal: AbortSignal): Promise<PageData<ApiKey>> =>
    bodyOf(http.GET('/api/apiKeys/{userId}', { params: { path: { userId }, query }, signal })),
  /** `expirationTime` is 0 for a key without an end. */
  createApiKey: (description: string, expirationTime: number): Promise<NewApiKey> =>
    bodyOf(http.POST('/api/apiKey', { body: { description, expirationTime } })),
  setApiKeyEnabled: (apiKeyId: string, isEnabled: boolean) =>
    bodyOf(http.PUT('/api/apiKey/{apiKeyId}/enabled/{enabled}', { params: { path: { apiKeyId, enabled: isEnabled ? 'true' : 'false' } } })),
  removeApiKey: (apiKeyId: string) => bodyOf(http.DELETE('/api/apiKey/{apiKeyId}', at(apiKeyId))),
};
