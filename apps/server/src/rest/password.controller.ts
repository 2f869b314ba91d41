import {
  activateRequestSchema,
  queryFlag,
  resetByEmailRequestSchema,
  resetPasswordRequestSchema,
  tokenPairSchema,
  wirePasswordPolicySchema,
} from '@fieldline/api-contract';
import type { Activation, PasswordReset, SystemAdministration } from '@fieldline/identity';
import { Controller, Inject, Req } from '@nestjs/common';
import * as z from 'zod';
import type { PublicUrl } from './public-url.js';
import type { AnswerOf, InputOf, RestRequest } from './route.js';
import { defineRoute, Handles, Input } from './route.js';
import { ACTIVATION, ADMINISTRATION, PASSWORD_RESET, PUBLIC_URL } from './tokens.js';

const area = 'Sign-in';
const permission = 'public';
const linkToken = z.string().max(255);

const policy = defineRoute({
  method: 'GET',
  path: '/api/noauth/userPasswordPolicy',
  area,
  summary: 'What a password must be like.',
  permission,
  response: wirePasswordPolicySchema,
});
const openActivation = defineRoute({
  method: 'GET',
  path: '/api/noauth/activate',
  area,
  summary: 'Opens an activation link: leads to the page that sets the first password.',
  permission,
  query: z.object({ activateToken: linkToken.describe('Token of the link.') }),
  redirects: true,
});
const activate = defineRoute({
  method: 'POST',
  path: '/api/noauth/activate',
  area,
  summary: 'Sets the first password of a user and signs in.',
  permission,
  query: z.object({ sendActivationMail: queryFlag().default(true).describe('Whether the user gets a mail that says so.') }),
  body: activateRequestSchema,
  response: tokenPairSchema,
});
const reportLost = defineRoute({
  method: 'POST',
  path: '/api/noauth/resetPasswordByEmail',
  area,
  summary: 'Sends a user a link to set a new password. Answers the same whether there is such a user or not.',
  permission,
  body: resetByEmailRequestSchema,
});
const openReset = defineRoute({
  method: 'GET',
  path: '/api/noauth/resetPassword',
  area,
  summary: 'Opens a link to set a new password: leads to the page for it.',
  permission,
  query: z.object({ resetToken: linkToken.describe('Token of the link.') }),
  redirects: true,
});
const reset = defineRoute({
  method: 'POST',
  path: '/api/noauth/resetPassword',
  area,
  summary: 'Sets a new password; all older tokens of the user become void.',
  permission,
  body: resetPasswordRequestSchema,
});

/** Passwords of those who are not signed in: the first one, and a lost one. */
@Controller()
export class PasswordController {
  readonly #activation: Activation;
  readonly #reset: PasswordReset;
  readonly #administration: SystemAdministration;
  readonly #publicUrl: PublicUrl;

  constructor(
    @Inject(ACTIVATION) activation: Activation,
    @Inject(PASSWORD_RESET) passwordReset: PasswordReset,
    @Inject(ADMINISTRATION) administration: SystemAdministration,
    @Inject(PUBLIC_URL) publicUrl: PublicUrl,
  ) {
    this.#activation = activation;
    this.#reset = passwordReset;
    this.#administration = administration;
    this.#publicUrl = publicUrl;
  }

  @Handles(policy)
  async policy(): Promise<AnswerOf<typeof policy>> {
    return (await this.#administration.security()).passwordPolicy;
  }

  @Handles(openActivation)
  async openActivation(@Input() { query }: InputOf<typeof openActivation>): Promise<AnswerOf<typeof openActivation>> {
    const state = await this.#activation.stateOf(query.activateToken);
    return { url: state === 'expired' ? '/activationLinkExpired' : `/login/createPassword?activateToken=${encodeURIComponent(query.activateToken)}` };
  }

  @Handles(activate)
  async activate(@Input() { query, body }: InputOf<typeof activate>, @Req() request: RestRequest): Promise<AnswerOf<typeof activate>> {
    const base = query.sendActivationMail ? await this.#publicUrl.forStrangers(request) : undefined;
    return this.#activation.activate(body.activateToken, body.password, base);
  }

  @Handles(reportLost)
  async reportLost(@Input() { body }: InputOf<typeof reportLost>, @Req() request: RestRequest): Promise<void> {
    this.#reset.report(body.email, await this.#publicUrl.forStrangers(request));
  }

  @Handles(openReset)
  async openReset(@Input() { query }: InputOf<typeof openReset>): Promise<AnswerOf<typeof openReset>> {
    const state = await this.#reset.stateOf(query.resetToken);
    return { url: state === 'expired' ? '/passwordResetLinkExpired' : `/login/resetPassword?resetToken=${encodeURIComponent(query.resetToken)}` };
  }

  @Handles(reset)
  async reset(@Input() { body }: InputOf<typeof reset>): Promise<void> {
    await this.#reset.reset(body.resetToken, body.password);
  }
}
