import * as z from 'zod';
import { ruleChainSchema } from './rule-chain.js';

// Entities as the control plane keeps them. Every one has `id`, `tenantId`, `createdAtMs` and `version`
// (1 on insert, plus one with each update; an update states the version it read).

const head = {
  id: z.string().describe('UUID.'),
  tenantId: z.string().describe('Tenant that owns the entity.'),
  createdAtMs: z.number().int().describe('When it was created, by our clock.'),
  version: z.number().int().describe('Counts up with every change.'),
};
const name = z.string().min(1).max(255);
const additionalInfo = z.record(z.string(), z.json()).optional().describe('Free JSON kept for the client.');

export const tenantSchema = z.strictObject({ ...head, name: name.describe('Title of the organisation.'), additionalInfo });
export type Tenant = z.infer<typeof tenantSchema>;

export const authorities = ['SYS_ADMIN', 'TENANT_ADMIN', 'CUSTOMER_USER'] as const;
export type Authority = (typeof authorities)[number];

export const userSchema = z.strictObject({
  ...head,
  customerId: z.string().optional().describe('Customer the user belongs to; absent for administrators.'),
  email: z.email().max(255).describe('Name to sign in with; unique over the whole system.'),
  authority: z.enum(authorities).describe('What the user may do.'),
  firstName: z.string().max(255).optional().describe('Given name.'),
  lastName: z.string().max(255).optional().describe('Family name.'),
  phone: z.string().max(255).optional().describe('Telephone number.'),
  additionalInfo,
});
export type User = z.infer<typeof userSchema>;

export const userCredentialsSchema = z.strictObject({
  ...head,
  userId: z.string().describe('User these belong to.'),
  isEnabled: z.boolean().describe('False keeps the user out.'),
  passwordHash: z.string().optional().describe('Argon2id in PHC form; absent until a password is set.'),
  passwordChangedAtMs: z.number().int().describe('Tokens issued before this instant are void.'),
  failedAttempts: z.number().int().describe('Wrong passwords since the last right one.'),
  lockedUntilMs: z.number().int().optional().describe('No sign-in before this instant, because of too many wrong passwords.'),
  endedSessions: z
    .array(z.strictObject({ sessionId: z.string().describe('Sign-in that ended.'), untilMs: z.number().int().describe('When its last token ends.') }))
    .optional()
    .describe('Sign-ins that were ended before their tokens.'),
});
export type UserCredentials = z.infer<typeof userCredentialsSchema>;

export const deviceProfileSchema = z.strictObject({
  ...head,
  name: name.describe('Name, unique in the tenant.'),
  description: z.string().max(1024).optional().describe('For people.'),
  isDefault: z.boolean().describe('Taken by devices that name no profile; one in each tenant.'),
  transportType: z.enum(['DEFAULT', 'MQTT', 'COAP', 'LWM2M', 'SNMP']).describe('Transport the devices must use; DEFAULT allows any.'),
  defaultRuleChainId: z.string().optional().describe('Rule chain for messages of these devices; absent means the root chain.'),
  defaultQueueName: z.string().optional().describe('Queue for messages of these devices; absent means Main.'),
  kaaAutoExtraction: z.boolean().default(false).describe('Store each numeric field of a Kaa data sample as `auto~<name>`.'),
  kaaAppVersion: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('Application version in 1/KP topics of these devices; absent means the name of the profile.'),
  profileData: z.record(z.string(), z.json()).describe('Remaining ThingsBoard settings, kept as they came.'),
});
export type DeviceProfile = z.infer<typeof deviceProfileSchema>;

export const deviceSchema = z.strictObject({
  ...head,
  customerId: z.string().optional().describe('Customer the device is assigned to.'),
  name: name.describe('Name, unique in the tenant.'),
  label: z.string().max(255).optional().describe('Name for people.'),
  deviceProfileId: z.string().describe('Profile of the device.'),
  type: name.describe('Always the name of the profile; kept here so that lists can filter by it.'),
  deviceData: z.record(z.string(), z.json()).optional().describe('Transport settings, kept as they came.'),
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

/** Every kind of entity the control plane keeps, with the schema that reads it back from a store. */
export const entitySchemas = {
  tenant: tenantSchema,
  user: userSchema,
  userCredentials: userCredentialsSchema,
  device: deviceSchema,
  deviceProfile: deviceProfileSchema,
  deviceCredentials: deviceCredentialsSchema,
  ruleChain: ruleChainSchema,
} as const;
export type EntityKind = keyof typeof entitySchemas;
export type EntityOf<K extends EntityKind> = z.infer<(typeof entitySchemas)[K]>;
