import { randomAlphanumerics } from '@fieldline/kernel';
import type { ActionType, User, UserCredentials } from '@fieldline/model';
import { tokensVoidUntil, voidTokensNow } from '@fieldline/model';
import type { Caller, Mail, MailSender } from '@fieldline/ports';
import { entityAction } from './actions.js';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter, savedOnce } from './entity-writer.js';
import { ACTIVATION_LEFT_MIN_MS, ACTIVATION_TTL_MS, LINK_TOKEN_LENGTH } from './limits.js';
import { directoryErrors } from './errors.js';
import { userErrors } from './user-errors.js';
import type { UserDraft, Users } from './users.js';

/** A link by which a user sets the first password. */
export interface ActivationLink {
  readonly value: string;
  readonly ttlMs: number;
}

/** Lets users in and keeps them out: activation links, and the switch. */
export class UserActivation {
  readonly #deps: DirectoryDeps;
  readonly #users: Users;
  readonly #writer: EntityWriter;
  readonly #mail: MailSender;

  constructor(deps: DirectoryDeps, users: Users, mail: MailSender) {
    this.#deps = deps;
    this.#users = users;
    this.#writer = new EntityWriter(deps);
    this.#mail = mail;
  }

  /**
   * Saves a user and sends a new one the activation link.
   *
   * @param base address of the web app for the link; absent sends none
   * @throws MAIL_NOT_SENT  the new user was removed again
   */
  async save(caller: Caller, draft: UserDraft, base: string | undefined): Promise<User> {
    const user = await this.#users.save(caller, draft);
    if (draft.id !== undefined || base === undefined) return user;
    try {
      await this.#mail.send(activationMail(user.email, (await this.link(caller, user.id, base)).value));
    } catch (error) {
      await this.#users.discard(caller, user);
      throw error;
    }
    return user;
  }

  /**
   * The link that works now; a new one where the old one is over, or nearly.
   *
   * @throws DIRECTORY_USER_ACTIVATED
   */
  async link(caller: Caller, id: string, base: string): Promise<ActivationLink> {
    const user = await this.#users.get(caller, id, 'write');
    const { activateToken = '', activateTokenUntilMs = 0 } = await savedOnce(undefined, () => this.#withToken(user));
    return { value: `${base}/api/noauth/activate?activateToken=${activateToken}`, ttlMs: activateTokenUntilMs - this.#deps.clock.nowMs() };
  }

  /** @throws DIRECTORY_USER_NOT_FOUND, DIRECTORY_USER_ACTIVATED, DIRECTORY_ACCESS_DENIED, MAIL_NOT_SENT */
  async sendLink(caller: Caller, email: string, base: string): Promise<void> {
    const user = await this.#deps.entities.userByEmail(email.trim());
    if (user === undefined) throw userErrors.USER_NOT_FOUND();
    await this.#mail.send(activationMail(user.email, (await this.link(caller, user.id, base)).value));
  }

  /**
   * Lets a user in, or keeps it out; then all its tokens are void, for good.
   *
   * @throws DIRECTORY_USER_WITHOUT_PASSWORD
   */
  async setEnabled(caller: Caller, id: string, isEnabled: boolean): Promise<void> {
    const user = await this.#users.get(caller, id, 'write');
    await savedOnce(undefined, async () => {
      const stored = await this.#credentialsOf(user);
      if (stored.isEnabled === isEnabled) return;
      if (isEnabled && stored.passwordHash === undefined) throw userErrors.USER_WITHOUT_PASSWORD();
      const entity = {
        ...stored,
        isEnabled,
        ...(isEnabled ? {} : { tokensVoidBeforeMs: voidTokensNow(this.#deps.clock.nowMs(), tokensVoidUntil(stored)) }),
      };
      const type: ActionType = isEnabled ? 'ACTIVATED' : 'SUSPENDED';
      await this.#writer.write([{ change: 'update', kind: 'userCredentials', entity }], {
        actions: [entityAction(caller, type, 'user', { before: user, after: user })],
      });
    });
  }

  async #withToken(user: User): Promise<UserCredentials> {
    const stored = await this.#credentialsOf(user);
    if (stored.passwordHash !== undefined) throw userErrors.USER_ACTIVATED();
    const nowMs = this.#deps.clock.nowMs();
    if (stored.activateToken !== undefined && (stored.activateTokenUntilMs ?? 0) - nowMs >= ACTIVATION_LEFT_MIN_MS) return stored;
    const activateToken = randomAlphanumerics(LINK_TOKEN_LENGTH, this.#deps.random);
    const entity = { ...stored, activateToken, activateTokenUntilMs: nowMs + ACTIVATION_TTL_MS };
    await this.#writer.write([{ change: 'update', kind: 'userCredentials', entity }]);
    return entity;
  }

  async #credentialsOf(user: User): Promise<UserCredentials> {
    const tenantId = user.tenantId as Caller['tenantId'];
    const [credentials] = await this.#deps.entities.findAll('userCredentials', tenantId, { userId: user.id }, 1);
    if (credentials === undefined) throw directoryErrors.ENTITY_NOT_FOUND({ label: 'User', id: user.id });
    return credentials;
  }
}

function activationMail(to: string, link: string): Mail {
  const text = `You have an account, ${to}. To set a password and sign in, open this link within 24 hours:\n\n${link}\n\nFieldline`;
  return { to, subject: 'Activate your account', text };
}
