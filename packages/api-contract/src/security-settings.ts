import * as z from 'zod';

/** Shortest and longest password that a policy may ask for: longer ones add nothing, and hashing stays bounded. */
const PASSWORD_CHARACTERS_MIN = 6;
const PASSWORD_CHARACTERS_MAX = 72;
const DAYS_MAX = 3_650;
const ATTEMPTS_MAX = 1_000;

const characters = z.int().min(PASSWORD_CHARACTERS_MIN).max(PASSWORD_CHARACTERS_MAX);
const least = z.int().min(0).max(PASSWORD_CHARACTERS_MAX).nullish().transform(orNull);
const days = z.int().min(0).max(DAYS_MAX).nullish().transform(orNull);

function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null;
}

/** What a password must be like (rest-api.md §3.1); null asks for nothing. Missing members take what ThingsBoard starts with. */
export const passwordPolicySchema = z
  .object({
    minimumLength: characters.default(PASSWORD_CHARACTERS_MIN).describe('Least number of characters.'),
    maximumLength: characters
      .nullish()
      .transform((value) => value ?? PASSWORD_CHARACTERS_MAX)
      .describe('Greatest number of characters.'),
    minimumUppercaseLetters: least.describe('Least number of capital letters.'),
    minimumLowercaseLetters: least.describe('Least number of small letters.'),
    minimumDigits: least.describe('Least number of digits.'),
    minimumSpecialCharacters: least.describe('Least number of characters that are neither letter nor digit nor space.'),
    allowWhitespaces: z.boolean().default(true).describe('Whether spaces may be in it.'),
    forceUserToResetPasswordIfNotValid: z.boolean().default(false).describe('Whether a password that breaks the policy keeps its user out.'),
    passwordExpirationPeriodDays: days.describe('Days after which a password must be changed.'),
    passwordReuseFrequencyDays: days.describe('Days for which an earlier password may not be used again.'),
  })
  .refine((policy) => policy.maximumLength >= policy.minimumLength, {
    path: ['maximumLength'],
    message: 'must not be less than minimumLength',
  })
  .refine((policy) => charactersDemanded(policy) <= policy.maximumLength, {
    path: ['maximumLength'],
    message: 'must leave room for the letters, digits and special characters that are demanded',
  });
export type PasswordPolicy = z.output<typeof passwordPolicySchema>;

type Counts = Readonly<Record<'minimumUppercaseLetters' | 'minimumLowercaseLetters' | 'minimumDigits' | 'minimumSpecialCharacters', number | null>>;
function charactersDemanded(counts: Counts): number {
  const demanded = [counts.minimumUppercaseLetters, counts.minimumLowercaseLetters, counts.minimumDigits, counts.minimumSpecialCharacters];
  return demanded.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** `securitySettings` of the system administrator. */
export const securitySettingsSchema = z.object({
  passwordPolicy: passwordPolicySchema.prefault({}).describe('What a password must be like.'),
  maxFailedLoginAttempts: z
    .int()
    .min(1)
    .max(ATTEMPTS_MAX)
    .nullish()
    .transform(orNull)
    .describe('Wrong passwords in a row that lock a user for five minutes; null is 10.'),
  userLockoutNotificationEmail: z
    .union([z.email().max(255), z.literal('')])
    .nullish()
    .transform((email) => (email === '' ? null : orNull(email)))
    .describe('Who gets a mail when a user is locked.'),
});
export type SecuritySettings = z.output<typeof securitySettingsSchema>;

const count = z.int().nullable();

/** The password policy as the API shows it. */
export const wirePasswordPolicySchema = z.strictObject({
  minimumLength: z.int().describe('Least number of characters.'),
  maximumLength: z.int().describe('Greatest number of characters.'),
  minimumUppercaseLetters: count.describe('Least number of capital letters.'),
  minimumLowercaseLetters: count.describe('Least number of small letters.'),
  minimumDigits: count.describe('Least number of digits.'),
  minimumSpecialCharacters: count.describe('Least number of characters that are neither letter nor digit nor space.'),
  allowWhitespaces: z.boolean().describe('Whether spaces may be in it.'),
  forceUserToResetPasswordIfNotValid: z.boolean().describe('Whether a password that breaks the policy keeps its user out.'),
  passwordExpirationPeriodDays: count.describe('Days after which a password must be changed.'),
  passwordReuseFrequencyDays: count.describe('Days for which an earlier password may not be used again.'),
});

/** `securitySettings` as the API shows them. */
export const wireSecuritySettingsSchema = z.strictObject({
  passwordPolicy: wirePasswordPolicySchema.describe('What a password must be like.'),
  maxFailedLoginAttempts: z.int().nullable().describe('Wrong passwords in a row that lock a user for five minutes; null is 10.'),
  userLockoutNotificationEmail: z.string().nullable().describe('Who gets a mail when a user is locked.'),
});

/** Answers a secret that is kept; sent back, it means "as it is". */
export const maskedSecret = '***';

const YEAR_SECONDS = 31_536_000;
const KEY_BYTES_MIN = 64;

/** `jwtSettings` of the system administrator: how tokens are made. */
export const jwtSettingsSchema = z
  .object({
    tokenExpirationTime: z.int().min(60).max(YEAR_SECONDS).default(9_000).describe('Life of an access token, in seconds.'),
    refreshTokenExpTime: z.int().min(120).max(YEAR_SECONDS).default(604_800).describe('Life of a refresh token, in seconds.'),
    tokenIssuer: z.string().trim().min(1).max(255).default('fieldline').describe('What tokens name as their issuer.'),
    tokenSigningKey: z
      .string()
      .max(4096)
      .nullish()
      .refine((key) => key === undefined || key === null || key === maskedSecret || isSigningKey(key), 'must be Base64 of at least 64 bytes')
      .transform((key) => (key === null || key === maskedSecret ? undefined : key))
      .describe('Key that signs tokens, in Base64; never answered. Absent or masked leaves it as it is.'),
  })
  .refine((settings) => settings.refreshTokenExpTime > settings.tokenExpirationTime, {
    path: ['refreshTokenExpTime'],
    message: 'must be longer than tokenExpirationTime',
  });
export type JwtSettings = z.output<typeof jwtSettingsSchema>;

/** Jwt settings as the API shows them. */
export const wireJwtSettingsSchema = z.strictObject({
  tokenExpirationTime: z.int().describe('Life of an access token, in seconds.'),
  refreshTokenExpTime: z.int().describe('Life of a refresh token, in seconds.'),
  tokenIssuer: z.string().describe('What tokens name as their issuer.'),
  tokenSigningKey: z.literal(maskedSecret).describe('The key itself is never answered.'),
});

function isSigningKey(text: string): boolean {
  const digits = text.replace(/=+$/, '').length;
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && Math.floor((digits * 3) / 4) >= KEY_BYTES_MIN;
}
