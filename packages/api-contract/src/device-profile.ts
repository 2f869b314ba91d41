import type { DeviceProfile, EntityInfo, JsonObject, JsonValue, KaaSeries } from '@fieldline/model';
import { kaaSeriesSchema, provisionTypes } from '@fieldline/model';
import * as z from 'zod';
import { alarmRulesSchema } from './alarm-rules.js';
import { saveTelemetryTtlDaysSchema, telemetryTtlDaysToWire, wireTelemetryTtlDaysSchema } from './telemetry-ttl.js';
import { idReferenceSchema, optionalWireId, wireId, wireIdSchema } from './wire-id.js';

const transportTypes = ['DEFAULT', 'MQTT', 'COAP', 'LWM2M', 'SNMP'] as const;
const freeJson = z.record(z.string(), z.json());
const picture = z.string().nullable().describe('Picture as a data URL or address.');
const dashboardReference = wireIdSchema('DASHBOARD').nullable().describe('Dashboard that shows one such device.');
const shortText = z.string().max(255, 'length must be equal or less than 255');

/** A device profile as the API shows it. `profileData.kaaConfiguration` is ours and present only where something in it is set. */
export const wireDeviceProfileSchema = z.strictObject({
  id: wireIdSchema('DEVICE_PROFILE').describe('Id of the profile.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the profile.'),
  name: z.string().describe('Name, unique in the tenant.'),
  description: z.string().nullable().describe('For people.'),
  image: picture,
  default: z.boolean().describe('Taken by devices that name no profile.'),
  type: z.literal('DEFAULT').describe('Always DEFAULT.'),
  transportType: z.enum(transportTypes).describe('Transport the devices must use; DEFAULT allows any.'),
  provisionType: z.enum(provisionTypes).describe('How devices may create themselves.'),
  defaultRuleChainId: wireIdSchema('RULE_CHAIN').nullable().describe('Rule chain for messages of these devices; null means the root chain.'),
  defaultDashboardId: dashboardReference,
  defaultQueueName: z.string().nullable().describe('Queue for messages of these devices.'),
  provisionDeviceKey: z.string().nullable().describe('What devices that create themselves show; unique over all tenants.'),
  firmwareId: wireIdSchema('OTA_PACKAGE').nullable().describe('Firmware for these devices.'),
  softwareId: wireIdSchema('OTA_PACKAGE').nullable().describe('Software for these devices.'),
  defaultEdgeRuleChainId: wireIdSchema('RULE_CHAIN').nullable().describe('Rule chain on an edge; kept as it came.'),
  externalId: z.null().describe('Not used yet.'),
  version: z.int().describe('Counts up with every change.'),
  telemetryTtlDays: wireTelemetryTtlDaysSchema,
  profileData: freeJson.describe('Settings by area: configuration, transportConfiguration, provisionConfiguration, alarms, kaaConfiguration.'),
});
export type WireDeviceProfile = z.infer<typeof wireDeviceProfileSchema>;

/** The little that a choice of profiles needs. */
export const wireDeviceProfileInfoSchema = z.strictObject({
  id: wireIdSchema('DEVICE_PROFILE').describe('Id of the profile.'),
  name: z.string().describe('Name.'),
  image: picture,
  defaultDashboardId: dashboardReference,
  type: z.literal('DEFAULT').describe('Always DEFAULT.'),
  transportType: z.enum(transportTypes).describe('Transport the devices must use.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the profile.'),
});
export type WireDeviceProfileInfo = z.infer<typeof wireDeviceProfileInfoSchema>;

/** The message where a member is absent; what is wrong with another value is told as usual. */
const required = (message: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined || issue.input === null ? message : undefined;

const provisionConfiguration = z.looseObject({
  type: z.enum(provisionTypes).nullish(),
  provisionDeviceSecret: z.string().max(65_536).nullish(),
});

const kaaConfiguration = z.looseObject({ autoExtraction: z.boolean().nullish(), timeSeries: kaaSeriesSchema.nullish() });

/** Settings by area, kept as they come; what the server or a rule node acts on is checked. */
const profileDataSchema = freeJson.superRefine((data, context) => {
  const check = (member: string, schema: z.ZodType): void => {
    const issues = schema.safeParse(data[member]).error?.issues ?? [];
    for (const { message, path } of issues) context.addIssue({ code: 'custom', message, path: [member, ...path] });
  };
  check('alarms', alarmRulesSchema.nullish());
  check('provisionConfiguration', provisionConfiguration.nullish());
  check('kaaConfiguration', kaaConfiguration.nullish());
});

/** Body of `POST /api/deviceProfile`. */
export const deviceProfileSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Profile to change; absent creates one.'),
  name: shortText.nullish().describe('Name, unique in the tenant.'),
  description: z.string().max(1024, 'length must be equal or less than 1024').nullish().describe('For people.'),
  image: z.string().max(1_000_000).nullish().describe('Picture as a data URL or address.'),
  default: z.boolean().nullish().describe('Only where there is no other default profile; use the route `…/default` to move it.'),
  type: z.literal('DEFAULT', { error: required('Device profile type should be specified!') }).describe('Always DEFAULT.'),
  transportType: z
    .enum(transportTypes, { error: required('Device profile transport type should be specified!') })
    .describe('Transport the devices must use.'),
  provisionType: z.enum(provisionTypes).nullish().describe('How devices may create themselves; absent means what the settings say.'),
  provisionDeviceKey: shortText.nullish().describe('What devices that create themselves show.'),
  defaultRuleChainId: idReferenceSchema.nullish().describe('Rule chain for messages of these devices.'),
  defaultDashboardId: idReferenceSchema.nullish().describe('Dashboard that shows one such device.'),
  defaultQueueName: shortText.nullish().describe('Queue for messages of these devices.'),
  defaultEdgeRuleChainId: idReferenceSchema.nullish().describe('Rule chain on an edge.'),
  firmwareId: idReferenceSchema.nullish().describe('Firmware for these devices.'),
  softwareId: idReferenceSchema.nullish().describe('Software for these devices.'),
  telemetryTtlDays: saveTelemetryTtlDaysSchema,
  profileData: profileDataSchema.nullish().describe('Settings by area; alarm rules as the device profile node reads them.'),
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});
export type DeviceProfileSave = z.output<typeof deviceProfileSaveSchema>;

