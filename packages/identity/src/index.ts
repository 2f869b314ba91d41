// Signing in
export type { IdentityDeps } from './identity.js';
export { Identity } from './identity.js';
export type { IssuedTokens } from './tokens.js';
// Permissions
export type { Permission } from './permissions.js';
export { permissions, requirePermission } from './permissions.js';
// First start and lost passwords
export type { FirstUser, FirstUserSettings, NewTenant } from './first-users.js';
export { createFirstUsers } from './first-users.js';
export type { PasswordDeps } from './passwords.js';
export { generatePassword, resetPassword, setPassword } from './passwords.js';
export { identityErrors } from './errors.js';
export { ENDED_SESSIONS_MAX, LOCK_MS, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN, WRONG_PASSWORDS_MAX } from './limits.js';
