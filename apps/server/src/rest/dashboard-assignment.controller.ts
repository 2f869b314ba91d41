import { customerIdsSchema, dashboardToWire, wireDashboardSchema } from '@fieldline/api-contract';
import type { DashboardAssignments, Dashboards } from '@fieldline/directory';
import type { Dashboard } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import { idParams } from './id-params.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { DASHBOARD_ASSIGNMENTS, DASHBOARDS } from './tokens.js';

const route = { area: 'Dashboards', permission: 'dashboard.write', response: wireDashboardSchema } as const;
const ofCustomer = { ...route, path: '/api/customer/:customerId/dashboard/:dashboardId', params: idParams('customerId', 'dashboardId') } as const;
const ofPublic = { ...route, path: '/api/customer/public/dashboard/:dashboardId', params: idParams('dashboardId') } as const;
const ofMany = { ...route, method: 'POST', params: idParams('dashboardId'), body: customerIdsSchema } as const;

const assign = defineRoute({ ...ofCustomer, method: 'POST', summary: 'Shows a dashboard to a customer.' });
const unassign = defineRoute({ ...ofCustomer, method: 'DELETE', summary: 'Hides a dashboard from a customer.' });
const publish = defineRoute({ ...ofPublic, method: 'POST', summary: 'Shows a dashboard to everybody.' });
const unpublish = defineRoute({ ...ofPublic, method: 'DELETE', summary: 'Hides a dashboard from everybody else.' });
const replace = defineRoute({
  ...ofMany,
  path: '/api/dashboard/:dashboardId/customers',
  summary: 'Shows a dashboard to these customers and no others.',
});
const add = defineRoute({ ...ofMany, path: '/api/dashboard/:dashboardId/customers/add', summary: 'Shows a dashboard to some more customers.' });
const take = defineRoute({ ...ofMany, path: '/api/dashboard/:dashboardId/customers/remove', summary: 'Hides a dashboard from some customers.' });

/** Which customers see which dashboards. */
@Controller()
export class DashboardAssignmentController {
  readonly #assignments: DashboardAssignments;
  readonly #dashboards: Dashboards;

  constructor(@Inject(DASHBOARD_ASSIGNMENTS) assignments: DashboardAssignments, @Inject(DASHBOARDS) dashboards: Dashboards) {
    this.#assignments = assignments;
    this.#dashboards = dashboards;
  }

  @Handles(assign)
  async assign(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof assign>): Promise<AnswerOf<typeof assign>> {
    return this.#shown(caller, await this.#assignments.assign(caller, params.dashboardId, params.customerId));
  }

  @Handles(unassign)
  async unassign(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof unassign>): Promise<AnswerOf<typeof unassign>> {
    return this.#shown(caller, await this.#assignments.unassign(caller, params.dashboardId, params.customerId));
  }

  @Handles(publish)
  async publish(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof publish>): Promise<AnswerOf<typeof publish>> {
    return this.#shown(caller, await this.#assignments.assignToPublic(caller, params.dashboardId));
  }

  @Handles(unpublish)
  async unpublish(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof unpublish>): Promise<AnswerOf<typeof unpublish>> {
    return this.#shown(caller, await this.#assignments.unassignFromPublic(caller, params.dashboardId));
  }

  @Handles(replace)
  async replace(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof replace>): Promise<AnswerOf<typeof replace>> {
    return this.#shown(caller, await this.#assignments.replace(caller, params.dashboardId, body ?? []));
  }

  @Handles(add)
  async add(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof add>): Promise<AnswerOf<typeof add>> {
    return this.#shown(caller, await this.#assignments.add(caller, params.dashboardId, body ?? []));
  }

  @Handles(take)
  async take(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof take>): Promise<AnswerOf<typeof take>> {
    return this.#shown(caller, await this.#assignments.take(caller, params.dashboardId, body ?? []));
  }

  async #shown(caller: Caller, dashboard: Dashboard): Promise<AnswerOf<typeof assign>> {
    return dashboardToWire(dashboard, await this.#dashboards.customersOf(caller, [dashboard]));
  }
}
