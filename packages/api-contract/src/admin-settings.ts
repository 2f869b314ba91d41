import type { AdminSettings, JsonObject } from '@fieldline/model';
import * as z from 'zod';
import { idReferenceSchema, wireId, wireIdSchema } from './wire-id.js';

/** Settings of the system that have this shape: a key with free JSON. Security and tokens have paths of their own. */
export const adminSettingsKeys = ['general', 'mail'] as const;
export type AdminSettingsKey = (typeof adminSettingsKeys)[number];

const text = z.string().max(255);

/** `general`: where this server is reached. */
export const generalSettingsSchema = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(1024)
    .default('http://localhost:8080')
    .describe('Address that people use for this server, for links in mail.'),
  prohibitDifferentUrl: z.boolean().default(false).describe('Whether links always carry that address, whatever address a request came to.'),
});
export type GeneralSettings = z.output<typeof generalSettingsSchema>;

const port = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(1).max(65_535));

/** `mail`: the SMTP server. Members that ThingsBoard has besides are ignored. */
export const mailSettingsSchema = z.object({
  mailFrom: text.min(1).describe('Sender of all mail.'),
  smtpProtocol: z.enum(['smtp', 'smtps']).default('smtp').describe('smtps encrypts from the first byte.'),
  smtpHost: text.min(1).describe('Name of the server.'),
  smtpPort: port.describe('Port of the server.'),
  timeout: z
    .union([
      z.int(),
      z
        .string()
        .regex(/^\d{1,6}$/)
        .transform(Number),
    ])
    .pipe(z.int().min(100).max(120_000))
    .default(10_000)
    .describe('Longest wait for the server, in milliseconds.'),
  enableTls: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])
    .default(false)
    .describe('Whether the server must offer STARTTLS.'),
  username: text.nullish().describe('User name at the server.'),
  password: z.string().max(1024).nullish().describe('Password at the server; absent leaves it as it is. Never answered.'),
  enableOauth2: z.literal(false, 'is not supported: use a user name and a password').nullish().describe('Not supported: only false.'),
  enableProxy: z.literal(false, 'is not supported').nullish().describe('Not supported: only false.'),
});
export type MailSettings = z.output<typeof mailSettingsSchema>;

/** Body of `POST /api/admin/settings`. The value is checked by the schema of its key. */
export const adminSettingsSaveSchema = z.object({
  id: idReferenceSchema.nullish().describe('Ignored: the key says which.'),
  key: z.enum(adminSettingsKeys).describe('Which settings.'),
  jsonValue: z.record(z.string(), z.json()).describe('The settings.'),
});

/** Settings of the system as the API shows them. */
export const wireAdminSettingsSchema = z.strictObject({
  id: wireIdSchema('ADMIN_SETTINGS').nullable().describe('Id of the settings; null where they were never saved.'),
  createdTime: z.int().describe('When they were first saved, in milliseconds since 1970; 0 where never.'),
  tenantId: wireIdSchema('TENANT').describe('Always the system tenant.'),
  key: z.enum(adminSettingsKeys).describe('Which settings.'),
  jsonValue: z.record(z.string(), z.json()).describe('The settings, without secrets.'),
});
export type WireAdminSettings = z.infer<typeof wireAdminSettingsSchema>;

/** The wire form of settings; the password of mail stays out. */
export function adminSettingsToWire(
  settings: Pick<AdminSettings, 'tenantId' | 'createdAtMs' | 'value'> & { readonly id?: string },
  key: AdminSettingsKey,
): WireAdminSettings {
  const { password: _, ...jsonValue }: JsonObject = settings.value;
  return {
    id: settings.id === undefined ? null : wireId('ADMIN_SETTINGS', settings.id),
    createdTime: settings.createdAtMs,
    tenantId: wireId('TENANT', settings.tenantId),
    key,
    jsonValue: jsonValue as WireAdminSettings['jsonValue'],
  };
}
