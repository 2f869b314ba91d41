import type { Customer, Device } from '@fieldline/model';
import { nullUuid } from '@fieldline/model';
import * as z from 'zod';
import { customerWireId, idReferenceSchema, optionalWireId, wireId, wireIdSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());

/** A device as the API shows it. */
export const wireDeviceSchema = z.strictObject({
  id: wireIdSchema('DEVICE').describe('Id of the device.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the device.'),
  customerId: wireIdSchema('CUSTOMER').describe('Customer it is assigned to; the null UUID for none.'),
  name: z.string().describe('Name, unique in the tenant.'),
  type: z.string().describe('Name of the device profile.'),
  label: z.string().nullable().describe('Name for people.'),
  deviceProfileId: wireIdSchema('DEVICE_PROFILE').describe('Profile of the device.'),
  deviceData: freeJson.describe('Transport settings.'),
  firmwareId: wireIdSchema('OTA_PACKAGE').nullable().describe('Firmware for this device; null means that of the profile.'),
  softwareId: wireIdSchema('OTA_PACKAGE').nullable().describe('Software for this device; null means that of the profile.'),
  externalId: z.null().describe('Not used yet.'),
  version: z.int().describe('Counts up with every change.'),
  additionalInfo: freeJson.nullable().describe('Free JSON; `description` by convention.'),
});
export type WireDevice = z.infer<typeof wireDeviceSchema>;

/** A device with what a list shows about it. */
export const wireDeviceInfoSchema = z.strictObject({
  ...wireDeviceSchema.shape,
  customerTitle: z.string().nullable().describe('Title of the customer; null if unassigned.'),
  customerIsPublic: z.boolean().describe('Whether anybody may see the device.'),
  deviceProfileName: z.string().describe('Name of the profile.'),
  active: z.boolean().describe('Whether it was heard of lately (server attribute `active`).'),
});
export type WireDeviceInfo = z.infer<typeof wireDeviceInfoSchema>;

/** Body of `POST /api/device`: without `id` a new device, with `id` the new state of an existing one. */
export const deviceSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Device to change; absent creates one.'),
  name: z.string().max(255, 'length must be equal or less than 255').nullish().describe('Name, unique in the tenant.'),
  type: z
    .string()
    .max(255, 'length must be equal or less than 255')
    .nullish()
    .describe('Name of a profile, found or created, where no `deviceProfileId` is given.'),
  label: z.string().max(255, 'length must be equal or less than 255').nullish().describe('Name for people.'),
  deviceProfileId: idReferenceSchema.nullish().describe('Profile; absent takes the default one.'),
  customerId: idReferenceSchema.nullish().describe('Customer to assign it to.'),
  firmwareId: idReferenceSchema.nullish().describe('Firmware for this device.'),
  softwareId: idReferenceSchema.nullish().describe('Software for this device.'),
  deviceData: freeJson.nullish().describe('Transport settings.'),
  additionalInfo: freeJson.nullish().describe('Free JSON.'),
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});
export type DeviceSave = z.output<typeof deviceSaveSchema>;

const defaultDeviceData = { configuration: { type: 'DEFAULT' }, transportConfiguration: { type: 'DEFAULT' } };

export function deviceToWire(device: Device): WireDevice {
  return {
    id: wireId('DEVICE', device.id),
    createdTime: device.createdAtMs,
    tenantId: wireId('TENANT', device.tenantId),
    customerId: customerWireId(device.customerId),
    name: device.name,
    type: device.type,
    label: device.label ?? null,
    deviceProfileId: wireId('DEVICE_PROFILE', device.deviceProfileId),
    deviceData: device.deviceData ?? defaultDeviceData,
    firmwareId: optionalWireId('OTA_PACKAGE', device.firmwareId),
    softwareId: optionalWireId('OTA_PACKAGE', device.softwareId),
    externalId: null,
    version: device.version,
    additionalInfo: device.additionalInfo ?? null,
  };
}

/** @param active the server attribute `active` of the device */
export function deviceInfoToWire(device: Device, customer: Customer | undefined, active: boolean): WireDeviceInfo {
  const { name = null, isPublic = false } = customer ?? {};
  return { ...deviceToWire(device), customerTitle: name, customerIsPublic: isPublic, deviceProfileName: device.type, active };
}

/** The id of a request, or undefined where it names none. */
export function idOf(reference: { readonly id: string } | null | undefined): string | undefined {
  return reference === null || reference === undefined || reference.id === nullUuid ? undefined : reference.id;
}
