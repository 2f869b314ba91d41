import type { Customer, TenantId, User, UserCredentials } from '@fieldline/model';
import { tokensVoidUntil, voidTokensNow } from '@fieldline/model';
import type { Admission, Admitter, Authenticator, Caller } from '@fieldline/ports';
import { actingUserOf } from '@fieldline/ports';
import { callerOfKeyHash, hashOfKey } from './api-key-caller.js';
import { changeCredentials } from './change-credentials.js';
import { identityErrors } from './errors.js';
import type { IdentityDeps } from './identity-deps.js';
import { ENDED_SESSIONS_MAX } from './limits.js';
import { passwordChangedMail } from './mails.js';
import { credentialsOf, withPassword } from './passwords.js';
import { publicCustomer, userOfPublic } from './public-customer.js';
import { userAction, writeRecorded } from './records.js';
import type { SignInOrigin } from './sign-in.js';
import { dataOf, SignIn } from './sign-in.js';
import type { IssuedTokens, TokenClaims, TokenSubject } from './tokens.js';
import { issueTokens, readToken } from './tokens.js';

/** Signing in and out, and telling who a token stands for. */
export class Identity implements Authenticator, Admitter {
  readonly #deps: IdentityDeps;
  readonly #signIn: SignIn;

  constructor(deps: IdentityDeps) {
    this.#deps = deps;
    this.#signIn = new SignIn(deps);
  }

  /**
   * @throws IDENTITY_SIGN_IN_INCOMPLETE, IDENTITY_SIGN_IN_REFUSED, IDENTITY_USER_LOCKED, IDENTITY_USER_DISABLED,
   *   IDENTITY_PASSWORD_VIOLATION, IDENTITY_PASSWORD_EXPIRED
   */
  async signIn(email: string, password: string, origin: SignInOrigin = {}): Promise<IssuedTokens> {
    const { user, credentials } = await this.#signIn.check(email, password, origin);
    return this.issue(user, credentials);
  }

