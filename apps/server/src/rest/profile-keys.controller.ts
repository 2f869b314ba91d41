import { profileKeysToWire, wireProfileKeysSchema } from '@fieldline/api-contract';
import type { Caller, EntityAccess } from '@fieldline/ports';
import { profileKeys } from '@fieldline/telemetry';
import { Controller, Inject } from '@nestjs/common';
import { idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ACCESS, REST_DEPS } from './tokens.js';

const readKeys = defineRoute({
  method: 'GET',
  path: '/api/fieldline/deviceProfile/:deviceProfileId/keys',
  area: 'Device profiles',
  summary: 'What is known of the telemetry and the attributes of devices of a profile: keys, kinds, ranges, shares and examples.',
  permission: 'device-profile.read',
  params: idParams('deviceProfileId'),
  response: wireProfileKeysSchema,
});

/** What the devices of a profile send, for those who write rule chains. */
@Controller()
export class ProfileKeysController {
  readonly #access: EntityAccess;
  readonly #deps: RestDeps;

  constructor(@Inject(ACCESS) access: EntityAccess, @Inject(REST_DEPS) deps: RestDeps) {
    this.#access = access;
    this.#deps = deps;
  }

  @Handles(readKeys)
  async read(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof readKeys>): Promise<AnswerOf<typeof readKeys>> {
    const { tenantId, entity } = await this.#access.require(caller, { entityType: 'DEVICE_PROFILE', id: params.deviceProfileId }, 'read');
    return profileKeysToWire(await profileKeys(this.#deps, tenantId, entity.id));
  }
}
