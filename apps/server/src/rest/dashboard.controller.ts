import {
  dashboardDraftOf,
  dashboardInfoToWire,
  dashboardSaveSchema,
  dashboardToWire,
  idListSchema,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  queryFlag,
  wireDashboardInfoSchema,
  wireDashboardSchema,
} from '@fieldline/api-contract';
import type { DashboardInfo, Dashboards } from '@fieldline/directory';
import type { Dashboard, Page } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import { WIDGET_POINTS_MAX } from './limits.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { DASHBOARDS, REST_DEPS } from './tokens.js';

const area = 'Dashboards';
const params = idParams('dashboardId');
const sortable = { createdTime: 'createdAtMs', title: 'name', name: 'name' };
const infoPage = pageDataSchema(wireDashboardInfoSchema);
const mobile = queryFlag().optional().describe('Only those that phones show.');
const pageOfDashboards = pageParametersSchema.extend({ mobile });

const serverTime = defineRoute({
  method: 'GET',
  path: '/api/dashboard/serverTime',
  area,
  summary: 'The time of the server, in milliseconds since 1970.',
  permission: 'dashboard.read-info',
  response: z.int().describe('Milliseconds since 1970.'),
});
const maxDatapointsLimit = defineRoute({
  method: 'GET',
  path: '/api/dashboard/maxDatapointsLimit',
  area,
  summary: 'Points a key that a widget may ask for.',
  permission: 'dashboard.read-info',
  response: z.int().describe('Points.'),
});
const saveDashboard = defineRoute({
  method: 'POST',
  path: '/api/dashboard',
  area,
  summary: 'Creates a dashboard, or replaces one.',
  permission: 'dashboard.write',
  body: dashboardSaveSchema,
  response: wireDashboardSchema,
});
const readDashboard = defineRoute({
  method: 'GET',
  path: '/api/dashboard/:dashboardId',
  area,
  summary: 'One dashboard.',
  permission: 'dashboard.read',
  params,
  query: z.object({ includeResources: queryFlag().optional().describe('Without effect: dashboards hold their pictures themselves.') }),
  response: wireDashboardSchema,
  isCompressed: true,
});
const readDashboardInfo = defineRoute({
  method: 'GET',
  path: '/api/dashboard/info/:dashboardId',
  area,
  summary: 'One dashboard without its configuration.',
  permission: 'dashboard.read-info',
  params,
  response: wireDashboardInfoSchema,
});
const removeDashboard = defineRoute({
  method: 'DELETE',
  path: '/api/dashboard/:dashboardId',
  area,
  summary: 'Removes a dashboard.',
  permission: 'dashboard.write',
  params,
});
const listDashboards = defineRoute({
  method: 'GET',
  path: '/api/tenant/dashboards',
  area,
  summary: 'A page of dashboards.',
  permission: 'dashboard.list',
  query: pageOfDashboards,
  response: infoPage,
});
const listOfTenant = defineRoute({
  method: 'GET',
  path: '/api/tenant/:tenantId/dashboards',
  area,
  summary: 'A page of the dashboards of a tenant.',
  permission: 'dashboard.list-of-tenant',
  params: idParams('tenantId'),
  query: pageParametersSchema,
  response: infoPage,
});
const listOfCustomer = defineRoute({
  method: 'GET',
  path: '/api/customer/:customerId/dashboards',
  area,
  summary: 'A page of the dashboards a customer may see.',
  permission: 'dashboard.read',
  params: idParams('customerId'),
  query: pageOfDashboards,
  response: infoPage,
});
const byIds = {
  method: 'GET',
  area,
  summary: 'The dashboards of some ids; those that cannot be read are left out.',
  permission: 'dashboard.read',
  query: z.object({ dashboardIds: idListSchema }),
  response: z.array(wireDashboardInfoSchema),
} as const;
const listByIds = defineRoute({ ...byIds, path: '/api/dashboards' });
const listByIdsAlias = defineRoute({ ...byIds, path: '/api/dashboards/list' });

