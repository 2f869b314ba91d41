import { userToWire, wireUserSchema } from '@fieldline/api-contract';
import { directoryErrors } from '@fieldline/directory';
import type { Caller, EntityAccess, EntityStore } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import { idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ACCESS, REST_DEPS } from './tokens.js';

const readUser = defineRoute({
  method: 'GET',
  path: '/api/user/:userId',
  area: 'Users',
  summary: 'One user.',
  permission: 'user.read',
  params: idParams('userId'),
  response: wireUserSchema,
});

/** Users, as far as they can be looked at. */
@Controller()
export class AccountController {
  readonly #access: EntityAccess;
  readonly #entities: EntityStore;

  constructor(@Inject(ACCESS) access: EntityAccess, @Inject(REST_DEPS) deps: RestDeps) {
    this.#access = access;
    this.#entities = deps.entities;
  }

  @Handles(readUser)
  async user(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof readUser>): Promise<AnswerOf<typeof readUser>> {
    const { tenantId } = await this.#access.require(caller, { entityType: 'USER', id: params.userId }, 'read');
    return userToWire(present(await this.#entities.find('user', tenantId, params.userId), 'User', params.userId));
  }
}

/** The entity, which may have been removed since access to it was granted. */
function present<E>(entity: E | undefined, label: string, id: string): E {
  if (entity === undefined) throw directoryErrors.ENTITY_NOT_FOUND({ label, id });
  return entity;
}