  /**
   * Signs in whoever knows the id of a public customer, without a user.
   *
   * @throws IDENTITY_SIGN_IN_REFUSED
   */
  async signInPublic(customerId: string): Promise<IssuedTokens> {
    const customer = await publicCustomer(this.#deps.entities, customerId);
    if (customer === undefined) throw identityErrors.SIGN_IN_REFUSED();
    return this.#issue(subjectOfPublic(customer), this.#deps.ids.next());
  }

  /** @throws IDENTITY_TOKEN_MALFORMED, IDENTITY_TOKEN_EXPIRED */
  async refresh(refreshToken: string): Promise<IssuedTokens> {
    const claims = await this.#read(refreshToken);
    if (!claims.isRefresh) throw identityErrors.TOKEN_MALFORMED();
    return this.#issue(await this.#subjectOf(claims), claims.sessionId);
  }

  async authenticate(accessToken: string): Promise<Caller> {
    return (await this.admit(accessToken)).caller;
  }

  /** @throws IDENTITY_KEY_REFUSED */
  async authenticateKey(value: string): Promise<Caller> {
    return (await this.admitKey(value)).caller;
  }

  async admit(accessToken: string): Promise<Admission> {
    const claims = await this.#read(accessToken);
    if (claims.isRefresh) throw identityErrors.TOKEN_MALFORMED();
    const renew = async (): Promise<Caller> => {
      const { user, isPublic } = await this.#subjectOf(claims);
      return callerOf(user, claims.sessionId, claims.expiresAtMs, isPublic);
    };
    return { caller: await renew(), renew };
  }

  async admitKey(value: string): Promise<Admission> {
    const hash = hashOfKey(this.#deps, value);
    const renew = async (): Promise<Caller> => {
      const { user, key } = await callerOfKeyHash(this.#deps, hash);
      return callerOf(user, key.id, key.expiresAtMs ?? Number.MAX_SAFE_INTEGER, false);
    };
    const caller = await renew();
    return { caller, endsAtMs: caller.expiresAtMs, renew };
  }

  /** Makes the tokens of this sign-in void, the refresh token included. What is no sign-in, such as an API key, stays. */
  async signOut(caller: Caller, origin: SignInOrigin = {}): Promise<void> {
    if (caller.isPublic === true) return;
    const nowMs = this.#deps.clock.nowMs();
    const { refreshTokenExpTime } = await this.#deps.settings.tokens();
    const user = await this.currentUser(caller);
    const recorded = [{ action: userAction('LOGOUT', user, { data: dataOf(origin) }) }];
    await changeCredentials(this.#deps, user, (stored) => {
      const open = (stored.endedSessions ?? []).filter((ended) => ended.untilMs > nowMs);
      const isFull = open.length >= ENDED_SESSIONS_MAX;
      if (isFull)
        return { credentials: { ...stored, endedSessions: [], tokensVoidBeforeMs: voidTokensNow(nowMs, tokensVoidUntil(stored)) }, recorded };
      const untilMs = nowMs + (refreshTokenExpTime + 1) * 1000;
      return { credentials: { ...stored, endedSessions: [...open, { sessionId: caller.sessionId, untilMs }] }, recorded };
    });
  }

  /**
   * Sets a new password; all older tokens of the user become void.
   *
   * @throws IDENTITY_PASSWORD_WRONG, IDENTITY_PASSWORD_UNCHANGED, IDENTITY_PASSWORD_REFUSED, IDENTITY_PASSWORD_REUSED
   */
  async changePassword(caller: Caller, currentPassword: string, newPassword: string): Promise<IssuedTokens> {
    if (caller.isPublic === true) throw identityErrors.PERMISSION_DENIED();
    const user = await this.currentUser(caller);
    const { passwordPolicy } = await this.#deps.settings.security();
    const changed = await changeCredentials(this.#deps, user, async (stored) => {
      const isRight = stored.passwordHash !== undefined && (await this.#deps.hasher.verify(currentPassword, stored.passwordHash));
      if (!isRight) throw identityErrors.PASSWORD_WRONG();
      if (currentPassword === newPassword) throw identityErrors.PASSWORD_UNCHANGED();
      const credentials = await withPassword(this.#deps, stored, newPassword, passwordPolicy);
      return { credentials, recorded: [{ action: userAction('CREDENTIALS_UPDATED', user) }] };
    });
    this.#deps.post(passwordChangedMail(user.email));
    return this.issue(user, changed);
  }

  /** Who the caller is; a made-up user for a public customer. @throws IDENTITY_TOKEN_EXPIRED where the user was removed meanwhile */
  async currentUser(caller: Caller): Promise<User> {
    const user =
      caller.isPublic === true
        ? subjectOfPublic((await publicCustomer(this.#deps.entities, caller.userId)) ?? expired()).user
        : await this.#deps.entities.find('user', caller.tenantId, caller.userId);
    return user ?? expired();
  }

  /**
   * Tokens of another user, for an administrator who may act as that user: the directory has checked it.
   *
   * @throws IDENTITY_USER_INACTIVE
   */
  async impersonate(caller: Caller, user: User): Promise<IssuedTokens> {
    const credentials = await credentialsOf(this.#deps.entities, user);
    if (credentials?.isEnabled !== true) throw identityErrors.USER_INACTIVE();
    const action = userAction('LOGIN', user, { by: actingUserOf(caller), data: { impersonatedBy: caller.email } });
    await writeRecorded(this.#deps, [], [{ action }]);
    return this.issue(user, credentials);
  }

  /** A new pair of tokens, of a sign-in of its own. */
  issue(user: User, credentials: UserCredentials): Promise<IssuedTokens> {
    return this.#issue(subjectOfUser(user, credentials), this.#deps.ids.next());
  }

  /** A new pair for a caller whose tokens became void by a change of settings. */
  async reissue(caller: Caller): Promise<IssuedTokens> {
    const user = await this.currentUser(caller);
    return this.issue(user, (await credentialsOf(this.#deps.entities, user)) ?? expired());
  }

  async #read(token: string): Promise<TokenClaims> {
    return readToken(this.#deps.signer, await this.#deps.settings.tokens(), token, this.#deps.clock.nowMs());
  }

  async #subjectOf(claims: TokenClaims): Promise<TokenSubject> {
    const { entities, settings } = this.#deps;
    const { changedAtMs } = await settings.tokens();
    if (claims.isPublic) {
      const customer = await publicCustomer(entities, claims.userId);
      return customer === undefined || claims.issuedAtMs <= changedAtMs ? expired() : subjectOfPublic(customer);
    }
    const user = await entities.find('user', claims.tenantId as TenantId, claims.userId);
    const credentials = user === undefined ? undefined : await credentialsOf(entities, user);
    if (user === undefined || credentials?.isEnabled !== true) return expired();
    const subject = subjectOfUser(user, credentials);
    const hasEnded = (credentials.endedSessions ?? []).some((ended) => ended.sessionId === claims.sessionId);
    return hasEnded || claims.issuedAtMs <= Math.max(subject.voidBeforeMs, changedAtMs) ? expired() : subject;
  }

  async #issue(subject: TokenSubject, sessionId: string): Promise<IssuedTokens> {
    const { signer, settings, clock, ids } = this.#deps;
    const tokens = await settings.tokens();
    const voidBeforeMs = Math.max(subject.voidBeforeMs, tokens.changedAtMs);
    return issueTokens(signer, tokens, { ...subject, voidBeforeMs }, { ms: clock.nowMs(), sessionId, tokenId: ids.next() });
  }
}

function subjectOfUser(user: User, credentials: UserCredentials): TokenSubject {
  return { user, isEnabled: credentials.isEnabled, isPublic: false, voidBeforeMs: tokensVoidUntil(credentials) };
}

function subjectOfPublic(customer: Customer): TokenSubject {
  return { user: userOfPublic(customer), isEnabled: true, isPublic: true, voidBeforeMs: 0 };
}

function callerOf(user: User, sessionId: string, expiresAtMs: number, isPublic: boolean): Caller {
  return {
    userId: user.id,
    email: user.email,
    authority: user.authority,
    tenantId: user.tenantId as TenantId,
    customerId: user.customerId,
    sessionId,
    expiresAtMs,
    isPublic,
    firstName: user.firstName,
    lastName: user.lastName,
  };
}

function expired(): never {
  throw identityErrors.TOKEN_EXPIRED();
}
