import type { DeviceCredentials } from '@fieldline/model';
import { deviceCredentialsTypes } from '@fieldline/model';
import * as z from 'zod';
import { deviceSaveSchema } from './device.js';
import { idReferenceSchema, wireId, wireIdSchema } from './wire-id.js';

/** Credentials of a device (rest-api.md §9.1). */
export const wireDeviceCredentialsSchema = z.strictObject({
  id: z.strictObject({ id: z.string() }).describe('Id of the credentials.'),
  createdTime: z.int().describe('When they were created, in milliseconds since 1970.'),
  deviceId: wireIdSchema('DEVICE').describe('Device that uses them.'),
  credentialsType: z.enum(deviceCredentialsTypes).describe('How the device proves who it is.'),
  credentialsId: z.string().describe('The access token, or what the server derives from the value.'),
  credentialsValue: z.string().nullable().describe('For MQTT_BASIC text with JSON: clientId, userName, password.'),
  version: z.int().describe('Counts up with every change.'),
});
export type WireDeviceCredentials = z.infer<typeof wireDeviceCredentialsSchema>;

/** Body of `POST /api/device/credentials`: what was read, changed. */
export const deviceCredentialsSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Id of the credentials that were read.'),
  deviceId: idReferenceSchema.nullish().describe('Device that uses them.'),
  credentialsType: z.enum(deviceCredentialsTypes).nullish().describe('How the device proves who it is.'),
  credentialsId: z.string().max(255).nullish().describe('The access token.'),
  credentialsValue: z.string().max(65_536).nullish().describe('For MQTT_BASIC text with JSON: clientId, userName, password.'),
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});
export type DeviceCredentialsSave = z.output<typeof deviceCredentialsSaveSchema>;

/** Body of `POST /api/device-with-credentials`. */
export const deviceWithCredentialsSchema = z.object({
  device: deviceSaveSchema.describe('The device.'),
  credentials: deviceCredentialsSaveSchema.describe('Its credentials; `id` and `deviceId` need not be given.'),
});

export function deviceCredentialsToWire(credentials: DeviceCredentials): WireDeviceCredentials {
  return {
    id: { id: credentials.id },
    createdTime: credentials.createdAtMs,
    deviceId: wireId('DEVICE', credentials.deviceId),
    credentialsType: credentials.credentialsType,
    credentialsId: credentials.credentialsId,
    credentialsValue: credentials.credentialsValue ?? null,
    version: credentials.version,
  };
}
