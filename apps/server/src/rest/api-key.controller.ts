import {
  apiKeyDescriptionSchema,
  apiKeyInfoToWire,
  apiKeySaveSchema,
  idOf,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  queryFlag,
  wireApiKeyInfoSchema,
  wireApiKeySchema,
} from '@fieldline/api-contract';
import type { ApiKeys } from '@fieldline/identity';
import type { Clock } from '@fieldline/kernel';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import { idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { API_KEYS, REST_DEPS } from './tokens.js';

const area = 'API keys';
const permission = 'api-key.use';
const params = idParams('apiKeyId');
const sortable = { createdTime: 'createdAtMs', description: 'description' };

const createKey = defineRoute({
  method: 'POST',
  path: '/api/apiKey',
  area,
  summary: 'Creates an API key. Its value is answered this once.',
  permission,
  body: apiKeySaveSchema,
  response: wireApiKeySchema,
});
const listKeys = defineRoute({
  method: 'GET',
  path: '/api/apiKeys/:userId',
  area,
  summary: 'A page of the API keys of a user, without their values.',
  permission,
  params: idParams('userId'),
  query: pageParametersSchema,
  response: pageDataSchema(wireApiKeyInfoSchema),
});
const enableKey = defineRoute({
  method: 'PUT',
  path: '/api/apiKey/:apiKeyId/enabled/:enabled',
  area,
  summary: 'Lets the holder of an API key in, or keeps it out.',
  permission,
  params: params.extend({ enabled: queryFlag().describe('Whether the key may be used.') }),
  response: wireApiKeyInfoSchema,
});
const describeKey = defineRoute({
  method: 'PUT',
  path: '/api/apiKey/:apiKeyId/description',
  area,
  summary: 'Changes the description of an API key.',
  permission,
  params,
  body: apiKeyDescriptionSchema,
  response: wireApiKeyInfoSchema,
});
const removeKey = defineRoute({ method: 'DELETE', path: '/api/apiKey/:apiKeyId', area, summary: 'Removes an API key.', permission, params });

/** API keys, with which programs act as a user. */
@Controller()
export class ApiKeyController {
  readonly #keys: ApiKeys;
  readonly #clock: Clock;

  constructor(@Inject(API_KEYS) keys: ApiKeys, @Inject(REST_DEPS) deps: RestDeps) {
    this.#keys = keys;
    this.#clock = deps.clock;
  }

  @Handles(createKey)
  async create(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof createKey>): Promise<AnswerOf<typeof createKey>> {
    const { key, value } = await this.#keys.create(caller, {
      userId: idOf(body.userId),
      description: body.description ?? undefined,
      isEnabled: body.enabled ?? true,
      expiresAtMs: body.expirationTime || undefined,
    });
    return { ...apiKeyInfoToWire(key, this.#clock.nowMs()), value };
  }

  @Handles(listKeys)
  async list(@CallerOf() caller: Caller, @Input() input: InputOf<typeof listKeys>): Promise<AnswerOf<typeof listKeys>> {
    const nowMs = this.#clock.nowMs();
    const page = await this.#keys.page(caller, input.params.userId, pageQueryOf(input.query, sortable));
    return pageToWire(page, (key) => apiKeyInfoToWire(key, nowMs));
  }

  @Handles(enableKey)
  async enable(@CallerOf() caller: Caller, @Input() input: InputOf<typeof enableKey>): Promise<AnswerOf<typeof enableKey>> {
    return apiKeyInfoToWire(await this.#keys.setEnabled(caller, input.params.apiKeyId, input.params.enabled), this.#clock.nowMs());
  }

  @Handles(describeKey)
  async describe(@CallerOf() caller: Caller, @Input() input: InputOf<typeof describeKey>): Promise<AnswerOf<typeof describeKey>> {
    return apiKeyInfoToWire(await this.#keys.describe(caller, input.params.apiKeyId, input.body ?? undefined), this.#clock.nowMs());
  }

  @Handles(removeKey)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeKey>): Promise<void> {
    await this.#keys.remove(caller, input.params.apiKeyId);
  }
}
