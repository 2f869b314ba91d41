import { defineErrors } from '@fieldline/kernel';

const signInAgain = 'Sign in again.';
const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** Errors of signing in, tokens, passwords and permissions. The sentences are those ThingsBoard's clients know. */
export const identityErrors = defineErrors('IDENTITY', {
  SIGN_IN_REFUSED: {
    kind: 'unauthenticated',
    retry: 'never',
    message: 'Invalid username or password',
    remedy: 'Check both. If the password is lost, use "forgot password", or run "fieldline reset-password" on the server.',
  },
  SIGN_IN_INCOMPLETE: {
    kind: 'unauthenticated',
    retry: 'never',
    message: 'Authentication failed',
    remedy: 'Send a JSON object with `username` and `password`, both not blank.',
  },
  USER_DISABLED: {
    kind: 'unauthenticated',
    retry: 'never',
    message: 'User account is not active',
    remedy: 'Ask an administrator to enable the user.',
  },
  USER_LOCKED: {
    kind: 'unauthenticated',
    retry: 'later',
    message: 'User account is locked due to security policy',
    remedy: 'Too many wrong passwords: wait five minutes, then try again.',
  },
  TOKEN_MISSING: {
    kind: 'unauthenticated',
    retry: 'never',
    message: 'Authentication failed',
    remedy: 'Sign in with POST /api/auth/login and send the token as "X-Authorization: Bearer <token>".',
  },
  TOKEN_MALFORMED: { kind: 'unauthenticated', retry: 'never', message: 'Invalid username or password', remedy: signInAgain },
  TOKEN_EXPIRED: { kind: 'unauthenticated', retry: 'never', message: 'Token has expired', remedy: 'Use the refresh token, or sign in again.' },
  PERMISSION_DENIED: {
    kind: 'forbidden',
    retry: 'never',
    message: "You don't have permission to perform this operation!",
    remedy: 'Sign in as a user with the right authority, or ask an administrator.',
  },
  PASSWORD_WRONG: { ...invalid, message: "Current password doesn't match!", remedy: 'Type the current password again.' },
  PASSWORD_UNCHANGED: {
    ...invalid,
    message: 'New password should be different from existing!',
    remedy: 'Choose another password.',
  },
  PASSWORD_REFUSED: {
    ...invalid,
    message: (d: { faults: readonly string[] }) => d.faults.join(' '),
    remedy: 'Choose a password of that kind; GET /api/noauth/userPasswordPolicy tells the whole policy.',
  },
  PASSWORD_REUSED: {
    ...invalid,
    message: (d: { days: number }) => `Password was already used for the last ${d.days} days`,
    remedy: 'Choose another password.',
  },
  PASSWORD_VIOLATION: {
    kind: 'unauthenticated',
    retry: 'never',
    message: 'The entered password violates our policies. If this is your real password, please reset it.',
    remedy: 'Set a new password with "forgot password"; the policy became stricter since it was set.',
  },
  PASSWORD_EXPIRED: {
    kind: 'unauthenticated',
    retry: 'never',
    message: (_: { resetToken: string }) => 'User password expired!',
    remedy: 'Set a new password with POST /api/noauth/resetPassword and the reset token of this answer.',
  },
  ACTIVATION_UNKNOWN: {
    kind: 'conflict',
    retry: 'never',
    message: 'This activation link is not valid, or was used already.',
    remedy: 'Ask an administrator for a new link.',
  },
  ACTIVATION_REFUSED: { ...invalid, message: 'Invalid activation token!', remedy: 'Ask an administrator for a new link.' },
  ACTIVATION_EXPIRED: { ...invalid, message: 'Activation token expired', remedy: 'Ask an administrator for a new link.' },
  RESET_UNKNOWN: {
    kind: 'conflict',
    retry: 'never',
    message: 'This link to reset a password is not valid, or was used already.',
    remedy: 'Report the lost password again to get a new link.',
  },
  RESET_REFUSED: { ...invalid, message: 'Invalid reset token!', remedy: 'Report the lost password again to get a new link.' },
  RESET_EXPIRED: { ...invalid, message: 'Password reset token expired', remedy: 'Report the lost password again to get a new link.' },
  RESETS_TOO_MANY: {
    kind: 'limit-exceeded',
    retry: 'later',
    message: 'Too many password resets of this user.',
    remedy: 'Wait an hour, then open the link again.',
  },
  TENANT_RATE_LIMIT: {
    kind: 'limit-exceeded',
    retry: 'later',
    message: 'Too many requests for current tenant!',
    remedy: 'Send less often, or ask the system administrator for a tenant profile with a higher limit.',
  },
  CUSTOMER_RATE_LIMIT: {
    kind: 'limit-exceeded',
    retry: 'later',
    message: 'Too many requests for current customer!',
    remedy: 'Send less often, or ask the administrator for a higher limit.',
  },
  KEY_REFUSED: {
    kind: 'unauthenticated',
    retry: 'never',
    message: 'Authentication failed',
    remedy: 'The API key is unknown, disabled or expired: create another one.',
  },
  KEYS_TOO_MANY: {
    ...invalid,
    message: (d: { limit: number }) => `A user may have ${d.limit} API keys.`,
    remedy: 'Delete keys that are not used any more.',
  },
  KEY_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { id: string }) => `API key with id [${d.id}] is not found`,
    remedy: 'GET /api/apiKeys/{userId} lists the keys of a user.',
  },
  KEY_ENDED: { ...invalid, message: 'The API key would end in the past.', remedy: 'Send a later `expirationTime`, or 0 for a key that never ends.' },
  SETTINGS_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { key: string }) => `No Administration settings found for key: ${d.key}`,
    remedy: 'They were never saved: save them with POST /api/admin/settings.',
  },
  SETTINGS_INVALID: {
    ...invalid,
    message: (d: { faults: readonly string[] }) => `These settings are wrong: ${d.faults.join('; ')}`,
    remedy: 'Correct the members that the message names.',
  },
  USER_INACTIVE: {
    ...invalid,
    message: 'This user is not active.',
    remedy: 'Let the user set a first password, or enable the user, then try again.',
  },
  USER_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { email: string }) => `There is no user ${d.email}.`,
    remedy: 'Check the spelling; FIELDLINE_SYSADMIN_EMAIL and FIELDLINE_TENANT_EMAIL name the first users.',
  },
});
