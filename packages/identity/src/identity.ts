import type { Clock, IdSource } from '@fieldline/kernel';
import { isProblem } from '@fieldline/kernel';
import type { TenantId, User, UserCredentials } from '@fieldline/model';
import type { Authenticator, Caller, EntityStore, PasswordHasher, TokenSigner } from '@fieldline/ports';
import { identityErrors } from './errors.js';
import { ENDED_SESSIONS_MAX, LOCK_MS, REFRESH_TOKEN_SECONDS, WRONG_PASSWORDS_MAX } from './limits.js';
import { credentialsOf, setPassword } from './passwords.js';
import type { IssuedTokens, TokenClaims } from './tokens.js';
import { issueTokens, readToken } from './tokens.js';

export interface IdentityDeps {
  readonly entities: EntityStore;
  readonly hasher: PasswordHasher;
  readonly signer: TokenSigner;
  readonly clock: Clock;
  readonly ids: IdSource;
}

interface Account {
  readonly user: User;
  readonly credentials: UserCredentials;
}

/** Signing in and out, and telling who a token stands for. */
export class Identity implements Authenticator {
  readonly #deps: IdentityDeps;
  #hashOfNobody: Promise<string> | undefined;

  constructor(deps: IdentityDeps) {
    this.#deps = deps;
  }

