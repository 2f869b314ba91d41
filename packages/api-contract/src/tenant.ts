import type { Tenant } from '@fieldline/model';
import * as z from 'zod';
import { contactDraftOf, contactSaveShape, contactToWire, wireContactShape } from './contact.js';
import { idOf } from './device.js';
import { idReferenceSchema, optionalWireId, wireId, wireIdSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());

/** A tenant as the API shows it. */
export const wireTenantSchema = z.strictObject({
  id: wireIdSchema('TENANT').describe('Id of the tenant.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  title: z.string().describe('Title of the organisation.'),
  name: z.string().describe('Always the title.'),
  region: z.string().describe('Always "Global".'),
  tenantProfileId: wireIdSchema('TENANT_PROFILE').nullable().describe('Profile with its limits; null means the default one.'),
  ...wireContactShape,
  version: z.int().describe('Counts up with every change.'),
  additionalInfo: freeJson.nullable().describe('Free JSON.'),
});
export type WireTenant = z.infer<typeof wireTenantSchema>;

/** A tenant with what a list shows about it. */
export const wireTenantInfoSchema = z.strictObject({
  ...wireTenantSchema.shape,
  tenantProfileName: z.string().nullable().describe('Name of the profile.'),
});
export type WireTenantInfo = z.infer<typeof wireTenantInfoSchema>;

/** Body of `POST /api/tenant`: without `id` a new tenant, with `id` the new state of an existing one. */
export const tenantSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Tenant to change; absent creates one.'),
  title: z.string().max(255, 'length must be equal or less than 255').nullish().describe('Title of the organisation; need not be unique.'),
  tenantProfileId: idReferenceSchema.nullish().describe('Profile; absent takes the default one.'),
  ...contactSaveShape,
  additionalInfo: freeJson.nullish().describe('Free JSON.'),
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});
export type TenantSave = z.output<typeof tenantSaveSchema>;

export function tenantToWire(tenant: Tenant): WireTenant {
  return {
    id: wireId('TENANT', tenant.id),
    createdTime: tenant.createdAtMs,
    title: tenant.name,
    name: tenant.name,
    region: 'Global',
    tenantProfileId: optionalWireId('TENANT_PROFILE', tenant.tenantProfileId),
    ...contactToWire(tenant),
    version: tenant.version,
    additionalInfo: tenant.additionalInfo ?? null,
  };
}

export function tenantInfoToWire(tenant: Tenant, profileName: string | undefined): WireTenantInfo {
  return { ...tenantToWire(tenant), tenantProfileName: profileName ?? null };
}

/** What a request says about a tenant: references become ids, null and absent become undefined. */
export function tenantDraftOf(save: TenantSave) {
  return {
    id: idOf(save.id),
    name: save.title ?? '',
    tenantProfileId: idOf(save.tenantProfileId),
    ...contactDraftOf(save),
    additionalInfo: save.additionalInfo ?? undefined,
    version: save.version ?? undefined,
  };
}
