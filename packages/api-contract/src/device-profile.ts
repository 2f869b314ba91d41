import type { DeviceProfile, JsonObject, JsonValue } from '@fieldline/model';
import * as z from 'zod';
import { idReferenceSchema, optionalWireId, wireId, wireIdSchema } from './wire-id.js';

export const transportTypes = ['DEFAULT', 'MQTT', 'COAP', 'LWM2M', 'SNMP'] as const;
const freeJson = z.record(z.string(), z.json());

/** A device profile as the API shows it. `profileData.kaaConfiguration` is ours and present only where a switch in it is on. */
export const wireDeviceProfileSchema = z.strictObject({
  id: wireIdSchema('DEVICE_PROFILE').describe('Id of the profile.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the profile.'),
  name: z.string().describe('Name, unique in the tenant.'),
  description: z.string().nullable().describe('For people.'),
  image: z.string().nullable().describe('Not used yet.'),
  default: z.boolean().describe('Taken by devices that name no profile.'),
  type: z.literal('DEFAULT').describe('Always DEFAULT.'),
  transportType: z.enum(transportTypes).describe('Transport the devices must use; DEFAULT allows any.'),
  provisionType: z.string().describe('How devices may create themselves.'),
  defaultRuleChainId: wireIdSchema('RULE_CHAIN').nullable().describe('Rule chain for messages of these devices; null means the root chain.'),
  defaultDashboardId: z.null().describe('Not used yet.'),
  defaultQueueName: z.string().nullable().describe('Queue for messages of these devices.'),
  provisionDeviceKey: z.null().describe('Not used yet.'),
  firmwareId: z.null().describe('Not used yet.'),
  softwareId: z.null().describe('Not used yet.'),
  defaultEdgeRuleChainId: z.null().describe('Not used yet.'),
  externalId: z.null().describe('Not used yet.'),
  version: z.int().describe('Counts up with every change.'),
  profileData: freeJson.describe('Settings by area: configuration, transportConfiguration, provisionConfiguration, alarms, kaaConfiguration.'),
});
export type WireDeviceProfile = z.infer<typeof wireDeviceProfileSchema>;

/** The little that a choice of profiles needs. */
export const wireDeviceProfileInfoSchema = z.strictObject({
  id: wireIdSchema('DEVICE_PROFILE').describe('Id of the profile.'),
  name: z.string().describe('Name.'),
  image: z.string().nullable().describe('Not used yet.'),
  defaultDashboardId: z.null().describe('Not used yet.'),
  type: z.literal('DEFAULT').describe('Always DEFAULT.'),
  transportType: z.enum(transportTypes).describe('Transport the devices must use.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the profile.'),
});
export type WireDeviceProfileInfo = z.infer<typeof wireDeviceProfileInfoSchema>;

/** Body of `POST /api/deviceProfile`. */
export const deviceProfileSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Profile to change; absent creates one.'),
  name: z.string().max(255, 'length must be equal or less than 255').nullish().describe('Name, unique in the tenant.'),
  description: z.string().max(1024, 'length must be equal or less than 1024').nullish().describe('For people.'),
  default: z.boolean().nullish().describe('Taken over from the stored profile on change; use the route `…/default` to move it.'),
  type: z.literal('DEFAULT').nullish().describe('Always DEFAULT.'),
  transportType: z.enum(transportTypes).nullish().describe('Transport the devices must use.'),
  defaultRuleChainId: idReferenceSchema.nullish().describe('Rule chain for messages of these devices.'),
  defaultQueueName: z.string().max(255).nullish().describe('Queue for messages of these devices.'),
  profileData: freeJson.nullish().describe('Settings by area.'),
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});
export type DeviceProfileSave = z.output<typeof deviceProfileSaveSchema>;

const defaultProfileData: JsonObject = {
  configuration: { type: 'DEFAULT' },
  transportConfiguration: { type: 'DEFAULT' },
  provisionConfiguration: { type: 'DISABLED', provisionDeviceSecret: null },
  alarms: null,
};

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function deviceProfileToWire(profile: DeviceProfile): WireDeviceProfile {
  const provision = profile.profileData['provisionConfiguration'];
  const provisionType = isObject(provision) && typeof provision['type'] === 'string' ? provision['type'] : 'DISABLED';
  return {
    id: wireId('DEVICE_PROFILE', profile.id),
    createdTime: profile.createdAtMs,
    tenantId: wireId('TENANT', profile.tenantId),
    name: profile.name,
    description: profile.description ?? null,
    image: null,
    default: profile.isDefault,
    type: 'DEFAULT',
    transportType: profile.transportType,
    provisionType,
    defaultRuleChainId: optionalWireId('RULE_CHAIN', profile.defaultRuleChainId),
    defaultDashboardId: null,
    defaultQueueName: profile.defaultQueueName ?? null,
    provisionDeviceKey: null,
    firmwareId: null,
    softwareId: null,
    defaultEdgeRuleChainId: null,
    externalId: null,
    version: profile.version,
    profileData: {
      ...(defaultProfileData as DeviceProfile['profileData']),
      ...profile.profileData,
      ...(profile.kaaAutoExtraction ? { kaaConfiguration: { autoExtraction: true } } : {}),
    },
  };
}

export function deviceProfileInfoToWire(profile: DeviceProfile): WireDeviceProfileInfo {
  return {
    id: wireId('DEVICE_PROFILE', profile.id),
    name: profile.name,
    image: null,
    defaultDashboardId: null,
    type: 'DEFAULT',
    transportType: profile.transportType,
    tenantId: wireId('TENANT', profile.tenantId),
  };
}

/**
 * Takes the Kaa switch out of `profileData`. It is undefined for a client that does not know it and sends
 * `profileData` without it: then the stored one stays, so that a ThingsBoard client does not turn it off.
 */
export function splitProfileData(profileData: Readonly<Record<string, JsonValue>> | undefined): {
  readonly profileData: Readonly<Record<string, JsonValue>> | undefined;
  readonly kaaAutoExtraction: boolean | undefined;
} {
  if (profileData === undefined) return { profileData: undefined, kaaAutoExtraction: undefined };
  const { kaaConfiguration, ...rest } = profileData;
  const told = isObject(kaaConfiguration) ? kaaConfiguration['autoExtraction'] : undefined;
  return { profileData: rest, kaaAutoExtraction: typeof told === 'boolean' ? told : undefined };
}
