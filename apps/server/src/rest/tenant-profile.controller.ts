import {
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  tenantProfileDraftOf,
  tenantProfileInfoToWire,
  tenantProfileSaveSchema,
  tenantProfileToWire,
  wireTenantProfileInfoSchema,
  wireTenantProfileSchema,
} from '@fieldline/api-contract';
import type { TenantProfiles } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import { idParams } from './id-params.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { TENANT_PROFILES } from './tokens.js';

const area = 'Tenant profiles';
const params = idParams('tenantProfileId');
const sortable = { createdTime: 'createdAtMs', name: 'name', description: 'description', isDefault: 'isDefault' };

const saveProfile = defineRoute({
  method: 'POST',
  path: '/api/tenantProfile',
  area,
  summary: 'Creates a tenant profile, or replaces one; its limits hold at once.',
  permission: 'tenant-profile.write',
  body: tenantProfileSaveSchema,
  response: wireTenantProfileSchema,
});
const readProfile = defineRoute({
  method: 'GET',
  path: '/api/tenantProfile/:tenantProfileId',
  area,
  summary: 'One tenant profile.',
  permission: 'tenant-profile.read',
  params,
  response: wireTenantProfileSchema,
});
const removeProfile = defineRoute({
  method: 'DELETE',
  path: '/api/tenantProfile/:tenantProfileId',
  area,
  summary: 'Removes a tenant profile that no tenant uses.',
  permission: 'tenant-profile.write',
  params,
});
const makeDefault = defineRoute({
  method: 'POST',
  path: '/api/tenantProfile/:tenantProfileId/default',
  area,
  summary: 'Makes this the profile of tenants that name none.',
  permission: 'tenant-profile.write',
  params,
  response: wireTenantProfileSchema,
});
const readDefaultInfo = defineRoute({
  method: 'GET',
  path: '/api/tenantProfileInfo/default',
  area,
  summary: 'The profile of tenants that name none.',
  permission: 'tenant-profile.read',
  response: wireTenantProfileInfoSchema,
});
const readInfo = defineRoute({
  method: 'GET',
  path: '/api/tenantProfileInfo/:tenantProfileId',
  area,
  summary: 'The little that a choice of profiles needs.',
  permission: 'tenant-profile.read',
  params,
  response: wireTenantProfileInfoSchema,
});
const listProfiles = defineRoute({
  method: 'GET',
  path: '/api/tenantProfiles',
  area,
  summary: 'A page of tenant profiles.',
  permission: 'tenant-profile.read',
  query: pageParametersSchema,
  response: pageDataSchema(wireTenantProfileSchema),
});
const listInfos = defineRoute({
  method: 'GET',
  path: '/api/tenantProfileInfos',
  area,
  summary: 'A page of tenant profiles, in short.',
  permission: 'tenant-profile.read',
  query: pageParametersSchema,
  response: pageDataSchema(wireTenantProfileInfoSchema),
});

/** Tenant profiles, which limit what tenants may have. */
@Controller()
export class TenantProfileController {
  readonly #profiles: TenantProfiles;

  constructor(@Inject(TENANT_PROFILES) profiles: TenantProfiles) {
    this.#profiles = profiles;
  }

  @Handles(saveProfile)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveProfile>): Promise<AnswerOf<typeof saveProfile>> {
    return tenantProfileToWire(await this.#profiles.save(caller, tenantProfileDraftOf(body)));
  }

  @Handles(readProfile)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readProfile>): Promise<AnswerOf<typeof readProfile>> {
    return tenantProfileToWire(await this.#profiles.get(caller, input.params.tenantProfileId));
  }

  @Handles(removeProfile)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeProfile>): Promise<void> {
    await this.#profiles.remove(caller, input.params.tenantProfileId);
  }

  @Handles(makeDefault)
  async makeDefault(@CallerOf() caller: Caller, @Input() input: InputOf<typeof makeDefault>): Promise<AnswerOf<typeof makeDefault>> {
    return tenantProfileToWire(await this.#profiles.makeDefault(caller, input.params.tenantProfileId));
  }

  @Handles(readDefaultInfo)
  async defaultInfo(): Promise<AnswerOf<typeof readDefaultInfo>> {
    return tenantProfileInfoToWire(await this.#profiles.defaultOne());
  }

  @Handles(readInfo)
  async info(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readInfo>): Promise<AnswerOf<typeof readInfo>> {
    return tenantProfileInfoToWire(await this.#profiles.get(caller, input.params.tenantProfileId));
  }

  @Handles(listProfiles)
  async list(@Input() { query }: InputOf<typeof listProfiles>): Promise<AnswerOf<typeof listProfiles>> {
    return pageToWire(await this.#profiles.page(pageQueryOf(query, sortable)), tenantProfileToWire);
  }

  @Handles(listInfos)
  async listInfos(@Input() { query }: InputOf<typeof listInfos>): Promise<AnswerOf<typeof listInfos>> {
    return pageToWire(await this.#profiles.page(pageQueryOf(query, sortable)), tenantProfileInfoToWire);
  }
}
