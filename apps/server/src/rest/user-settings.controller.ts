import { dashboardActions, userDashboardsSchema, userSettingsBodySchema } from '@fieldline/api-contract';
import type { UserDashboardsStore, UserSettingsStore } from '@fieldline/directory';
import { userSettingsTypes } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { USER_DASHBOARDS, USER_SETTINGS } from './tokens.js';

const area = 'Users';
const permission = 'user-settings.use';
const type = z
  .string()
  .transform((text) => text.toUpperCase())
  .pipe(z.enum(userSettingsTypes).exclude(['VISITED_DASHBOARDS']))
  .describe('What the settings are for, such as GENERAL or QUICK_LINKS.');
const paths = z
  .string()
  .max(1024)
  .transform((text) => text.split(','))
  .describe('Fields to remove, separated by commas; dots lead into fields of fields.');

const readSettings = defineRoute({
  method: 'GET',
  path: '/api/user/settings',
  area,
  summary: 'Settings that the client keeps for the user who is signed in.',
  permission,
  response: userSettingsBodySchema,
});
const saveSettings = defineRoute({
  method: 'POST',
  path: '/api/user/settings',
  area,
  summary: 'Replaces these settings.',
  permission,
  body: userSettingsBodySchema,
  response: userSettingsBodySchema,
});
const mergeSettings = defineRoute({
  method: 'PUT',
  path: '/api/user/settings',
  area,
  summary: 'Sets the fields that are sent; a name with dots leads into fields of fields.',
  permission,
  body: userSettingsBodySchema,
});
const removeSettings = defineRoute({
  method: 'DELETE',
  path: '/api/user/settings/:paths',
  area,
  summary: 'Removes fields of these settings.',
  permission,
  params: z.object({ paths }),
});
const readSettingsOf = defineRoute({
  method: 'GET',
  path: '/api/user/settings/:type',
  area,
  summary: 'Settings of one type.',
  permission,
  params: z.object({ type }),
  response: userSettingsBodySchema,
});
const mergeSettingsOf = defineRoute({
  method: 'PUT',
  path: '/api/user/settings/:type',
  area,
  summary: 'Sets the fields that are sent, of settings of one type.',
  permission,
  params: z.object({ type }),
  body: userSettingsBodySchema,
});
const removeSettingsOf = defineRoute({
  method: 'DELETE',
  path: '/api/user/settings/:paths/:type',
  area,
  summary: 'Removes fields of settings of one type.',
  permission,
  params: z.object({ paths, type }),
});
const readDashboards = defineRoute({
  method: 'GET',
  path: '/api/user/dashboards',
  area,
  summary: 'Dashboards that the user opened last or starred.',
  permission: 'user-dashboards.use',
  response: userDashboardsSchema,
});
const recordDashboard = defineRoute({
  method: 'GET',
  path: '/api/user/dashboards/:dashboardId/:action',
  area,
  summary: 'Remembers that the user opened, starred or unstarred a dashboard.',
  permission: 'user-dashboards.use',
  params: z.object({ ...idParams('dashboardId').shape, action: z.enum(dashboardActions).describe('visit, star or unstar.') }),
  response: userDashboardsSchema,
});

/** What clients keep for the user who is signed in. */
@Controller()
export class UserSettingsController {
  readonly #settings: UserSettingsStore;
  readonly #dashboards: UserDashboardsStore;

  constructor(@Inject(USER_SETTINGS) settings: UserSettingsStore, @Inject(USER_DASHBOARDS) dashboards: UserDashboardsStore) {
    this.#settings = settings;
    this.#dashboards = dashboards;
  }

  @Handles(readSettings)
  read(@CallerOf() caller: Caller): Promise<AnswerOf<typeof readSettings>> {
    return this.#settings.get(caller, 'GENERAL');
  }

  @Handles(saveSettings)
  save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveSettings>): Promise<AnswerOf<typeof saveSettings>> {
    return this.#settings.save(caller, 'GENERAL', body);
  }

  @Handles(mergeSettings)
  merge(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof mergeSettings>): Promise<void> {
    return this.#settings.merge(caller, 'GENERAL', body);
  }

  @Handles(removeSettings)
  remove(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof removeSettings>): Promise<void> {
    return this.#settings.removePaths(caller, 'GENERAL', params.paths);
  }

  @Handles(readSettingsOf)
  readOf(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof readSettingsOf>): Promise<AnswerOf<typeof readSettingsOf>> {
    return this.#settings.get(caller, params.type);
  }

  @Handles(mergeSettingsOf)
  mergeOf(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof mergeSettingsOf>): Promise<void> {
    return this.#settings.merge(caller, params.type, body);
  }

  @Handles(removeSettingsOf)
  removeOf(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof removeSettingsOf>): Promise<void> {
    return this.#settings.removePaths(caller, params.type, params.paths);
  }

  @Handles(readDashboards)
  async dashboards(@CallerOf() caller: Caller): Promise<AnswerOf<typeof readDashboards>> {
    return copied(await this.#dashboards.get(caller));
  }

  @Handles(recordDashboard)
  async record(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof recordDashboard>): Promise<AnswerOf<typeof recordDashboard>> {
    return copied(await this.#dashboards.record(caller, params.dashboardId, params.action));
  }
}

function copied({ last, starred }: Awaited<ReturnType<UserDashboardsStore['get']>>): AnswerOf<typeof readDashboards> {
  return { last: [...last], starred: [...starred] };
}
