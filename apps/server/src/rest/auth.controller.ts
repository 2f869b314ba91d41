import {
  changePasswordRequestSchema,
  loginRequestSchema,
  publicLoginRequestSchema,
  refreshRequestSchema,
  tokenPairSchema,
  userToWire,
  wireUserSchema,
} from '@fieldline/api-contract';
import type { Identity } from '@fieldline/identity';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject, Req } from '@nestjs/common';
import type { AnswerOf, InputOf, RestRequest } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { IDENTITY } from './tokens.js';

const area = 'Sign-in';
const login = defineRoute({
  method: 'POST',
  path: '/api/auth/login',
  area,
  summary: 'Signs in with email and password.',
  permission: 'public',
  body: loginRequestSchema,
  response: tokenPairSchema,
});
const loginPublic = defineRoute({
  method: 'POST',
  path: '/api/auth/login/public',
  area,
  summary: 'Signs in to a public customer, without a user.',
  permission: 'public',
  body: publicLoginRequestSchema,
  response: tokenPairSchema,
});
const refresh = defineRoute({
  method: 'POST',
  path: '/api/auth/token',
  area,
  summary: 'Exchanges a refresh token for a new pair of tokens.',
  permission: 'public',
  body: refreshRequestSchema,
  response: tokenPairSchema,
});
const current = defineRoute({
  method: 'GET',
  path: '/api/auth/user',
  area,
  summary: 'The user that is signed in.',
  permission: 'session.use',
  response: wireUserSchema,
});
const logout = defineRoute({ method: 'POST', path: '/api/auth/logout', area, summary: 'Ends this sign-in.', permission: 'session.use' });
const changePassword = defineRoute({
  method: 'POST',
  path: '/api/auth/changePassword',
  area,
  summary: 'Changes the own password; all older tokens become void.',
  permission: 'session.use',
  body: changePasswordRequestSchema,
  response: tokenPairSchema,
});

/** Signing in and out. */
@Controller()
export class AuthController {
  readonly #identity: Identity;

  constructor(@Inject(IDENTITY) identity: Identity) {
    this.#identity = identity;
  }

  @Handles(login)
  login(@Input() { body }: InputOf<typeof login>, @Req() { ip }: RestRequest): Promise<AnswerOf<typeof login>> {
    return this.#identity.signIn(body.username, body.password, { clientAddress: ip });
  }

  @Handles(loginPublic)
  loginPublic(@Input() { body }: InputOf<typeof loginPublic>): Promise<AnswerOf<typeof loginPublic>> {
    return this.#identity.signInPublic(body.publicId);
  }

  @Handles(refresh)
  refresh(@Input() { body }: InputOf<typeof refresh>): Promise<AnswerOf<typeof refresh>> {
    return this.#identity.refresh(body.refreshToken);
  }

  @Handles(current)
  async current(@CallerOf() caller: Caller): Promise<AnswerOf<typeof current>> {
    return userToWire(await this.#identity.currentUser(caller));
  }

  @Handles(logout)
  async logout(@CallerOf() caller: Caller, @Req() { ip }: RestRequest): Promise<void> {
    await this.#identity.signOut(caller, { clientAddress: ip });
  }

  @Handles(changePassword)
  changePassword(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof changePassword>): Promise<AnswerOf<typeof changePassword>> {
    return this.#identity.changePassword(caller, body.currentPassword, body.newPassword);
  }
}
