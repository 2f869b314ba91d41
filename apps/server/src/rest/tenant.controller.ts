import {
  idListSchema,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  tenantDraftOf,
  tenantInfoToWire,
  tenantSaveSchema,
  tenantToWire,
  usageToWire,
  wireTenantInfoSchema,
  wireTenantSchema,
  wireUsageSchema,
} from '@fieldline/api-contract';
import type { Tenants } from '@fieldline/directory';
import { usageOf } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import { optionalPageShape, requirePage } from './page-or-ids.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { REST_DEPS, TENANTS } from './tokens.js';

const area = 'Tenants';
const params = idParams('tenantId');
const sortable = { createdTime: 'createdAtMs', title: 'name', name: 'name' };

const saveTenant = defineRoute({
  method: 'POST',
  path: '/api/tenant',
  area,
  summary: 'Creates a tenant with its default profiles and root rule chain, or replaces one.',
  permission: 'tenant.write',
  body: tenantSaveSchema,
  response: wireTenantSchema,
});
const readTenant = defineRoute({
  method: 'GET',
  path: '/api/tenant/:tenantId',
  area,
  summary: 'One tenant.',
  permission: 'tenant.read',
  params,
  response: wireTenantSchema,
});
const readTenantInfo = defineRoute({
  method: 'GET',
  path: '/api/tenant/info/:tenantId',
  area,
  summary: 'One tenant with the name of its profile.',
  permission: 'tenant.read',
  params,
  response: wireTenantInfoSchema,
});
const removeTenant = defineRoute({
  method: 'DELETE',
  path: '/api/tenant/:tenantId',
  area,
  summary: 'Removes a tenant and everything it owns.',
  permission: 'tenant.delete',
  params,
});
const listTenants = defineRoute({
  method: 'GET',
  path: '/api/tenants',
  area,
  summary: 'A page of tenants; with `tenantIds` those tenants.',
  permission: 'tenant.list',
  query: z.object({ ...optionalPageShape, tenantIds: idListSchema.optional() }),
  response: z.union([pageDataSchema(wireTenantSchema), z.array(wireTenantSchema)]),
});
const listTenantsByIds = defineRoute({
  method: 'GET',
  path: '/api/tenants/list',
  area,
  summary: 'Tenants by id; those that do not exist are left out.',
  permission: 'tenant.list',
  query: z.object({ tenantIds: idListSchema }),
  response: z.array(wireTenantSchema),
});
const listTenantInfos = defineRoute({
  method: 'GET',
  path: '/api/tenantInfos',
  area,
  summary: 'A page of tenants with the names of their profiles.',
  permission: 'tenant.list',
  query: pageParametersSchema,
  response: pageDataSchema(wireTenantInfoSchema),
});
const readUsage = defineRoute({
  method: 'GET',
  path: '/api/usage',
  area,
  summary: 'What the tenant has of that which its profile limits.',
  permission: 'usage.read',
  response: wireUsageSchema,
});

/** Tenants, and what they use. */
@Controller()
export class TenantController {
  readonly #tenants: Tenants;
  readonly #deps: RestDeps;

  constructor(@Inject(TENANTS) tenants: Tenants, @Inject(REST_DEPS) deps: RestDeps) {
    this.#tenants = tenants;
    this.#deps = deps;
  }

  @Handles(saveTenant)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveTenant>): Promise<AnswerOf<typeof saveTenant>> {
    return tenantToWire(await this.#tenants.save(caller, tenantDraftOf(body)));
  }

  @Handles(readTenant)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readTenant>): Promise<AnswerOf<typeof readTenant>> {
    return tenantToWire(await this.#tenants.get(caller, input.params.tenantId));
  }

  @Handles(readTenantInfo)
  async info(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readTenantInfo>): Promise<AnswerOf<typeof readTenantInfo>> {
    const tenant = await this.#tenants.get(caller, input.params.tenantId);
    const [info] = await this.#tenants.infosOf([tenant]);
    return tenantInfoToWire(tenant, info?.profileName);
  }

  @Handles(removeTenant)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeTenant>): Promise<void> {
    await this.#tenants.remove(caller, input.params.tenantId);
  }

  @Handles(listTenants)
  async list(@Input() { query }: InputOf<typeof listTenants>): Promise<AnswerOf<typeof listTenants>> {
    if (query.tenantIds !== undefined) return (await this.#tenants.byIds(query.tenantIds)).map(tenantToWire);
    return pageToWire(await this.#tenants.page(pageQueryOf(requirePage(query), sortable)), tenantToWire);
  }

  @Handles(listTenantsByIds)
  async listByIds(@Input() { query }: InputOf<typeof listTenantsByIds>): Promise<AnswerOf<typeof listTenantsByIds>> {
    return (await this.#tenants.byIds(query.tenantIds)).map(tenantToWire);
  }

  @Handles(listTenantInfos)
  async listInfos(@Input() { query }: InputOf<typeof listTenantInfos>): Promise<AnswerOf<typeof listTenantInfos>> {
    const page = await this.#tenants.page(pageQueryOf(query, sortable));
    const infos = await this.#tenants.infosOf(page.data);
    return { ...pageToWire(page, tenantToWire), data: infos.map(({ tenant, profileName }) => tenantInfoToWire(tenant, profileName)) };
  }

  @Handles(readUsage)
  async usage(@CallerOf() caller: Caller): Promise<AnswerOf<typeof readUsage>> {
    return usageToWire(await usageOf(this.#deps, caller));
  }
}