/** Dashboards. */
@Controller()
export class DashboardController {
  readonly #dashboards: Dashboards;
  readonly #deps: RestDeps;

  constructor(@Inject(DASHBOARDS) dashboards: Dashboards, @Inject(REST_DEPS) deps: RestDeps) {
    this.#dashboards = dashboards;
    this.#deps = deps;
  }

  @Handles(serverTime)
  serverTime(): AnswerOf<typeof serverTime> {
    return this.#deps.clock.nowMs();
  }

  @Handles(maxDatapointsLimit)
  maxDatapointsLimit(): AnswerOf<typeof maxDatapointsLimit> {
    return WIDGET_POINTS_MAX;
  }

  @Handles(saveDashboard)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveDashboard>): Promise<AnswerOf<typeof saveDashboard>> {
    return this.#shown(caller, await this.#dashboards.save(caller, dashboardDraftOf(body)));
  }

  @Handles(readDashboard)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readDashboard>): Promise<AnswerOf<typeof readDashboard>> {
    return this.#shown(caller, await this.#dashboards.get(caller, input.params.dashboardId));
  }

  @Handles(readDashboardInfo)
  async readInfo(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readDashboardInfo>): Promise<AnswerOf<typeof readDashboardInfo>> {
    const dashboard = await this.#dashboards.info(caller, input.params.dashboardId);
    return dashboardInfoToWire(dashboard, await this.#dashboards.customersOf(caller, [dashboard]));
  }

  @Handles(removeDashboard)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeDashboard>): Promise<void> {
    await this.#dashboards.remove(caller, input.params.dashboardId);
  }

  @Handles(listDashboards)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listDashboards>): Promise<AnswerOf<typeof listDashboards>> {
    return this.#infos(caller, await this.#dashboards.page(caller, pageQueryOf(query, sortable), { isMobile: query.mobile }));
  }

  @Handles(listOfTenant)
  async listOfTenant(@CallerOf() caller: Caller, @Input() input: InputOf<typeof listOfTenant>): Promise<AnswerOf<typeof listOfTenant>> {
    return this.#infos(caller, await this.#dashboards.ofTenant(caller, input.params.tenantId, pageQueryOf(input.query, sortable)));
  }

  @Handles(listOfCustomer)
  async listOfCustomer(@CallerOf() caller: Caller, @Input() input: InputOf<typeof listOfCustomer>): Promise<AnswerOf<typeof listOfCustomer>> {
    const query = pageQueryOf(input.query, sortable);
    return this.#infos(caller, await this.#dashboards.ofCustomer(caller, input.params.customerId, query, { isMobile: input.query.mobile }));
  }

  @Handles(listByIds)
  async listByIds(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listByIds>): Promise<AnswerOf<typeof listByIds>> {
    const dashboards = await this.#dashboards.byIds(caller, query.dashboardIds);
    const customers = await this.#dashboards.customersOf(caller, dashboards);
    return dashboards.map((dashboard) => dashboardInfoToWire(dashboard, customers));
  }

  @Handles(listByIdsAlias)
  listByIdsAlias(@CallerOf() caller: Caller, @Input() input: InputOf<typeof listByIdsAlias>): Promise<AnswerOf<typeof listByIdsAlias>> {
    return this.listByIds(caller, input);
  }

  async #shown(caller: Caller, dashboard: Dashboard): Promise<AnswerOf<typeof readDashboard>> {
    return dashboardToWire(dashboard, await this.#dashboards.customersOf(caller, [dashboard]));
  }

  async #infos(caller: Caller, page: Page<DashboardInfo>): Promise<AnswerOf<typeof listDashboards>> {
    const customers = await this.#dashboards.customersOf(caller, page.data);
    return pageToWire(page, (dashboard) => dashboardInfoToWire(dashboard, customers));
  }
}
