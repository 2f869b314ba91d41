import { randomAlphanumerics } from '@fieldline/kernel';
import type { TenantId, UserCredentials } from '@fieldline/model';
import type { LinkState } from './activation.js';
import { changeCredentials } from './change-credentials.js';
import { identityErrors } from './errors.js';
import type { IdentityDeps } from './identity-deps.js';
import { LINK_TOKEN_LENGTH, LINK_TTL_MS, PASSWORD_RESETS, RESETS_UNDER_WAY_MAX } from './limits.js';
import { passwordChangedMail, resetMail } from './mails.js';
import { credentialsOf, withPassword } from './passwords.js';
import { RateLimiter } from './rate-limit.js';
import { userAction } from './records.js';

/** Lost passwords: a link by mail, which works once, for 24 hours. The token is kept as its hash only. */
export class PasswordReset {
  readonly #deps: IdentityDeps;
  readonly #mails: RateLimiter;
  readonly #openings: RateLimiter;
  #underWay = 0;

  constructor(deps: IdentityDeps) {
    this.#deps = deps;
    this.#mails = new RateLimiter(deps.clock);
    this.#openings = new RateLimiter(deps.clock);
  }

  /**
   * Sends a user a link to set a new password. It returns at once and tells nothing: who asks must not learn whether
   * there is such a user, neither from the answer nor from the time it takes.
   *
   * @param base address of the web app
   */
  report(email: string, base: string): void {
    if (this.#underWay >= RESETS_UNDER_WAY_MAX) return this.#deps.log.warn('password-reset-dropped', { underWay: this.#underWay });
    this.#underWay += 1;
    this.#send(email.trim(), base)
      .catch((error: unknown) => this.#deps.log.error('password-reset-failed', { error }))
      .finally(() => (this.#underWay -= 1));
  }

  /** @throws IDENTITY_RESET_UNKNOWN, IDENTITY_RESETS_TOO_MANY */
  async stateOf(resetToken: string): Promise<LinkState> {
    const credentials = await this.#find(resetToken);
    if (credentials === undefined) throw identityErrors.RESET_UNKNOWN();
    if (!this.#openings.tryTake(credentials.userId, [PASSWORD_RESETS])) throw identityErrors.RESETS_TOO_MANY();
    return this.#isOver(credentials) ? 'expired' : 'usable';
  }

  /**
   * Sets a new password. A user whom an administrator disabled stays disabled.
   *
   * @throws IDENTITY_RESET_REFUSED, IDENTITY_RESET_EXPIRED, IDENTITY_PASSWORD_REFUSED, IDENTITY_PASSWORD_UNCHANGED,
   *   IDENTITY_PASSWORD_REUSED
   */
  async reset(resetToken: string, password: string): Promise<void> {
    const found = await this.#find(resetToken);
    const user = found && (await this.#deps.entities.find('user', found.tenantId as TenantId, found.userId));
    if (user === undefined) throw identityErrors.RESET_REFUSED();
    const { passwordPolicy } = await this.#deps.settings.security();
    await changeCredentials(this.#deps, user, async (stored) => {
      // Used meanwhile: a link works once.
      if (stored.resetToken !== this.#deps.sha256(resetToken)) throw identityErrors.RESET_REFUSED();
      if (this.#isOver(stored)) throw identityErrors.RESET_EXPIRED();
      const credentials = await withPassword(this.#deps, stored, password, passwordPolicy);
      return { credentials, recorded: [{ action: userAction('CREDENTIALS_UPDATED', user) }] };
    });
    this.#deps.post(passwordChangedMail(user.email));
  }

  async #send(email: string, base: string): Promise<void> {
    const { entities, clock, random, sha256, mail } = this.#deps;
    const user = await entities.userByEmail(email);
    const credentials = user && (await credentialsOf(entities, user));
    if (user === undefined || credentials?.isEnabled !== true || !this.#mails.tryTake(user.id, [PASSWORD_RESETS])) return;
    const resetToken = randomAlphanumerics(LINK_TOKEN_LENGTH, random);
    await changeCredentials(this.#deps, user, (stored) => ({
      credentials: { ...stored, resetToken: sha256(resetToken), resetTokenUntilMs: clock.nowMs() + LINK_TTL_MS },
      recorded: [],
    }));
    await mail.send(resetMail(user.email, `${base}/api/noauth/resetPassword?resetToken=${resetToken}`));
  }

  async #find(resetToken: string): Promise<UserCredentials | undefined> {
    return resetToken === '' ? undefined : this.#deps.entities.findUnique('userCredentials', 'resetToken', this.#deps.sha256(resetToken));
  }

  #isOver({ resetTokenUntilMs = 0 }: UserCredentials): boolean {
    return resetTokenUntilMs <= this.#deps.clock.nowMs();
  }
}
