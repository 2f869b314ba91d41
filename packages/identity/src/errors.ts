import { defineErrors } from '@fieldline/kernel';

const signInAgain = 'Sign in again.';

/** Errors of signing in, tokens, passwords and permissions. The sentences are those ThingsBoard's clients know. */
export const identityErrors = defineErrors('IDENTITY', {
  SIGN_IN_REFUSED: {
    kind: 'unauthenticated',
    retry: 'never',
    message: 'Invalid username or password',
    remedy: 'Check both. If the password is lost, run "fieldline reset-password" on the server.',
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
  PASSWORD_WRONG: { kind: 'invalid-input', retry: 'never', message: "Current password doesn't match!", remedy: 'Type the current password again.' },
  PASSWORD_UNCHANGED: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'New password should be different from existing!',
    remedy: 'Choose another password.',
  },
  PASSWORD_LENGTH: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { min: number; max: number }) => `Password must have ${d.min} to ${d.max} characters.`,
    remedy: 'Choose a password of that length.',
  },
  USER_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { email: string }) => `There is no user ${d.email}.`,
    remedy: 'Check the spelling; FIELDLINE_SYSADMIN_EMAIL and FIELDLINE_TENANT_EMAIL name the first users.',
  },
});
