import type { Customer } from '@fieldline/model';
import * as z from 'zod';
import { contactDraftOf, contactSaveShape, contactToWire, wireContactShape } from './contact.js';
import { idOf } from './device.js';
import { idReferenceSchema, wireId, wireIdSchema } from './wire-id.js';

const freeJson = z.record(z.string(), z.json());

/** A customer as the API shows it. */
export const wireCustomerSchema = z.strictObject({
  id: wireIdSchema('CUSTOMER').describe('Id of the customer.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of the customer.'),
  title: z.string().describe('Title, unique in the tenant.'),
  name: z.string().describe('Always the title.'),
  ...wireContactShape,
  externalId: z.null().describe('Not used yet.'),
  version: z.int().describe('Counts up with every change.'),
  additionalInfo: freeJson.nullable().describe('Free JSON; `isPublic` is true for the public customer and for no other.'),
});
export type WireCustomer = z.infer<typeof wireCustomerSchema>;

/** What others may know of a customer. */
export const wireCustomerShortInfoSchema = z.strictObject({
  title: z.string().describe('Title.'),
  isPublic: z.boolean().describe('Whether anybody may see what it has.'),
});

/** Body of `POST /api/customer`: without `id` a new customer, with `id` the new state of an existing one. */
export const customerSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Customer to change; absent creates one.'),
  title: z.string().max(255, 'length must be equal or less than 255').nullish().describe('Title, unique in the tenant.'),
  ...contactSaveShape,
  additionalInfo: freeJson.nullish().describe('Free JSON.'),
  version: z.int().nullish().describe('Version that was read; a stale one is refused with 409.'),
});
export type CustomerSave = z.output<typeof customerSaveSchema>;

export function customerToWire(customer: Customer): WireCustomer {
  // Whether a customer is public is ours to say, whatever somebody wrote there.
  const { isPublic: _, ...rest } = customer.additionalInfo ?? {};
  const additionalInfo = customer.isPublic ? { ...rest, isPublic: true } : rest;
  return {
    id: wireId('CUSTOMER', customer.id),
    createdTime: customer.createdAtMs,
    tenantId: wireId('TENANT', customer.tenantId),
    title: customer.name,
    name: customer.name,
    ...contactToWire(customer),
    externalId: null,
    version: customer.version,
    additionalInfo: customer.additionalInfo === undefined && !customer.isPublic ? null : additionalInfo,
  };
}

/** What a request says about a customer: null and absent become undefined. */
export function customerDraftOf(save: CustomerSave) {
  return {
    id: idOf(save.id),
    name: save.title ?? '',
    ...contactDraftOf(save),
    additionalInfo: save.additionalInfo ?? undefined,
    version: save.version ?? undefined,
  };
}
