import type { Tenant, paths } from '@fieldline/api-client';
import type { ListQuery } from './api.js';
import { bodyOf, client } from './client.js';
import type { Contact } from './customer-api.js';
import { hasStatus } from './failures.js';
import type { PageData } from './wire.js';

export type TenantInfo = paths['/api/tenantInfos']['get']['responses'][200]['content']['application/json']['data'][number];
export type TenantProfile = paths['/api/tenantProfile/{tenantProfileId}']['get']['responses'][200]['content']['application/json'];
export type SecuritySettings = paths['/api/admin/securitySettings']['get']['responses'][200]['content']['application/json'];
/** Settings of outgoing mail. The password is sent, never answered; left out it stays. */
export interface MailSettings {
  readonly mailFrom: string;
  readonly smtpProtocol: 'smtp' | 'smtps';
  readonly smtpHost: string;
  readonly smtpPort: number;
  readonly timeout: number;
  readonly enableTls: boolean;
  readonly username: string;
  readonly password?: string;
}
interface TenantParts extends Contact {
  readonly title: string;
  readonly tenantProfileId?: { id: string };
}

const { http } = client;
const profileAt = (tenantProfileId: string) => ({ params: { path: { tenantProfileId } } });

/** What the system administrator asks and tells about tenants and their profiles. */
export const tenantApi = {
  page: (query: ListQuery, signal: AbortSignal): Promise<PageData<TenantInfo>> => bodyOf(http.GET('/api/tenantInfos', { params: { query }, signal })),
  one: (tenantId: string, signal: AbortSignal): Promise<TenantInfo> =>
    bodyOf(http.GET('/api/tenant/info/{tenantId}', { params: { path: { tenantId } }, signal })),
  save: (stored: TenantInfo | undefined, parts: TenantParts): Promise<Tenant> => {
    const known = stored === undefined ? {} : { id: stored.id, version: stored.version, additionalInfo: stored.additionalInfo };
    return bodyOf(http.POST('/api/tenant', { body: { ...known, ...parts } }));
  },
  remove: (tenantId: string) => bodyOf(http.DELETE('/api/tenant/{tenantId}', { params: { path: { tenantId } } })),

  profiles: (query: ListQuery, signal: AbortSignal): Promise<PageData<TenantProfile>> =>
    bodyOf(http.GET('/api/tenantProfiles', { params: { query }, signal })),
  profile: (id: string, signal: AbortSignal): Promise<TenantProfile> =>
    bodyOf(http.GET('/api/tenantProfile/{tenantProfileId}', { ...profileAt(id), signal })),
  /** Creates a profile, or changes what is stored of one: what the parts do not name stays. */
  saveProfile: (
    stored: TenantProfile | undefined,
    parts: { name: string; description: string | null; configuration: Record<string, unknown> },
  ): Promise<TenantProfile> => {
    const { name, description } = parts;
    const configuration = { ...stored?.profileData.configuration, ...parts.configuration };
    return bodyOf(
      http.POST('/api/tenantProfile', { body: { ...stored, name, description, profileData: { ...stored?.profileData, configuration } } }),
    );
  },
  removeProfile: (id: string) => bodyOf(http.DELETE('/api/tenantProfile/{tenantProfileId}', profileAt(id))),
  makeDefault: (id: string) => bodyOf(http.POST('/api/tenantProfile/{tenantProfileId}/default', profileAt(id))),
};

const mail = { params: { path: { key: 'mail' as const } } };

/** Settings of the whole system. */
export const settingsApi = {
  /** Empty where nobody has set anything yet. */
  mail: async (signal: AbortSignal): Promise<Partial<MailSettings>> => {
    try {
      return (await bodyOf(http.GET('/api/admin/settings/{key}', { ...mail, signal }))).jsonValue;
    } catch (error) {
      if (hasStatus(error, 404)) return {};
      throw error;
    }
  },
  saveMail: (settings: MailSettings) => bodyOf(http.POST('/api/admin/settings/{key}', { ...mail, body: { jsonValue: { ...settings } } })),
  testMail: (settings: MailSettings) => bodyOf(http.POST('/api/admin/settings/testMail', { body: { key: 'mail', jsonValue: { ...settings } } })),
  security: (signal: AbortSignal): Promise<SecuritySettings> => bodyOf(http.GET('/api/admin/securitySettings', { signal })),
  saveSecurity: (body: SecuritySettings): Promise<SecuritySettings> => bodyOf(http.POST('/api/admin/securitySettings', { body })),
};
