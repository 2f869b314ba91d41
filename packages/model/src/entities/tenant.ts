import * as z from 'zod';
import { additionalInfo, contact, head, jsonObject, name } from './head.js';

export const tenantSchema = z.strictObject({
  ...head,
  name: name.describe('Title of the organisation.'),
  tenantProfileId: z.string().optional().describe('Limits of the tenant; absent means the default profile.'),
  ...contact,
  additionalInfo,
});
export type Tenant = z.infer<typeof tenantSchema>;

/** Owned by the system tenant. */
export const tenantProfileSchema = z.strictObject({
  ...head,
  name: name.describe('Name, unique in the system.'),
  description: z.string().max(1024).optional().describe('For people.'),
  isDefault: z.boolean().describe('Taken by tenants that name no profile; there is one.'),
  isIsolated: z.boolean().default(false).describe('Whether tenants have the queues of `queueConfiguration`.'),
  configuration: jsonObject.describe('Limits, by the names of the compatible API; 0 or empty is unlimited.'),
  queueConfiguration: z.array(jsonObject).optional().describe('Queues of isolated tenants, in the form of the compatible API, as they came.'),
});
export type TenantProfile = z.infer<typeof tenantProfileSchema>;

export const customerSchema = z.strictObject({
  ...head,
  name: name.describe('Title, unique in the tenant.'),
  isPublic: z.boolean().default(false).describe('True for the one customer of a tenant whose entities anybody may see.'),
  ...contact,
  additionalInfo,
});
export type Customer = z.infer<typeof customerSchema>;