  /**
   * @throws IDENTITY_SIGN_IN_INCOMPLETE, IDENTITY_SIGN_IN_REFUSED, IDENTITY_USER_LOCKED, IDENTITY_USER_DISABLED
   */
  async signIn(email: string, password: string): Promise<IssuedTokens> {
    if (email.trim() === '' || password === '') throw identityErrors.SIGN_IN_INCOMPLETE();
    const { hasher, clock } = this.#deps;
    const user = await this.#deps.entities.userByEmail(email.trim());
    const credentials = user === undefined ? undefined : await credentialsOf(this.#deps.entities, user);
    if (user === undefined || credentials?.passwordHash === undefined) {
      // The same work as for a wrong password, so that the time of the answer does not tell who exists.
      this.#hashOfNobody ??= hasher.hash('nobody');
      await hasher.verify(password, await this.#hashOfNobody);
      throw identityErrors.SIGN_IN_REFUSED();
    }
    if ((credentials.lockedUntilMs ?? 0) > clock.nowMs()) throw identityErrors.USER_LOCKED();
    if (!(await hasher.verify(password, credentials.passwordHash))) {
      await this.#change(user, countWrongPassword(clock.nowMs()));
      throw identityErrors.SIGN_IN_REFUSED();
    }
    if (!credentials.isEnabled) throw identityErrors.USER_DISABLED();
    const cleared = credentials.failedAttempts === 0 ? credentials : await this.#change(user, forgetWrongPasswords);
    return this.#issue({ user, credentials: cleared }, this.#deps.ids.next());
  }

  /** @throws IDENTITY_TOKEN_MALFORMED, IDENTITY_TOKEN_EXPIRED */
  async refresh(refreshToken: string): Promise<IssuedTokens> {
    const claims = readToken(this.#deps.signer, refreshToken, this.#deps.clock.nowMs());
    if (!claims.isRefresh) throw identityErrors.TOKEN_MALFORMED();
    return this.#issue(await this.#accountOf(claims), claims.sessionId);
  }

  async authenticate(accessToken: string): Promise<Caller> {
    const claims = readToken(this.#deps.signer, accessToken, this.#deps.clock.nowMs());
    if (claims.isRefresh) throw identityErrors.TOKEN_MALFORMED();
    const { user } = await this.#accountOf(claims);
    return {
      userId: user.id,
      email: user.email,
      authority: user.authority,
      tenantId: user.tenantId as TenantId,
      customerId: user.customerId,
      sessionId: claims.sessionId,
      expiresAtMs: claims.expiresAtMs,
    };
  }

  /** Makes the tokens of this sign-in void, the refresh token included. */
  async signOut(caller: Caller): Promise<void> {
    const nowMs = this.#deps.clock.nowMs();
    await this.#change(await this.currentUser(caller), (credentials) => {
      const open = (credentials.endedSessions ?? []).filter((ended) => ended.untilMs > nowMs);
      if (open.length >= ENDED_SESSIONS_MAX) return { ...credentials, endedSessions: [], passwordChangedAtMs: nowMs };
      const untilMs = nowMs + (REFRESH_TOKEN_SECONDS + 1) * 1000;
      return { ...credentials, endedSessions: [...open, { sessionId: caller.sessionId, untilMs }] };
    });
  }

  /**
   * Sets a new password; all older tokens of the user become void.
   *
   * @throws IDENTITY_PASSWORD_WRONG, IDENTITY_PASSWORD_UNCHANGED, IDENTITY_PASSWORD_LENGTH
   */
  async changePassword(caller: Caller, currentPassword: string, newPassword: string): Promise<IssuedTokens> {
    const user = await this.currentUser(caller);
    const credentials = await credentialsOf(this.#deps.entities, user);
    const isRight = credentials?.passwordHash !== undefined && (await this.#deps.hasher.verify(currentPassword, credentials.passwordHash));
    if (!isRight) throw identityErrors.PASSWORD_WRONG();
    if (currentPassword === newPassword) throw identityErrors.PASSWORD_UNCHANGED();
    const changed = await setPassword(this.#deps, user, newPassword);
    return this.#issue({ user, credentials: changed }, this.#deps.ids.next());
  }

  /** @throws IDENTITY_TOKEN_EXPIRED where the user was removed meanwhile */
  async currentUser(caller: Caller): Promise<User> {
    const user = await this.#deps.entities.find('user', caller.tenantId, caller.userId);
    if (user === undefined) throw identityErrors.TOKEN_EXPIRED();
    return user;
  }

  async #accountOf(claims: TokenClaims): Promise<Account> {
    const user = await this.#deps.entities.find('user', claims.tenantId as TenantId, claims.userId);
    const credentials = user === undefined ? undefined : await credentialsOf(this.#deps.entities, user);
    const isOutdated =
      credentials === undefined ||
      !credentials.isEnabled ||
      claims.issuedAtMs <= credentials.passwordChangedAtMs ||
      (credentials.endedSessions ?? []).some((ended) => ended.sessionId === claims.sessionId);
    if (user === undefined || isOutdated) throw identityErrors.TOKEN_EXPIRED();
    return { user, credentials };
  }

  #issue({ user, credentials }: Account, sessionId: string): IssuedTokens {
    const { signer, clock, ids } = this.#deps;
    return issueTokens(signer, user, credentials, { ms: clock.nowMs(), sessionId, tokenId: ids.next() });
  }

  /** Changes the credentials; reads them again where somebody else changed them in between. */
  async #change(user: User, change: (credentials: UserCredentials) => UserCredentials): Promise<UserCredentials> {
    for (;;) {
      const credentials = await credentialsOf(this.#deps.entities, user);
      if (credentials === undefined) throw identityErrors.TOKEN_EXPIRED();
      const entity = change(credentials);
      try {
        await this.#deps.entities.write([{ change: 'update', kind: 'userCredentials', entity }]);
        return entity;
      } catch (error) {
        // Each conflict means that another change went through, so this ends after as many turns as there are changes.
        if (!isProblem(error) || error.code !== 'STORAGE_VERSION_CONFLICT') throw error;
      }
    }
  }
}

/** Counts from one again once a lock is over, so that the next typing error does not lock at once. */
function countWrongPassword(nowMs: number): (credentials: UserCredentials) => UserCredentials {
  return ({ lockedUntilMs, ...credentials }) => {
    const failedAttempts = (lockedUntilMs === undefined ? credentials.failedAttempts : 0) + 1;
    return { ...credentials, failedAttempts, ...(failedAttempts >= WRONG_PASSWORDS_MAX ? { lockedUntilMs: nowMs + LOCK_MS } : {}) };
  };
}

function forgetWrongPasswords({ lockedUntilMs: _, ...credentials }: UserCredentials): UserCredentials {
  return { ...credentials, failedAttempts: 0 };
}
