import * as z from 'zod';
import { additionalInfo, head, jsonObject, name, shortText } from './head.js';

export const authorities = ['SYS_ADMIN', 'TENANT_ADMIN', 'CUSTOMER_USER'] as const;
export type Authority = (typeof authorities)[number];

export const userSchema = z.strictObject({
  ...head,
  customerId: z.string().optional().describe('Customer the user belongs to; absent for administrators.'),
  email: z.email().max(255).describe('Name to sign in with; unique over the whole system.'),
  authority: z.enum(authorities).describe('What the user may do.'),
  firstName: shortText.describe('Given name.'),
  lastName: shortText.describe('Family name.'),
  phone: shortText.describe('Telephone number.'),
  additionalInfo,
});
export type User = z.infer<typeof userSchema>;

export const userCredentialsSchema = z.strictObject({
  ...head,
  userId: z.string().describe('User these belong to.'),
  isEnabled: z.boolean().describe('False keeps the user out.'),
  passwordHash: z.string().optional().describe('Argon2id in PHC form; absent until a password is set.'),
  passwordChangedAtMs: z.number().int().describe('When the password was set; tokens issued before are void.'),
  tokensVoidBeforeMs: z.number().int().optional().describe('Tokens issued before this instant are void too, such as after disabling the user.'),
  failedAttempts: z.number().int().describe('Wrong passwords since the last right one.'),
  lockedUntilMs: z.number().int().optional().describe('No sign-in before this instant, because of too many wrong passwords.'),
  endedSessions: z
    .array(z.strictObject({ sessionId: z.string().describe('Sign-in that ended.'), untilMs: z.number().int().describe('When its last token ends.') }))
    .optional()
    .describe('Sign-ins that were ended before their tokens.'),
  earlierHashes: z
    .array(z.strictObject({ hash: z.string().describe('Argon2id in PHC form.'), replacedAtMs: z.number().int().describe('When it was replaced.') }))
    .optional()
    .describe('Earlier passwords, newest first, where the policy forbids to reuse them.'),
  activateToken: z.string().optional().describe('Lets the user set a first password; unique over the whole system.'),
  activateTokenUntilMs: z.number().int().optional().describe('When the activation token ends.'),
  resetToken: z.string().optional().describe('SHA-256 of the token that lets the user set a new password; unique over the whole system.'),
  resetTokenUntilMs: z.number().int().optional().describe('When the reset token ends.'),
  lastLoginAtMs: z.number().int().optional().describe('Last sign-in.'),
});
export type UserCredentials = z.infer<typeof userCredentialsSchema>;

export const apiKeySchema = z.strictObject({
  ...head,
  userId: z.string().describe('User the key acts as.'),
  description: shortText.describe('For people.'),
  isEnabled: z.boolean().describe('False keeps the holder out.'),
  expiresAtMs: z.number().int().optional().describe('When the key ends; absent means never.'),
  valueHash: z.string().describe('SHA-256 of the key; unique over the whole system. The key itself is shown once.'),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export const userSettingsSchema = z.strictObject({
  ...head,
  userId: z.string().describe('User these belong to.'),
  type: name.describe('What the settings are for.'),
  userAndType: z.string().describe('`<userId> <type>`: unique over the whole system.'),
  settings: jsonObject.describe('Free JSON kept for the client.'),
});
export type UserSettings = z.infer<typeof userSettingsSchema>;

export const adminSettingsSchema = z.strictObject({
  ...head,
  key: name.describe('Which settings: general, mail, securitySettings, jwtSettings; unique in the tenant.'),
  value: jsonObject.describe('The settings, by the names of the compatible API.'),
});
export type AdminSettings = z.infer<typeof adminSettingsSchema>;
