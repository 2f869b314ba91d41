import type { SecuritySettings } from '@fieldline/api-contract';
import { randomAlphanumerics } from '@fieldline/kernel';
import type { User, UserCredentials } from '@fieldline/model';
import { changeCredentials } from './change-credentials.js';
import { identityErrors } from './errors.js';
import type { IdentityDeps } from './identity-deps.js';
import { LINK_TOKEN_LENGTH, LINK_TTL_MS, LOCK_MS, WRONG_PASSWORDS_MAX } from './limits.js';
import { lockedMail } from './mails.js';
import { policyFaults } from './password-policy.js';
import { credentialsOf } from './passwords.js';
import { userAction } from './records.js';

/** Where a sign-in comes from, for the audit log. */
export interface SignInOrigin {
  readonly clientAddress?: string | undefined;
}

const DAY_MS = 86_400_000;

/** Checks email and password, counts wrong ones and locks, and records what happened. */
export class SignIn {
  readonly #deps: IdentityDeps;
  #hashOfNobody: Promise<string> | undefined;

  constructor(deps: IdentityDeps) {
    this.#deps = deps;
  }

  /**
   * The user whose email and password these are.
   *
   * @throws IDENTITY_SIGN_IN_INCOMPLETE, IDENTITY_SIGN_IN_REFUSED, IDENTITY_USER_LOCKED, IDENTITY_USER_DISABLED,
   *   IDENTITY_PASSWORD_VIOLATION, IDENTITY_PASSWORD_EXPIRED
   */
  async check(email: string, password: string, origin: SignInOrigin): Promise<{ readonly user: User; readonly credentials: UserCredentials }> {
    if (email.trim() === '' || password === '') throw identityErrors.SIGN_IN_INCOMPLETE();
    const { entities, hasher, clock } = this.#deps;
    const user = await entities.userByEmail(email.trim());
    const credentials = user === undefined ? undefined : await credentialsOf(entities, user);
    if (user === undefined || credentials?.passwordHash === undefined) {
      // The same work as for a wrong password, so that the time of the answer does not tell who exists.
      this.#hashOfNobody ??= hasher.hash('nobody');
      await hasher.verify(password, await this.#hashOfNobody);
      throw identityErrors.SIGN_IN_REFUSED();
    }
    if ((credentials.lockedUntilMs ?? 0) > clock.nowMs()) throw identityErrors.USER_LOCKED();
    const security = await this.#deps.settings.security();
    if (!(await hasher.verify(password, credentials.passwordHash))) {
      await this.#countWrongPassword(user, security, origin);
      throw identityErrors.SIGN_IN_REFUSED();
    }
    if (!credentials.isEnabled) throw identityErrors.USER_DISABLED();
    await this.#requireCurrent(user, credentials, password, security);
    return { user, credentials: await this.#recordSignIn(user, origin) };
  }

  /** The password is right; but may it still be used? */
  async #requireCurrent(user: User, credentials: UserCredentials, password: string, { passwordPolicy }: SecuritySettings): Promise<void> {
    if (passwordPolicy.forceUserToResetPasswordIfNotValid && policyFaults(passwordPolicy, password).length > 0) {
      throw identityErrors.PASSWORD_VIOLATION();
    }
    const days = passwordPolicy.passwordExpirationPeriodDays ?? 0;
    const nowMs = this.#deps.clock.nowMs();
    if (days === 0 || credentials.passwordChangedAtMs + days * DAY_MS > nowMs) return;
    const resetToken = randomAlphanumerics(LINK_TOKEN_LENGTH, this.#deps.random);
    await changeCredentials(this.#deps, user, (stored) => ({
      credentials: { ...stored, resetToken: this.#deps.sha256(resetToken), resetTokenUntilMs: nowMs + LINK_TTL_MS },
      recorded: [],
    }));
    throw identityErrors.PASSWORD_EXPIRED({ resetToken });
  }

  #recordSignIn(user: User, origin: SignInOrigin): Promise<UserCredentials> {
    return changeCredentials(this.#deps, user, ({ lockedUntilMs = 0, ...stored }) => {
      const nowMs = this.#deps.clock.nowMs();
      // While the password was being compared: many guesses sent at once must not get more tries than one after the other.
      if (lockedUntilMs > nowMs) throw identityErrors.USER_LOCKED();
      if (!stored.isEnabled) throw identityErrors.USER_DISABLED();
      const credentials = { ...stored, failedAttempts: 0, lastLoginAtMs: nowMs };
      return { credentials, recorded: [{ action: userAction('LOGIN', user, { data: dataOf(origin) }) }] };
    });
  }

  async #countWrongPassword(user: User, security: SecuritySettings, origin: SignInOrigin): Promise<void> {
    const attemptsMax = security.maxFailedLoginAttempts ?? WRONG_PASSWORDS_MAX;
    let isLocked = false;
    await changeCredentials(this.#deps, user, ({ lockedUntilMs, ...stored }) => {
      const nowMs = this.#deps.clock.nowMs();
      // Counts from one again once a lock is over, so that the next typing error does not lock at once.
      const wasLocked = lockedUntilMs !== undefined;
      const failedAttempts = (wasLocked && lockedUntilMs <= nowMs ? 0 : stored.failedAttempts) + 1;
      isLocked = failedAttempts >= attemptsMax && !(wasLocked && lockedUntilMs > nowMs);
      const lock = failedAttempts >= attemptsMax ? { lockedUntilMs: nowMs + LOCK_MS } : {};
      const failed = { action: userAction('LOGIN', user, { data: dataOf(origin) }), failure: identityErrors.SIGN_IN_REFUSED().message };
      const locked = { action: userAction('LOCKOUT', user, { data: dataOf(origin) }) };
      return { credentials: { ...stored, failedAttempts, ...lock }, recorded: isLocked ? [failed, locked] : [failed] };
    });
    const to = security.userLockoutNotificationEmail;
    if (isLocked && to !== null) this.#deps.post(lockedMail(to, { email: user.email, attempts: attemptsMax, minutes: LOCK_MS / 60_000 }));
  }
}

/** What the audit log tells about where a sign-in came from. */
export function dataOf({ clientAddress }: SignInOrigin): { clientAddress: string } | undefined {
  return clientAddress === undefined ? undefined : { clientAddress };
}
