import * as z from 'zod';
import { kaaSeriesSchema } from '../kaa-series.js';
import { additionalInfo, head, jsonObject, name, profileDefaults } from './head.js';

export const provisionTypes = ['DISABLED', 'ALLOW_CREATE_NEW_DEVICES', 'CHECK_PRE_PROVISIONED_DEVICES', 'X509_CERTIFICATE_CHAIN'] as const;

export const deviceProfileSchema = z.strictObject({
  ...head,
  name: name.describe('Name, unique in the tenant.'),
  description: z.string().max(1024).optional().describe('For people.'),
  isDefault: z.boolean().describe('Taken by devices that name no profile; one in each tenant.'),
  transportType: z.enum(['DEFAULT', 'MQTT', 'COAP', 'LWM2M', 'SNMP']).describe('Transport the devices must use; DEFAULT allows any.'),
  ...profileDefaults,
  provisionType: z.enum(provisionTypes).default('DISABLED').describe('Whether devices may introduce themselves.'),
  provisionDeviceKey: z.string().max(255).optional().describe('What such devices show; unique over the whole system.'),
  firmwareId: z.string().optional().describe('Firmware for these devices.'),
  softwareId: z.string().optional().describe('Software for these devices.'),
  kaaAutoExtraction: z.boolean().default(false).describe('Store each numeric field of a Kaa data sample as `auto~<name>`.'),
  kaaAppVersion: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('Application version in 1/KP topics of these devices; absent means the name of the profile.'),
  kaaSeries: kaaSeriesSchema.optional().describe('Kaa time series of this application version; absent means those of its application.'),
  profileData: jsonObject.describe('Remaining ThingsBoard settings, kept as they came.'),
});
export type DeviceProfile = z.infer<typeof deviceProfileSchema>;

export const deviceSchema = z.strictObject({
  ...head,
  customerId: z.string().optional().describe('Customer the device is assigned to.'),
  name: name.describe('Name, unique in the tenant.'),
  label: z.string().max(255).optional().describe('Name for people.'),
  deviceProfileId: z.string().describe('Profile of the device.'),
  type: name.describe('Always the name of the profile; kept here so that lists can filter by it.'),
  firmwareId: z.string().optional().describe('Firmware for this device; absent means that of the profile.'),
  softwareId: z.string().optional().describe('Software for this device; absent means that of the profile.'),
  deviceData: jsonObject.optional().describe('Transport settings, kept as they came.'),
  additionalInfo,
});
export type Device = z.infer<typeof deviceSchema>;

export const deviceCredentialsTypes = ['ACCESS_TOKEN', 'MQTT_BASIC', 'X509_CERTIFICATE', 'LWM2M_CREDENTIALS'] as const;
export const deviceCredentialsSchema = z.strictObject({
  ...head,
  deviceId: z.string().describe('Device that authenticates with these; one record a device.'),
  credentialsType: z.enum(deviceCredentialsTypes).describe('How the device proves who it is.'),
  credentialsId: z.string().min(1).max(255).describe('What is looked up: the token, or a hash; unique over the whole system.'),
  credentialsValue: z.string().max(65_536).optional().describe('Rest of the secret, where the type has one.'),
});
export type DeviceCredentials = z.infer<typeof deviceCredentialsSchema>;
