import type { PasswordPolicy } from '@fieldline/api-contract';
import type { Clock, IdSource, RandomBytes } from '@fieldline/kernel';
import { randomAlphanumerics } from '@fieldline/kernel';
import type { TenantId, User, UserCredentials } from '@fieldline/model';
import { tokensVoidUntil, voidTokensNow } from '@fieldline/model';
import type { EntityStore, PasswordHasher } from '@fieldline/ports';
import { identityErrors } from './errors.js';
import { EARLIER_PASSWORDS_MAX, GENERATED_PASSWORD_LENGTH } from './limits.js';
import { presetPolicy, requirePolicy } from './password-policy.js';

/** What setting a password needs. */
export interface PasswordDeps {
  readonly entities: EntityStore;
  readonly hasher: PasswordHasher;
  readonly clock: Clock;
  readonly ids: IdSource;
}

const DAY_MS = 86_400_000;

/** The credentials of a user; undefined where none were made yet. */
export async function credentialsOf(entities: EntityStore, user: User): Promise<UserCredentials | undefined> {
  const [credentials] = await entities.findAll('userCredentials', user.tenantId as TenantId, { userId: user.id }, 1);
  return credentials;
}

/**
 * The credentials with a new password, not written yet: older tokens, a lock and links to set a password are void.
 *
 * @throws IDENTITY_PASSWORD_REFUSED    the policy does not allow it
 * @throws IDENTITY_PASSWORD_UNCHANGED  it is the one that is set
 * @throws IDENTITY_PASSWORD_REUSED     it was used lately, which the policy does not allow
 */
export async function withPassword(
  deps: Pick<PasswordDeps, 'hasher' | 'clock'>,
  credentials: UserCredentials,
  password: string,
  policy: PasswordPolicy,
): Promise<UserCredentials> {
  requirePolicy(policy, password);
  const nowMs = deps.clock.nowMs();
  const {
    lockedUntilMs: _l,
    activateToken: _a,
    activateTokenUntilMs: _u,
    resetToken: _r,
    resetTokenUntilMs: _v,
    earlierHashes,
    ...kept
  } = credentials;
  if (kept.passwordHash !== undefined && (await deps.hasher.verify(password, kept.passwordHash))) throw identityErrors.PASSWORD_UNCHANGED();
  const days = policy.passwordReuseFrequencyDays ?? 0;
  const earlier = (earlierHashes ?? []).filter(({ replacedAtMs }) => replacedAtMs > nowMs - days * DAY_MS);
  for (const { hash } of earlier) if (await deps.hasher.verify(password, hash)) throw identityErrors.PASSWORD_REUSED({ days });
  const remembered = days === 0 || kept.passwordHash === undefined ? earlier : [{ hash: kept.passwordHash, replacedAtMs: nowMs }, ...earlier];
  return {
    ...kept,
    passwordHash: await deps.hasher.hash(password),
    passwordChangedAtMs: nowMs,
    tokensVoidBeforeMs: voidTokensNow(nowMs, tokensVoidUntil(credentials)),
    failedAttempts: 0,
    ...(remembered.length === 0 ? {} : { earlierHashes: remembered.slice(0, EARLIER_PASSWORDS_MAX) }),
  };
}

/**
 * Stores a password whatever was set before, and makes all older tokens of the user void. Also enables and unlocks the
 * user's sign-in. For whoever has access to the server.
 *
 * @throws IDENTITY_PASSWORD_REFUSED where it is too short or too long
 */
export async function setPassword(deps: PasswordDeps, user: User, password: string): Promise<UserCredentials> {
  const before = await credentialsOf(deps.entities, user);
  const entity = await newCredentials(deps, user, password, before);
  await deps.entities.write([{ change: before === undefined ? 'insert' : 'update', kind: 'userCredentials', entity }]);
  return entity;
}

/** Credentials that let a user in with a password, in the place of those there were. Not written yet. */
export async function newCredentials(
  deps: Pick<PasswordDeps, 'hasher' | 'clock' | 'ids'>,
  user: User,
  password: string,
  before?: UserCredentials,
): Promise<UserCredentials> {
  requirePolicy(presetPolicy, password);
  const nowMs = deps.clock.nowMs();
  return {
    id: before?.id ?? deps.ids.next(),
    tenantId: user.tenantId,
    createdAtMs: before?.createdAtMs ?? nowMs,
    version: before?.version ?? 1,
    userId: user.id,
    isEnabled: true,
    passwordHash: await deps.hasher.hash(password),
    passwordChangedAtMs: nowMs,
    ...(before === undefined ? {} : { tokensVoidBeforeMs: voidTokensNow(nowMs, tokensVoidUntil(before)) }),
    failedAttempts: 0,
  };
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
