import type { Tenant } from '@fieldline/model';
import * as z from 'zod';
import { wireId, wireIdSchema } from './wire-id.js';

const contact = z.string().nullable().describe('Part of the address.');

/** A tenant as the API shows it. */
export const wireTenantSchema = z.strictObject({
  id: wireIdSchema('TENANT').describe('Id of the tenant.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  title: z.string().describe('Title of the organisation.'),
  name: z.string().describe('Always the title.'),
  region: z.string().describe('Always "Global".'),
  country: contact,
  state: contact,
  city: contact,
  address: contact,
  address2: contact,
  zip: contact,
  phone: contact,
  email: contact,
  version: z.int().describe('Counts up with every change.'),
  additionalInfo: z.record(z.string(), z.json()).nullable().describe('Free JSON.'),
});
export type WireTenant = z.infer<typeof wireTenantSchema>;

export function tenantToWire(tenant: Tenant): WireTenant {
  return {
    id: wireId('TENANT', tenant.id),
    createdTime: tenant.createdAtMs,
    title: tenant.name,
    name: tenant.name,
    region: 'Global',
    country: null,
    state: null,
    city: null,
    address: null,
    address2: null,
    zip: null,
    phone: null,
    email: null,
    version: tenant.version,
    additionalInfo: tenant.additionalInfo ?? null,
  };
}
