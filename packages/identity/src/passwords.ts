import type { Clock, IdSource, RandomBytes } from '@fieldline/kernel';
import { randomAlphanumerics } from '@fieldline/kernel';
import type { TenantId, User, UserCredentials } from '@fieldline/model';
import type { EntityStore, PasswordHasher } from '@fieldline/ports';
import { identityErrors } from './errors.js';
import { GENERATED_PASSWORD_LENGTH, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './limits.js';

/** What setting a password needs. */
export interface PasswordDeps {
  readonly entities: EntityStore;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** The credentials of a user; undefined where none were made yet. */
export async function credentialsOf(entities: EntityStore, user: User): Promise<UserCredentials | undefined> {
  const [credentials] = await entities.findAll('userCredentials', user.tenantId as TenantId, { userId: user.id }, 1);
  return credentials;
}

/** @throws IDENTITY_PASSWORD_LENGTH */
export async function hashPassword(hasher: PasswordHasher, password: string): Promise<string> {
  if (password.length < PASSWORD_LENGTH_MIN || password.length > PASSWORD_LENGTH_MAX) {
    throw identityErrors.PASSWORD_LENGTH({ min: PASSWORD_LENGTH_MIN, max: PASSWORD_LENGTH_MAX });
  }
  return hasher.hash(password);
}

/** Stores a new password and makes all older tokens of the user void. Also enables and unlocks the user's sign-in. */
export async function setPassword(deps: PasswordDeps, user: User, password: string): Promise<UserCredentials> {
  const passwordHash = await hashPassword(deps.hasher, password);
  const nowMs = deps.clock.nowMs();
  const before = await credentialsOf(deps.entities, user);
  const entity: UserCredentials = {
    id: before?.id ?? deps.ids.next(),
    tenantId: user.tenantId,
    createdAtMs: before?.createdAtMs ?? nowMs,
    version: before?.version ?? 1,
    userId: user.id,
    isEnabled: true,
    passwordHash,
    passwordChangedAtMs: nowMs,
    failedAttempts: 0,
  };
  await deps.entities.write([{ change: before === undefined ? 'insert' : 'update', kind: 'userCredentials', entity }]);
  return entity;
}

/** A password that nobody can guess. */
export function generatePassword(random: RandomBytes): string {
  return randomAlphanumerics(GENERATED_PASSWORD_LENGTH, random);
}

/**
 * Gives a user a new random password, for the one who lost theirs. Needs access to the server, not to the API.
 *
 * @returns the password; it is kept nowhere else
 * @throws IDENTITY_USER_UNKNOWN
 */
export async function resetPassword(deps: PasswordDeps & { readonly random: RandomBytes }, email: string): Promise<string> {
  const user = await deps.entities.userByEmail(email);
  if (user === undefined) throw identityErrors.USER_UNKNOWN({ email });
  const password = generatePassword(deps.random);
  await setPassword(deps, user, password);
  return password;
}
