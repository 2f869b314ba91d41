import {
  dashboardToWire,
  homeDashboardDraftOf,
  homeDashboardInfoToWire,
  homeDashboardSaveSchema,
  wireHomeDashboardInfoSchema,
  wireHomeDashboardSchema,
} from '@fieldline/api-contract';
import type { Dashboards, HomeDashboards } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { DASHBOARDS, HOME_DASHBOARDS } from './tokens.js';

const area = 'Dashboards';

const readHome = defineRoute({
  method: 'GET',
  path: '/api/dashboard/home',
  area,
  summary: 'The dashboard the caller sees first, as the user, its customer or its tenant says; an empty answer for none.',
  permission: 'dashboard.read-info',
  response: wireHomeDashboardSchema.optional(),
  isCompressed: true,
});
const readHomeInfo = defineRoute({
  method: 'GET',
  path: '/api/dashboard/home/info',
  area,
  summary: 'Which dashboard the caller sees first; an empty answer for none.',
  permission: 'dashboard.read-info',
  response: wireHomeDashboardInfoSchema.optional(),
});
const readHomeOfTenant = defineRoute({
  method: 'GET',
  path: '/api/tenant/dashboard/home/info',
  area,
  summary: 'Which dashboard the users of the tenant see first.',
  permission: 'dashboard.list',
  response: wireHomeDashboardInfoSchema,
});
const saveHomeOfTenant = defineRoute({
  method: 'POST',
  path: '/api/tenant/dashboard/home/info',
  area,
  summary: 'Says which dashboard the users of the tenant see first.',
  permission: 'dashboard.write',
  body: homeDashboardSaveSchema,
});

/** Home dashboards. */
@Controller()
export class HomeDashboardController {
  readonly #homes: HomeDashboards;
  readonly #dashboards: Dashboards;

  constructor(@Inject(HOME_DASHBOARDS) homes: HomeDashboards, @Inject(DASHBOARDS) dashboards: Dashboards) {
    this.#homes = homes;
    this.#dashboards = dashboards;
  }

  @Handles(readHome)
  async read(@CallerOf() caller: Caller): Promise<AnswerOf<typeof readHome>> {
    const home = await this.#homes.of(caller);
    if (home === undefined) return undefined;
    const { dashboard, hidesToolbar } = home;
    return { ...dashboardToWire(dashboard, await this.#dashboards.customersOf(caller, [dashboard])), hideDashboardToolbar: hidesToolbar };
  }

  @Handles(readHomeInfo)
  async readInfo(@CallerOf() caller: Caller): Promise<AnswerOf<typeof readHomeInfo>> {
    const home = await this.#homes.of(caller);
    return home === undefined ? undefined : homeDashboardInfoToWire({ dashboardId: home.dashboard.id, hidesToolbar: home.hidesToolbar });
  }

  @Handles(readHomeOfTenant)
  async ofTenant(@CallerOf() caller: Caller): Promise<AnswerOf<typeof readHomeOfTenant>> {
    return homeDashboardInfoToWire(await this.#homes.ofTenant(caller));
  }

  @Handles(saveHomeOfTenant)
  async saveOfTenant(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveHomeOfTenant>): Promise<void> {
    await this.#homes.saveOfTenant(caller, homeDashboardDraftOf(body));
  }
}
