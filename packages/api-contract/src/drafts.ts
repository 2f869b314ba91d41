import type { DeviceProfile } from '@fieldline/model';
import type { DeviceCredentialsSave } from './device-credentials.js';
import type { DeviceProfileSave } from './device-profile.js';
import { splitProfileData } from './device-profile.js';
import type { DeviceSave } from './device.js';
import { idOf } from './device.js';
import type { RuleChainSave } from './rule-chain.js';
import { telemetryTtlDaysOf } from './telemetry-ttl.js';
import { customerOf } from './wire-id.js';

// Save requests in our own terms: references become ids, null and absent become undefined. Package directory
// takes these.

/** What a request says about a device. */
export function deviceDraftOf(save: DeviceSave) {
  return {
    id: idOf(save.id),
    name: save.name ?? '',
    label: save.label ?? undefined,
    deviceProfileId: idOf(save.deviceProfileId),
    type: save.type ?? undefined,
    customerId: customerOf(save.customerId),
    firmwareId: idOf(save.firmwareId),
    softwareId: idOf(save.softwareId),
    deviceData: save.deviceData ?? undefined,
    additionalInfo: save.additionalInfo ?? undefined,
    version: save.version ?? undefined,
  };
}

/** What a request says about device credentials. */
export function credentialsDraftOf(save: DeviceCredentialsSave) {
  return {
    id: idOf(save.id),
    deviceId: idOf(save.deviceId),
    credentialsType: save.credentialsType ?? undefined,
    credentialsId: save.credentialsId ?? undefined,
    credentialsValue: save.credentialsValue ?? undefined,
    version: save.version ?? undefined,
  };
}

/** What a request says about a device profile. What concerns Kaa or the time to live is undefined where the request does not tell it. */
export function deviceProfileDraftOf(save: DeviceProfileSave) {
  const told = save.profileData ?? undefined;
  const { profileData, kaaAutoExtraction, kaaSeries } = splitProfileData(told);
  return {
    id: idOf(save.id),
    name: save.name ?? '',
    description: save.description ?? undefined,
    image: save.image ?? undefined,
    isDefault: save.default ?? undefined,
    transportType: save.transportType,
    provisionType: save.provisionType ?? undefined,
    provisionDeviceKey: save.provisionDeviceKey ?? undefined,
    defaultRuleChainId: idOf(save.defaultRuleChainId),
    defaultDashboardId: idOf(save.defaultDashboardId),
    defaultQueueName: save.defaultQueueName ?? undefined,
    defaultEdgeRuleChainId: idOf(save.defaultEdgeRuleChainId),
    firmwareId: idOf(save.firmwareId),
    softwareId: idOf(save.softwareId),
    profileData: profileData as DeviceProfile['profileData'] | undefined,
    kaaAutoExtraction,
    kaaSeries,
    telemetryTtlDays: telemetryTtlDaysOf(save),
    version: save.version ?? undefined,
  };
}

/** What a request says about a rule chain. */
export function ruleChainDraftOf(save: RuleChainSave) {
  return {
    id: idOf(save.id),
    name: save.name ?? '',
    type: save.type ?? undefined,
    isRoot: save.root ?? undefined,
    additionalInfo: save.additionalInfo ?? undefined,
    externalId: idOf(save.externalId),
    version: save.version ?? undefined,
  };
}
