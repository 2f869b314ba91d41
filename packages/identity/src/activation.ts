import type { TenantId, User, UserCredentials } from '@fieldline/model';
import { changeCredentials } from './change-credentials.js';
import { identityErrors } from './errors.js';
import type { Identity } from './identity.js';
import type { IdentityDeps } from './identity-deps.js';
import { activatedMail } from './mails.js';
import { withPassword } from './passwords.js';
import { userAction } from './records.js';
import type { IssuedTokens } from './tokens.js';

/** Whether a link to set a password still works. */
export type LinkState = 'usable' | 'expired';

/** The first password of a user, set by whoever has the activation link. */
export class Activation {
  readonly #deps: IdentityDeps;
  readonly #identity: Identity;

  constructor(deps: IdentityDeps, identity: Identity) {
    this.#deps = deps;
    this.#identity = identity;
  }

  /** @throws IDENTITY_ACTIVATION_UNKNOWN */
  async stateOf(activateToken: string): Promise<LinkState> {
    const credentials = await this.#find(activateToken);
    if (credentials === undefined) throw identityErrors.ACTIVATION_UNKNOWN();
    return this.#isOver(credentials) ? 'expired' : 'usable';
  }

  /**
   * Sets the first password and lets the user in.
   *
   * @param mailBase address of the web app for a mail that says so; absent sends none
   * @throws IDENTITY_ACTIVATION_REFUSED, IDENTITY_ACTIVATION_EXPIRED, IDENTITY_PASSWORD_REFUSED
   */
  async activate(activateToken: string, password: string, mailBase?: string): Promise<IssuedTokens> {
    const found = await this.#find(activateToken);
    const user = found && (await this.#deps.entities.find('user', found.tenantId as TenantId, found.userId));
    if (user === undefined) throw identityErrors.ACTIVATION_REFUSED();
    const credentials = await this.#setPassword(user, activateToken, password);
    if (mailBase !== undefined) this.#deps.post(activatedMail(user.email, mailBase));
    return this.#identity.issue(user, credentials);
  }

  async #setPassword(user: User, activateToken: string, password: string): Promise<UserCredentials> {
    const { passwordPolicy } = await this.#deps.settings.security();
    return changeCredentials(this.#deps, user, async (stored) => {
      // Used meanwhile: a link works once.
      if (stored.activateToken !== activateToken) throw identityErrors.ACTIVATION_REFUSED();
      if (this.#isOver(stored)) throw identityErrors.ACTIVATION_EXPIRED();
      const credentials = await withPassword(this.#deps, stored, password, passwordPolicy);
      return { credentials: { ...credentials, isEnabled: true }, recorded: [{ action: userAction('ACTIVATED', user) }] };
    });
  }

  async #find(activateToken: string): Promise<UserCredentials | undefined> {
    return activateToken === '' ? undefined : this.#deps.entities.findUnique('userCredentials', 'activateToken', activateToken);
  }

  #isOver({ activateTokenUntilMs = 0 }: UserCredentials): boolean {
    return activateTokenUntilMs <= this.#deps.clock.nowMs();
  }
}
