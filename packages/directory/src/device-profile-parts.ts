import type { DeviceProfile, JsonObject, JsonValue, TenantId } from '@fieldline/model';
import { certificateBody } from './device-credentials.js';
import { deviceErrors } from './device-errors.js';
import type { DirectoryDeps } from './directory-deps.js';
import { directoryErrors } from './errors.js';
import type { WriteCondition } from './write-conditions.js';
import { refersTo } from './write-conditions.js';

/** What a client says about a device profile it saves. */
export interface DeviceProfileDraft {
  readonly id?: string | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly image?: string | undefined;
  readonly isDefault?: boolean | undefined;
  readonly transportType?: DeviceProfile['transportType'] | undefined;
  readonly defaultRuleChainId?: string | undefined;
  readonly defaultDashboardId?: string | undefined;
  readonly defaultQueueName?: string | undefined;
  readonly defaultEdgeRuleChainId?: string | undefined;
  /** Absent: what `profileData.provisionConfiguration` says. */
  readonly provisionType?: DeviceProfile['provisionType'] | undefined;
  readonly provisionDeviceKey?: string | undefined;
  readonly firmwareId?: string | undefined;
  readonly softwareId?: string | undefined;
  readonly profileData?: DeviceProfile['profileData'] | undefined;
  /** Absent keeps what is stored: clients that do not know the switch must not turn it off. */
  readonly kaaAutoExtraction?: boolean | undefined;
  /** Likewise; null takes away what is stored. */
  readonly kaaSeries?: DeviceProfile['kaaSeries'] | null | undefined;
  /** Likewise; 0 takes away what is stored. */
  readonly telemetryTtlDays?: number | undefined;
  readonly version?: number | undefined;
}

const optionalParts = [
  ...(['description', 'image', 'defaultRuleChainId', 'defaultDashboardId', 'defaultQueueName', 'defaultEdgeRuleChainId'] as const),
  ...(['firmwareId', 'softwareId'] as const),
] as const;
type ProfileParts = Pick<DeviceProfile, (typeof optionalParts)[number]> &
  Pick<DeviceProfile, 'name' | 'transportType' | 'provisionType' | 'provisionDeviceKey' | 'profileData'>;

/** The stored parts of a draft; `former` is the data that is kept where the draft has none. */
export function profilePartsOf(draft: DeviceProfileDraft, former: DeviceProfile['profileData'], sha3: (text: string) => string): ProfileParts {
  const profileData = draft.profileData ?? former;
  const transportType = draft.transportType ?? 'DEFAULT';
  const provision = objectOf(profileData['provisionConfiguration']);
  const provisionType = draft.provisionType ?? (provision['type'] as DeviceProfile['provisionType'] | undefined) ?? 'DISABLED';
  const provisionDeviceKey = keyOf(draft, provisionType, provision, sha3);
  return {
    name: draft.name.trim(),
    transportType,
    provisionType,
    ...(provisionDeviceKey === undefined ? {} : { provisionDeviceKey }),
    ...Object.fromEntries(optionalParts.flatMap((part) => (draft[part] === undefined ? [] : [[part, draft[part]]]))),
    profileData: {
      ...profileData,
      // Two members say the same; what the profile itself says holds.
      transportConfiguration: { ...objectOf(profileData['transportConfiguration']), type: transportType },
      provisionConfiguration: { provisionDeviceSecret: null, ...provision, type: provisionType },
    },
  };
}

/** Devices of a certificate chain are known by the hash of its certificate, others by the key that was chosen. */
function keyOf(draft: DeviceProfileDraft, type: DeviceProfile['provisionType'], provision: JsonObject, sha3: (text: string) => string) {
  const secret = provision['provisionDeviceSecret'];
  if (type === 'X509_CERTIFICATE_CHAIN' && typeof secret === 'string' && secret !== '') return sha3(certificateBody(secret));
  return draft.provisionDeviceKey === '' ? undefined : draft.provisionDeviceKey;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/**
 * Checks the rule chain and the dashboard that a profile names.
 *
 * @returns what has to hold where it is saved
 * @throws DIRECTORY_PROFILE_RULE_CHAIN_UNKNOWN, DIRECTORY_PROFILE_RULE_CHAIN_FOREIGN, DIRECTORY_PROFILE_DASHBOARD_UNKNOWN,
 *   DIRECTORY_PROFILE_DASHBOARD_FOREIGN
 */
export async function checkProfileReferences(
  { entities }: Pick<DirectoryDeps, 'entities'>,
  tenantId: TenantId,
  { defaultRuleChainId, defaultDashboardId }: DeviceProfileDraft,
): Promise<readonly WriteCondition[]> {
  const ownerOf = async (kind: 'ruleChain' | 'dashboard', id: string | undefined) => (id === undefined ? tenantId : entities.tenantOf(kind, id));
  const [chainOwner, dashboardOwner] = [await ownerOf('ruleChain', defaultRuleChainId), await ownerOf('dashboard', defaultDashboardId)];
  if (chainOwner === undefined) throw directoryErrors.PROFILE_RULE_CHAIN_UNKNOWN();
  if (chainOwner !== tenantId) throw deviceErrors.PROFILE_RULE_CHAIN_FOREIGN();
  if (dashboardOwner === undefined) throw deviceErrors.PROFILE_DASHBOARD_UNKNOWN();
  if (dashboardOwner !== tenantId) throw deviceErrors.PROFILE_DASHBOARD_FOREIGN();
  return [
    ...refersTo('ruleChain', tenantId, defaultRuleChainId, directoryErrors.PROFILE_RULE_CHAIN_UNKNOWN),
    ...refersTo('dashboard', tenantId, defaultDashboardId, deviceErrors.PROFILE_DASHBOARD_UNKNOWN),
  ];
}
