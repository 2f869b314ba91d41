import type { ApiKey } from '@fieldline/model';
import * as z from 'zod';
import { idReferenceSchema, wireId, wireIdSchema } from './wire-id.js';

const description = z.string().max(255);

/** Body of `POST /api/apiKey`. */
export const apiKeySaveSchema = z.object({
  userId: idReferenceSchema.nullish().describe('User the key acts as; absent is the caller.'),
  description: description.nullish().describe('For people.'),
  enabled: z.boolean().nullish().describe('False keeps the holder out; absent is true.'),
  expirationTime: z.int().min(0).nullish().describe('When the key ends, in milliseconds since 1970; absent or 0 means never.'),
});
/** Body of `PUT /api/apiKey/{id}/description`: JSON text. */
export const apiKeyDescriptionSchema = description.nullish().describe('The new description.');

/** An API key as lists show it. */
export const wireApiKeyInfoSchema = z.strictObject({
  id: wireIdSchema('API_KEY').describe('Id of the key.'),
  createdTime: z.int().describe('When it was created, in milliseconds since 1970.'),
  tenantId: wireIdSchema('TENANT').describe('Tenant of its user.'),
  userId: wireIdSchema('USER').describe('User it acts as.'),
  expirationTime: z.int().describe('When it ends, in milliseconds since 1970; 0 means never.'),
  description: z.string().nullable().describe('For people.'),
  enabled: z.boolean().describe('Whether it may be used.'),
  expired: z.boolean().describe('Whether its time is over.'),
});
export type WireApiKeyInfo = z.infer<typeof wireApiKeyInfoSchema>;

/** A new API key with its value, which is answered this once. */
export const wireApiKeySchema = z.strictObject({
  ...wireApiKeyInfoSchema.shape,
  value: z.string().describe('Send it as `X-Authorization: ApiKey …`. It is shown only now.'),
});

export function apiKeyInfoToWire(key: ApiKey, nowMs: number): WireApiKeyInfo {
  return {
    id: wireId('API_KEY', key.id),
    createdTime: key.createdAtMs,
    tenantId: wireId('TENANT', key.tenantId),
    userId: wireId('USER', key.userId),
    expirationTime: key.expiresAtMs ?? 0,
    description: key.description ?? null,
    enabled: key.isEnabled,
    expired: key.expiresAtMs !== undefined && key.expiresAtMs <= nowMs,
  };
}
