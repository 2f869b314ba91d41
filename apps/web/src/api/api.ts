import { type DeviceProfile as SavedProfile, failureOf } from '@fieldline/api-client';
import { bodyOf, client } from './client.js';
import type {
  AssetInfo,
  AttributeEntry,
  AttributeScope,
  ComponentDescriptor,
  CurrentUser,
  Device,
  DeviceInfo,
  DeviceProfile,
  DeviceProfileInfo,
  EntityRef,
  ImportRequest,
  ImportResult,
  JsonValue,
  PageData,
  PasswordPolicy,
  RuleChainInfo,
  RuleChainMetadata,
  SeriesByKey,
} from './wire.js';
import { componentTypes } from './wire.js';

export interface ListQuery {
  readonly page: number;
  readonly pageSize: number;
  readonly textSearch?: string;
  readonly sortProperty?: string;
  readonly sortOrder?: 'ASC' | 'DESC';
}

export interface HistoryQuery {
  readonly keys: readonly string[];
  readonly startTs: number;
  readonly endTs: number;
  readonly agg: 'NONE' | 'MIN' | 'MAX' | 'AVG' | 'SUM' | 'COUNT';
  readonly interval?: number;
  readonly limit?: number;
}

interface AssetParts {
  readonly name: string;
  readonly label: string | null;
  readonly assetProfileId?: { id: string };
  readonly additionalInfo: Record<string, unknown>;
}

const { http } = client;
const pathOf = ({ entityType, id }: EntityRef) => ({ entityType, entityId: id });

