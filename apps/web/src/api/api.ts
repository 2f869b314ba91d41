import { request } from './http.js';
import type {
  AlarmInfo,
  AttributeEntry,
  AttributeScope,
  ComponentDescriptor,
  CurrentUser,
  Device,
  DeviceCredentials,
  DeviceInfo,
  DeviceProfileInfo,
  Endpoints,
  JsonValue,
  JwtPair,
  PageData,
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
  readonly agg: string;
  readonly interval?: number;
  readonly limit?: number;
}

/** Every call of the REST API that the web app makes. */
export const api = {
  login: (username: string, password: string) => request<JwtPair>('POST', '/api/auth/login', { body: { username, password }, isAuthorized: false }),
  logout: () => request<void>('POST', '/api/auth/logout'),
  currentUser: (signal?: AbortSignal) => request<CurrentUser>('GET', '/api/auth/user', optional(signal)),
  endpoints: (signal?: AbortSignal) => request<Endpoints>('GET', '/api/fieldline/endpoints', optional(signal)),

  devices: (list: ListQuery, signal?: AbortSignal) =>
    request<PageData<DeviceInfo>>('GET', '/api/tenant/deviceInfos', { query: { ...list }, ...optional(signal) }),
  device: (id: string, signal?: AbortSignal) => request<DeviceInfo>('GET', `/api/device/info/${id}`, optional(signal)),
  saveDevice: (device: { name: string; label: string | null; deviceProfileId?: { entityType: string; id: string } }) =>
    request<Device>('POST', '/api/device', { body: device }),
  deleteDevice: (id: string) => request<void>('DELETE', `/api/device/${id}`),
  deviceCredentials: (id: string, signal?: AbortSignal) => request<DeviceCredentials>('GET', `/api/device/${id}/credentials`, optional(signal)),
  deviceProfiles: (signal?: AbortSignal) =>
    request<PageData<DeviceProfileInfo>>('GET', '/api/deviceProfileInfos', {
      query: { page: 0, pageSize: 100, sortProperty: 'name' },
      ...optional(signal),
    }),
  /** The device's own API: what a device with this token would send. */
  sendAsDevice: (token: string, body: JsonValue) =>
    request<void>('POST', `/api/v1/${encodeURIComponent(token)}/telemetry`, { body, isAuthorized: false }),

  telemetryKeys: (deviceId: string, signal?: AbortSignal) =>
    request<string[]>('GET', `/api/plugins/telemetry/DEVICE/${deviceId}/keys/timeseries`, optional(signal)),
  latest: (deviceId: string, signal?: AbortSignal) =>
    request<SeriesByKey>('GET', `/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries`, {
      query: { useStrictDataTypes: true },
      ...optional(signal),
    }),
  history: (deviceId: string, query: HistoryQuery, signal?: AbortSignal) =>
    request<SeriesByKey>('GET', `/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries${historyQueryText(query)}`, optional(signal)),
  attributes: (deviceId: string, scope: AttributeScope, signal?: AbortSignal) =>
    request<AttributeEntry[]>('GET', `/api/plugins/telemetry/DEVICE/${deviceId}/values/attributes/${scope}`, optional(signal)),
  saveAttributes: (deviceId: string, scope: AttributeScope, values: Record<string, JsonValue>) =>
    request<void>('POST', `/api/plugins/telemetry/DEVICE/${deviceId}/attributes/${scope}`, { body: values }),

  deviceAlarms: (deviceId: string, list: ListQuery, signal?: AbortSignal) =>
    request<PageData<AlarmInfo>>('GET', `/api/alarm/DEVICE/${deviceId}`, { query: { ...list }, ...optional(signal) }),
  acknowledgeAlarm: (id: string) => request<AlarmInfo>('POST', `/api/alarm/${id}/ack`),
  clearAlarm: (id: string) => request<AlarmInfo>('POST', `/api/alarm/${id}/clear`),

  ruleChains: (list: ListQuery, signal?: AbortSignal) =>
    request<PageData<RuleChainInfo>>('GET', '/api/ruleChains', { query: { ...list, type: 'CORE' }, ...optional(signal) }),
  ruleChain: (id: string, signal?: AbortSignal) => request<RuleChainInfo>('GET', `/api/ruleChain/${id}`, optional(signal)),
  saveRuleChain: (chain: { name: string; type: 'CORE' } | RuleChainInfo) => request<RuleChainInfo>('POST', '/api/ruleChain', { body: chain }),
  deleteRuleChain: (id: string) => request<void>('DELETE', `/api/ruleChain/${id}`),
  makeRoot: (id: string) => request<RuleChainInfo>('POST', `/api/ruleChain/${id}/root`),
  ruleChainMetadata: (id: string, signal?: AbortSignal) => request<RuleChainMetadata>('GET', `/api/ruleChain/${id}/metadata`, optional(signal)),
  saveRuleChainMetadata: (metadata: RuleChainMetadata) => request<RuleChainMetadata>('POST', '/api/ruleChain/metadata', { body: metadata }),
  components: (signal?: AbortSignal) =>
    request<ComponentDescriptor[]>('GET', '/api/components', { query: { componentTypes: componentTypes.join(',') }, ...optional(signal) }),
};

function optional(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

/** One `key=` per key, because a key may contain a comma. */
function historyQueryText(query: HistoryQuery): string {
  const params = new URLSearchParams();
  for (const key of query.keys) params.append('key', key);
  params.set('startTs', String(query.startTs));
  params.set('endTs', String(query.endTs));
  params.set('agg', query.agg);
  params.set('useStrictDataTypes', 'true');
  if (query.interval !== undefined) params.set('interval', String(query.interval));
  if (query.limit !== undefined) params.set('limit', String(query.limit));
  return `?${params.toString()}`;
}
