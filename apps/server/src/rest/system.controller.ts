import { buildInfoSchema, systemParametersSchema } from '@fieldline/api-contract';
import type { UserSettingsStore } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf } from './route.js';
import { CallerOf, defineRoute, Handles } from './route.js';
import { REST_DEPS, USER_SETTINGS } from './tokens.js';
import { SYSTEM_DATA_POINTS_MAX, SYSTEM_DEBUG_MINUTES_MAX } from './limits.js';

const area = 'Server';
const permission = 'system.read';
const readInfo = defineRoute({
  method: 'GET',
  path: '/api/system/info',
  area,
  summary: 'Name and version of the server.',
  permission,
  response: buildInfoSchema,
});
const readParameters = defineRoute({
  method: 'GET',
  path: '/api/system/params',
  area,
  summary: 'What a client needs to know about the server and the user.',
  permission,
  response: systemParametersSchema,
});

/** What clients ask about the server before anything else. */
@Controller()
export class SystemController {
  readonly #deps: RestDeps;
  readonly #settings: UserSettingsStore;

  constructor(@Inject(REST_DEPS) deps: RestDeps, @Inject(USER_SETTINGS) settings: UserSettingsStore) {
    this.#deps = deps;
    this.#settings = settings;
  }

  @Handles(readInfo)
  info(): AnswerOf<typeof readInfo> {
    return { version: this.#deps.version, artifact: 'fieldline', name: 'Fieldline', type: 'CE' };
  }

  @Handles(readParameters)
  async parameters(@CallerOf() caller: Caller): Promise<AnswerOf<typeof readParameters>> {
    return {
      userTokenAccessEnabled: caller.authority !== 'CUSTOMER_USER' && this.#deps.userTokenAccessEnabled,
      allowedDashboardIds: [],
      edgesSupportEnabled: false,
      hasRepository: false,
      tbelEnabled: true,
      persistDeviceStateToTelemetry: false,
      userSettings: await this.#settings.get(caller, 'GENERAL'),
      maxDatapointsLimit: SYSTEM_DATA_POINTS_MAX,
      maxResourceSize: 0,
      mobileQrEnabled: false,
      maxDebugModeDurationMinutes: SYSTEM_DEBUG_MINUTES_MAX,
      nullsOrderStrategy: 'default',
      edqsEnabled: false,
    };
  }
}