/** Every call of the REST API that the pages make, through the generated client. */
export const api = {
  signIn: (email: string, password: string) => client.signIn(email, password),
  signOut: () => client.signOut(),
  passwordPolicy: (signal: AbortSignal): Promise<PasswordPolicy> => bodyOf(http.GET('/api/noauth/userPasswordPolicy', { signal })),
  reportLostPassword: (email: string) => bodyOf(http.POST('/api/noauth/resetPasswordByEmail', { body: { email } })),
  resetPassword: (resetToken: string, password: string) => bodyOf(http.POST('/api/noauth/resetPassword', { body: { resetToken, password } })),
  activate: (activateToken: string, password: string) =>
    bodyOf(http.POST('/api/noauth/activate', { params: { query: {} }, body: { activateToken, password } })),
  currentUser: (signal: AbortSignal): Promise<CurrentUser> => bodyOf(http.GET('/api/auth/user', { signal })),
  endpoints: (signal: AbortSignal) => bodyOf(http.GET('/api/fieldline/endpoints', { signal })),

  devices: (query: ListQuery, signal: AbortSignal): Promise<PageData<DeviceInfo>> =>
    bodyOf(http.GET('/api/tenant/deviceInfos', { params: { query: listed(query) }, signal })),
  device: (deviceId: string, signal: AbortSignal): Promise<DeviceInfo> =>
    bodyOf(http.GET('/api/device/info/{deviceId}', { params: { path: { deviceId } }, signal })),
  devicesByIds: (ids: readonly string[], signal: AbortSignal): Promise<Device[]> =>
    bodyOf(http.GET('/api/devices', { params: { query: { deviceIds: ids.join(',') } }, signal })),
  createDevice: (body: { name: string; label: string | null; deviceProfileId?: { id: string } }): Promise<Device> =>
    bodyOf(http.POST('/api/device', { body })),
  importDevices: (body: ImportRequest, isDryRun: boolean): Promise<ImportResult> =>
    bodyOf(http.POST('/api/device/bulk_import', { params: { query: { dryRun: isDryRun ? 'true' : 'false' } }, body })),
  deleteDevice: (deviceId: string) => bodyOf(http.DELETE('/api/device/{deviceId}', { params: { path: { deviceId } } })),
  deviceCredentials: (deviceId: string, signal: AbortSignal) =>
    bodyOf(http.GET('/api/device/{deviceId}/credentials', { params: { path: { deviceId } }, signal })),
  deviceProfiles: (signal: AbortSignal): Promise<PageData<DeviceProfileInfo>> =>
    bodyOf(http.GET('/api/deviceProfileInfos', { params: { query: { page: 0, pageSize: 100, sortProperty: 'name' } }, signal })) as Promise<
      PageData<DeviceProfileInfo>
    >,
  deviceProfile: async (deviceProfileId: string, signal: AbortSignal): Promise<DeviceProfile> =>
    readProfile((await bodyOf(http.GET('/api/deviceProfile/{deviceProfileId}', { params: { path: { deviceProfileId } }, signal }))) as SavedProfile),
  setKaaExtraction: ({ saved }: DeviceProfile, autoExtraction: boolean) => {
    const kaaConfiguration = { ...kaaOf(saved), autoExtraction };
    return bodyOf(http.POST('/api/deviceProfile', { body: { ...saved, profileData: { ...saved.profileData, kaaConfiguration } } }));
  },
  setTelemetryTtl: ({ saved }: DeviceProfile, telemetryTtlDays: number) => {
    const body = { ...saved, telemetryTtlDays };
    return bodyOf(http.POST('/api/deviceProfile', { body }));
  },
  sendAsDevice,

  assets: (query: ListQuery, signal: AbortSignal): Promise<PageData<AssetInfo>> =>
    bodyOf(http.GET('/api/tenant/assetInfos', { params: { query: listed(query) }, signal })),
  asset: (assetId: string, signal: AbortSignal): Promise<AssetInfo> =>
    bodyOf(http.GET('/api/asset/info/{assetId}', { params: { path: { assetId } }, signal })),
  assetProfiles: async (signal: AbortSignal) => ({
    data: await bodyOf(http.GET('/api/assetProfile/names', { params: { query: {} }, signal })),
  }),
  /** Creates an asset, or changes what is stored of one: what the parts do not name stays. */
  saveAsset: (stored: AssetInfo | undefined, parts: AssetParts) =>
    bodyOf(
      http.POST('/api/asset', {
        body: { ...(stored === undefined ? {} : { id: stored.id, customerId: stored.customerId, version: stored.version }), ...parts },
      }),
    ),
  deleteAsset: (assetId: string) => bodyOf(http.DELETE('/api/asset/{assetId}', { params: { path: { assetId } } })),

  latest: (entity: EntityRef, signal: AbortSignal): Promise<SeriesByKey> =>
    bodyOf(
      http.GET('/api/plugins/telemetry/{entityType}/{entityId}/values/timeseries', {
        params: { path: pathOf(entity), query: { useStrictDataTypes: 'true' } },
        signal,
      }),
    ) as Promise<SeriesByKey>,
  history: (entity: EntityRef, { keys, ...query }: HistoryQuery, signal: AbortSignal): Promise<SeriesByKey> =>
    bodyOf(
      http.GET('/api/plugins/telemetry/{entityType}/{entityId}/values/timeseries', {
        params: { path: pathOf(entity), query: { ...query, key: [...keys], useStrictDataTypes: 'true' } },
        signal,
      }),
    ) as Promise<SeriesByKey>,
  attributes: (entity: EntityRef, scope: AttributeScope, signal: AbortSignal): Promise<AttributeEntry[]> =>
    bodyOf(
      http.GET('/api/plugins/telemetry/{entityType}/{entityId}/values/attributes/{scope}', {
        params: { path: { ...pathOf(entity), scope } },
        signal,
      }),
    ) as Promise<AttributeEntry[]>,

  ruleChains: (query: ListQuery, signal: AbortSignal): Promise<PageData<RuleChainInfo>> =>
    bodyOf(http.GET('/api/ruleChains', { params: { query: { ...listed(query), type: 'CORE' } }, signal })) as Promise<PageData<RuleChainInfo>>,
  ruleChain: (ruleChainId: string, signal: AbortSignal): Promise<RuleChainInfo> =>
    bodyOf(http.GET('/api/ruleChain/{ruleChainId}', { params: { path: { ruleChainId } }, signal })),
  createRuleChain: (name: string): Promise<RuleChainInfo> => bodyOf(http.POST('/api/ruleChain', { body: { name, type: 'CORE' } })),
  deleteRuleChain: (ruleChainId: string) => bodyOf(http.DELETE('/api/ruleChain/{ruleChainId}', { params: { path: { ruleChainId } } })),
  makeRoot: (ruleChainId: string): Promise<RuleChainInfo> =>
    bodyOf(http.POST('/api/ruleChain/{ruleChainId}/root', { params: { path: { ruleChainId } } })),
  ruleChainMetadata: (ruleChainId: string, signal?: AbortSignal): Promise<RuleChainMetadata> =>
    bodyOf(
      http.GET('/api/ruleChain/{ruleChainId}/metadata', { params: { path: { ruleChainId } }, signal: signal ?? null }),
    ) as Promise<RuleChainMetadata>,
  saveRuleChainMetadata: (body: RuleChainMetadata): Promise<RuleChainMetadata> =>
    bodyOf(http.POST('/api/ruleChain/metadata', { body })) as Promise<RuleChainMetadata>,
  components: (signal: AbortSignal): Promise<ComponentDescriptor[]> =>
    bodyOf(http.GET('/api/components', { params: { query: { componentTypes: componentTypes.join(',') } }, signal })) as Promise<
      ComponentDescriptor[]
    >,
};

function kaaOf({ profileData }: SavedProfile): Record<string, unknown> {
  const { kaaConfiguration } = profileData;
  return typeof kaaConfiguration === 'object' && kaaConfiguration !== null ? { ...kaaConfiguration } : {};
}

function readProfile(saved: SavedProfile): DeviceProfile {
  const { autoExtraction, appVersion } = kaaOf(saved);
  const { id, name, telemetryTtlDays = 0 } = saved;
  const kaaAppVersion = typeof appVersion === 'string' ? appVersion : name;
  return { id, name, kaaAppVersion, kaaExtraction: autoExtraction === true, telemetryTtlDays, saved };
}

/** A list query without a search that says nothing. */
function listed({ page, pageSize, textSearch, sortProperty, sortOrder }: ListQuery) {
  return {
    page,
    pageSize,
    ...(textSearch === undefined || textSearch === '' ? {} : { textSearch }),
    ...(sortProperty === undefined ? {} : { sortProperty }),
    ...(sortOrder === undefined ? {} : { sortOrder }),
  };
}

/** Sends telemetry as the device with this token would, over the device API, which is no part of the REST API. */
async function sendAsDevice(token: string, telemetry: JsonValue): Promise<void> {
  const response = await fetch(`/api/v1/${encodeURIComponent(token)}/telemetry`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(telemetry),
  });
  if (!response.ok) throw failureOf(await response.text(), response);
}
