import { activationLinkInfoSchema, queryFlag } from '@fieldline/api-contract';
import type { UserActivation } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject, Req } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import type { PublicUrl } from './public-url.js';
import type { AnswerOf, InputOf, RestRequest } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { PUBLIC_URL, USER_ACTIVATION } from './tokens.js';

const area = 'Users';
const permission = 'user.activate';
const params = idParams('userId');

const readLink = defineRoute({
  method: 'GET',
  path: '/api/user/:userId/activationLink',
  area,
  summary: 'The link by which a user sets the first password.',
  permission,
  params,
  response: z.string(),
  answers: 'text',
});
const readLinkInfo = defineRoute({
  method: 'GET',
  path: '/api/user/:userId/activationLinkInfo',
  area,
  summary: 'The link by which a user sets the first password, and how long it works.',
  permission,
  params,
  response: activationLinkInfoSchema,
});
const sendLink = defineRoute({
  method: 'POST',
  path: '/api/user/sendActivationMail',
  area,
  summary: 'Sends a user the activation link by mail.',
  permission,
  query: z.object({ email: z.string().max(255).describe('Email of the user.') }),
});
const setEnabled = defineRoute({
  method: 'POST',
  path: '/api/user/:userId/userCredentialsEnabled',
  area,
  summary: 'Lets a user in, or keeps it out.',
  permission,
  params,
  query: z.object({ userCredentialsEnabled: queryFlag().default(true).describe('Whether the user may sign in.') }),
});

/** Who among the users may sign in. */
@Controller()
export class UserActivationController {
  readonly #activation: UserActivation;
  readonly #publicUrl: PublicUrl;

  constructor(@Inject(USER_ACTIVATION) activation: UserActivation, @Inject(PUBLIC_URL) publicUrl: PublicUrl) {
    this.#activation = activation;
    this.#publicUrl = publicUrl;
  }

  @Handles(readLink)
  async link(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readLink>, @Req() request: RestRequest): Promise<AnswerOf<typeof readLink>> {
    return (await this.#activation.link(caller, input.params.userId, await this.#publicUrl.of(request))).value;
  }

  @Handles(readLinkInfo)
  async linkInfo(
    @CallerOf() caller: Caller,
    @Input() input: InputOf<typeof readLinkInfo>,
    @Req() request: RestRequest,
  ): Promise<AnswerOf<typeof readLinkInfo>> {
    return this.#activation.link(caller, input.params.userId, await this.#publicUrl.of(request));
  }

  @Handles(sendLink)
  async send(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof sendLink>, @Req() request: RestRequest): Promise<void> {
    await this.#activation.sendLink(caller, query.email, await this.#publicUrl.of(request));
  }

  @Handles(setEnabled)
  async setEnabled(@CallerOf() caller: Caller, @Input() input: InputOf<typeof setEnabled>): Promise<void> {
    await this.#activation.setEnabled(caller, input.params.userId, input.query.userCredentialsEnabled);
  }
}
