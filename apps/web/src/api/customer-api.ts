import type { User, paths } from '@fieldline/api-client';
import type { ListQuery } from './api.js';
import { bodyOf, client } from './client.js';
import type { AssetInfo, DeviceInfo, PageData } from './wire.js';

export type Customer = Omit<paths['/api/customer/{customerId}']['get']['responses'][200]['content']['application/json'], 'externalId'>;
/** Address and ways to reach an organisation; null where nothing is known. */
export type Contact = Pick<Customer, 'country' | 'state' | 'city' | 'address' | 'address2' | 'zip' | 'phone' | 'email'>;
export interface UserParts {
  readonly email: string;
  readonly authority: User['authority'];
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly phone: string | null;
  readonly customerId?: { id: string };
  readonly tenantId?: { id: string };
}
/** Whose users a list shows. */
export type UserScope =
  { readonly of: 'tenant' } | { readonly of: 'customer'; readonly customerId: string } | { readonly of: 'administrators'; readonly tenantId: string };

const { http } = client;

/** What pages ask and tell about customers and what belongs to them. */
export const customerApi = {
  page: (query: ListQuery, signal: AbortSignal): Promise<PageData<Customer>> =>
    bodyOf(http.GET('/api/customers', { params: { query }, signal })) as Promise<PageData<Customer>>,
  one: (customerId: string, signal: AbortSignal): Promise<Customer> =>
    bodyOf(http.GET('/api/customer/{customerId}', { params: { path: { customerId } }, signal })),
  byIds: (ids: readonly string[], signal: AbortSignal): Promise<Customer[]> =>
    bodyOf(http.GET('/api/customers/list', { params: { query: { customerIds: ids.join(',') } }, signal })),
  save: (stored: Customer | undefined, parts: { title: string } & Contact): Promise<Customer> =>
    bodyOf(http.POST('/api/customer', { body: { ...(stored === undefined ? {} : kept(stored)), ...parts } })),
  remove: (customerId: string) => bodyOf(http.DELETE('/api/customer/{customerId}', { params: { path: { customerId } } })),

  devices: (customerId: string, query: ListQuery, signal: AbortSignal): Promise<PageData<DeviceInfo>> =>
    bodyOf(http.GET('/api/customer/{customerId}/deviceInfos', { params: { path: { customerId }, query }, signal })),
  assets: (customerId: string, query: ListQuery, signal: AbortSignal): Promise<PageData<AssetInfo>> =>
    bodyOf(http.GET('/api/customer/{customerId}/assetInfos', { params: { path: { customerId }, query }, signal })),
  assignDevice: (customerId: string, deviceId: string) =>
    bodyOf(http.POST('/api/customer/{customerId}/device/{deviceId}', { params: { path: { customerId, deviceId } } })),
  assignAsset: (customerId: string, assetId: string) =>
    bodyOf(http.POST('/api/customer/{customerId}/asset/{assetId}', { params: { path: { customerId, assetId } } })),
  publishDevice: (deviceId: string) => bodyOf(http.POST('/api/customer/public/device/{deviceId}', { params: { path: { deviceId } } })),
  unassignDevice: (deviceId: string) => bodyOf(http.DELETE('/api/customer/device/{deviceId}', { params: { path: { deviceId } } })),
  unassignAsset: (assetId: string) => bodyOf(http.DELETE('/api/customer/asset/{assetId}', { params: { path: { assetId } } })),
  signInPublicly: (publicId: string) => bodyOf(http.POST('/api/auth/login/public', { body: { publicId } })),
};

const at = (userId: string) => ({ params: { path: { userId } } });

/** What pages ask and tell about users. */
export const userApi = {
  page: (scope: UserScope, query: ListQuery, signal: AbortSignal): Promise<PageData<User>> => {
    if (scope.of === 'tenant') return bodyOf(http.GET('/api/users', { params: { query }, signal })) as Promise<PageData<User>>;
    if (scope.of === 'customer') {
      return bodyOf(http.GET('/api/customer/{customerId}/users', { params: { path: { customerId: scope.customerId }, query }, signal }));
    }
    return bodyOf(http.GET('/api/tenant/{tenantId}/users', { params: { path: { tenantId: scope.tenantId }, query }, signal }));
  },
  one: (userId: string, signal: AbortSignal): Promise<User> => bodyOf(http.GET('/api/user/{userId}', { params: { path: { userId } }, signal })),
  /** Creates a user, or changes what is stored of one. */
  save: (stored: User | undefined, parts: UserParts, isMailed = false): Promise<User> => {
    const known = stored === undefined ? {} : { ...kept(stored), tenantId: stored.tenantId, customerId: stored.customerId };
    return bodyOf(http.POST('/api/user', { params: { query: { sendActivationMail: isMailed ? 'true' : 'false' } }, body: { ...known, ...parts } }));
  },
  remove: (userId: string) => bodyOf(http.DELETE('/api/user/{userId}', at(userId))),
  activationLink: (userId: string, signal: AbortSignal) => bodyOf(http.GET('/api/user/{userId}/activationLinkInfo', { ...at(userId), signal })),
  mailActivationLink: (email: string) => bodyOf(http.POST('/api/user/sendActivationMail', { params: { query: { email } } })),
  setEnabled: (userId: string, isEnabled: boolean) =>
    bodyOf(
      http.POST('/api/user/{userId}/userCredentialsEnabled', {
        params: { path: { userId }, query: { userCredentialsEnabled: isEnabled ? 'true' : 'false' } },
      }),
    ),
  tokensOf: (userId: string) => bodyOf(http.GET('/api/user/{userId}/token', at(userId))),
};

/** What a change leaves as it is. */
function kept<T extends { id: { id: string }; version: number; additionalInfo: Record<string, unknown> | null }>({ id, version, additionalInfo }: T) {
  return { id, version, additionalInfo };
}