const defaultProfileData: JsonObject = {
  configuration: { type: 'DEFAULT' },
  transportConfiguration: { type: 'DEFAULT' },
  provisionConfiguration: { type: 'DISABLED', provisionDeviceSecret: null },
  alarms: null,
};

function objectOf(value: JsonValue | undefined): DeviceProfile['profileData'] {
  return isObject(value) ? (value as DeviceProfile['profileData']) : {};
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function deviceProfileToWire(profile: DeviceProfile): WireDeviceProfile {
  return {
    id: wireId('DEVICE_PROFILE', profile.id),
    createdTime: profile.createdAtMs,
    tenantId: wireId('TENANT', profile.tenantId),
    name: profile.name,
    description: profile.description ?? null,
    image: profile.image ?? null,
    default: profile.isDefault,
    type: 'DEFAULT',
    transportType: profile.transportType,
    provisionType: profile.provisionType,
    defaultRuleChainId: optionalWireId('RULE_CHAIN', profile.defaultRuleChainId),
    defaultDashboardId: optionalWireId('DASHBOARD', profile.defaultDashboardId),
    defaultQueueName: profile.defaultQueueName ?? null,
    provisionDeviceKey: profile.provisionDeviceKey ?? null,
    firmwareId: optionalWireId('OTA_PACKAGE', profile.firmwareId),
    softwareId: optionalWireId('OTA_PACKAGE', profile.softwareId),
    defaultEdgeRuleChainId: optionalWireId('RULE_CHAIN', profile.defaultEdgeRuleChainId),
    externalId: null,
    version: profile.version,
    ...telemetryTtlDaysToWire(profile),
    profileData: {
      ...(defaultProfileData as DeviceProfile['profileData']),
      ...profile.profileData,
      transportConfiguration: { ...objectOf(profile.profileData['transportConfiguration']), type: profile.transportType },
      ...kaaConfigurationOf(profile),
    },
  };
}

function kaaConfigurationOf({
  kaaAutoExtraction: autoExtraction,
  kaaSeries: timeSeries,
}: DeviceProfile): Pick<WireDeviceProfile['profileData'], string> {
  if (timeSeries !== undefined) return { kaaConfiguration: { autoExtraction, timeSeries } };
  return autoExtraction ? { kaaConfiguration: { autoExtraction } } : {};
}

export function deviceProfileInfoToWire(profile: EntityInfo<'deviceProfile', 'image'>): WireDeviceProfileInfo {
  return {
    id: wireId('DEVICE_PROFILE', profile.id),
    name: profile.name,
    image: profile.image ?? null,
    defaultDashboardId: optionalWireId('DASHBOARD', profile.defaultDashboardId),
    type: 'DEFAULT',
    transportType: profile.transportType,
    tenantId: wireId('TENANT', profile.tenantId),
  };
}

/**
 * Takes what concerns Kaa out of `profileData`. It is undefined for a client that does not know it and sends
 * `profileData` without it: then what is stored stays, so that a ThingsBoard client does not turn it off. Series that are
 * null are taken away.
 */
export function splitProfileData(profileData: Readonly<Record<string, JsonValue>> | undefined): {
  readonly profileData: Readonly<Record<string, JsonValue>> | undefined;
  readonly kaaAutoExtraction: boolean | undefined;
  readonly kaaSeries: KaaSeries | null | undefined;
} {
  if (profileData === undefined) return { profileData: undefined, kaaAutoExtraction: undefined, kaaSeries: undefined };
  const { kaaConfiguration: told, ...rest } = profileData;
  const { autoExtraction, timeSeries } = isObject(told) ? told : {};
  return {
    profileData: rest,
    kaaAutoExtraction: typeof autoExtraction === 'boolean' ? autoExtraction : undefined,
    kaaSeries: isObject(timeSeries) ? kaaSeriesSchema.parse(timeSeries) : timeSeries === null ? null : undefined,
  };
}
