import { queryFlag, tokenPairSchema, userDraftOf, userSaveSchema, userToWire, wireUserSchema } from '@fieldline/api-contract';
import { directoryErrors, type UserActivation, type Users } from '@fieldline/directory';
import type { Identity } from '@fieldline/identity';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject, Req } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import type { PublicUrl } from './public-url.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf, RestRequest } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { IDENTITY, PUBLIC_URL, REST_DEPS, USER_ACTIVATION, USERS } from './tokens.js';

const area = 'Users';
const params = idParams('userId');

const saveUser = defineRoute({
  method: 'POST',
  path: '/api/user',
  area,
  summary: 'Creates a user, or replaces one. A new user sets the first password by the activation link.',
  permission: 'user.write',
  query: z.object({ sendActivationMail: queryFlag().default(true).describe('Whether a new user gets the link by mail.') }),
  body: userSaveSchema,
  response: wireUserSchema,
});
const readUser = defineRoute({
  method: 'GET',
  path: '/api/user/:userId',
  area,
  summary: 'One user.',
  permission: 'user.read',
  params,
  response: wireUserSchema,
});
const removeUser = defineRoute({
  method: 'DELETE',
  path: '/api/user/:userId',
  area,
  summary: 'Removes a user; its alarms are assigned to nobody.',
  permission: 'user.delete',
  params,
});
const tokenOfUser = defineRoute({
  method: 'GET',
  path: '/api/user/:userId/token',
  area,
  summary: 'Tokens to act as a user.',
  permission: 'user.impersonate',
  params,
  response: tokenPairSchema,
});
const tokenAccess = defineRoute({
  method: 'GET',
  path: '/api/user/tokenAccessEnabled',
  area,
  summary: 'Whether administrators may act as their users.',
  permission: 'user.impersonate',
  response: z.boolean(),
});

/** Users of tenants and customers, one at a time. */
@Controller()
export class UserController {
  readonly #users: Users;
  readonly #activation: UserActivation;
  readonly #identity: Identity;
  readonly #publicUrl: PublicUrl;
  readonly #isTokenAccessEnabled: boolean;

  constructor(
    @Inject(USERS) users: Users,
    @Inject(USER_ACTIVATION) activation: UserActivation,
    @Inject(IDENTITY) identity: Identity,
    @Inject(PUBLIC_URL) publicUrl: PublicUrl,
    @Inject(REST_DEPS) deps: RestDeps,
  ) {
    this.#users = users;
    this.#activation = activation;
    this.#identity = identity;
    this.#publicUrl = publicUrl;
    this.#isTokenAccessEnabled = deps.userTokenAccessEnabled;
  }

  @Handles(saveUser)
  async save(
    @CallerOf() caller: Caller,
    @Input() { query, body }: InputOf<typeof saveUser>,
    @Req() request: RestRequest,
  ): Promise<AnswerOf<typeof saveUser>> {
    const base = query.sendActivationMail ? await this.#publicUrl.of(request) : undefined;
    return userToWire(await this.#activation.save(caller, userDraftOf(body), base));
  }

  @Handles(readUser)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readUser>): Promise<AnswerOf<typeof readUser>> {
    return userToWire(await this.#users.get(caller, input.params.userId));
  }

  @Handles(removeUser)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeUser>): Promise<void> {
    await this.#users.remove(caller, input.params.userId);
  }

  @Handles(tokenOfUser)
  async tokenOf(@CallerOf() caller: Caller, @Input() input: InputOf<typeof tokenOfUser>): Promise<AnswerOf<typeof tokenOfUser>> {
    if (!this.#isTokenAccessEnabled) throw directoryErrors.ACCESS_DENIED();
    return this.#identity.impersonate(caller, await this.#users.get(caller, input.params.userId, 'write'));
  }

  @Handles(tokenAccess)
  tokenAccess(): AnswerOf<typeof tokenAccess> {
    return this.#isTokenAccessEnabled;
  }
}
