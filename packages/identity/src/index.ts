// Signing in
export type { IdentityDeps, IdentityParts } from './identity-deps.js';
export { identityDeps } from './identity-deps.js';
export { Identity } from './identity.js';
export type { SignInOrigin } from './sign-in.js';
export type { IssuedTokens } from './tokens.js';
export { ApiKeys } from './api-keys.js';
// Permissions and rate limits
export type { Permission } from './permissions.js';
export { permissions, requirePermission } from './permissions.js';
export { RateLimiter } from './rate-limit.js';
// First start, activation and lost passwords
export type { FirstUser, FirstUserSettings, NewTenant } from './first-users.js';
export { createFirstUsers } from './first-users.js';
export type { LinkState } from './activation.js';
export { Activation } from './activation.js';
export { PasswordReset } from './password-reset.js';
export type { PasswordDeps } from './passwords.js';
export { generatePassword, resetPassword, setPassword } from './passwords.js';
// Settings of the system
export { SystemAdministration } from './system-administration.js';
export { SystemSettings } from './system-settings.js';
export { identityErrors } from './errors.js';
export { ENDED_SESSIONS_MAX, LOCK_MS, WRONG_PASSWORDS_MAX } from './limits.js';
