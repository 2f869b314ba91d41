import {
  assetProfileDraftOf,
  assetProfileInfoToWire,
  assetProfileSaveSchema,
  assetProfileToWire,
  idListSchema,
  namedIdSchema,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  queryFlag,
  wireAssetProfileInfoSchema,
  wireAssetProfileSchema,
  wireId,
} from '@fieldline/api-contract';
import type { AssetProfiles } from '@fieldline/directory';
import { profileNames } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import { optionalPageShape, requirePage } from './page-or-ids.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ASSET_PROFILES, REST_DEPS } from './tokens.js';

const area = 'Asset profiles';
const params = idParams('assetProfileId');
const sortable = { createdTime: 'createdAtMs', name: 'name', description: 'description', isDefault: 'isDefault' };

const saveProfile = defineRoute({
  method: 'POST',
  path: '/api/assetProfile',
  area,
  summary: 'Creates an asset profile, or replaces one.',
  permission: 'asset-profile.write',
  body: assetProfileSaveSchema,
  response: wireAssetProfileSchema,
});
const listNames = defineRoute({
  method: 'GET',
  path: '/api/assetProfile/names',
  area,
  summary: 'Id and name of the asset profiles, by name.',
  permission: 'asset-profile.list',
  query: z.object({ activeOnly: queryFlag().default(false).describe('Only profiles that some asset has.') }),
  response: z.array(namedIdSchema('ASSET_PROFILE')),
});
const readProfile = defineRoute({
  method: 'GET',
  path: '/api/assetProfile/:assetProfileId',
  area,
  summary: 'One asset profile.',
  permission: 'asset-profile.read',
  params,
  response: wireAssetProfileSchema,
});
const removeProfile = defineRoute({
  method: 'DELETE',
  path: '/api/assetProfile/:assetProfileId',
  area,
  summary: 'Removes an asset profile that no asset uses.',
  permission: 'asset-profile.write',
  params,
});
const makeDefault = defineRoute({
  method: 'POST',
  path: '/api/assetProfile/:assetProfileId/default',
  area,
  summary: 'Makes this the profile of assets that name none.',
  permission: 'asset-profile.write',
  params,
  response: wireAssetProfileSchema,
});
const readDefaultInfo = defineRoute({
  method: 'GET',
  path: '/api/assetProfileInfo/default',
  area,
  summary: 'The profile of assets that name none.',
  permission: 'asset-profile.list',
  response: wireAssetProfileInfoSchema,
});
const readInfo = defineRoute({
  method: 'GET',
  path: '/api/assetProfileInfo/:assetProfileId',
  area,
  summary: 'The little that a choice of profiles needs.',
  permission: 'asset-profile.list',
  params,
  response: wireAssetProfileInfoSchema,
});
const listProfiles = defineRoute({
  method: 'GET',
  path: '/api/assetProfiles',
  area,
  summary: 'A page of asset profiles.',
  permission: 'asset-profile.read',
  query: pageParametersSchema,
  response: pageDataSchema(wireAssetProfileSchema),
});
const listInfos = defineRoute({
  method: 'GET',
  path: '/api/assetProfileInfos',
  area,
  summary: 'A page of asset profiles, in short; with `assetProfileIds` those of the ids.',
  permission: 'asset-profile.list',
  query: z.object({ ...optionalPageShape, assetProfileIds: idListSchema.optional() }),
  response: z.union([pageDataSchema(wireAssetProfileInfoSchema), z.array(wireAssetProfileInfoSchema)]),
});
const listInfosByIds = defineRoute({
  method: 'GET',
  path: '/api/assetProfileInfos/list',
  area,
  summary: 'The asset profiles of some ids, in short; those that there are not are left out.',
  permission: 'asset-profile.list',
  query: z.object({ assetProfileIds: idListSchema }),
  response: z.array(wireAssetProfileInfoSchema),
});

/** Asset profiles. */
@Controller()
export class AssetProfileController {
  readonly #profiles: AssetProfiles;
  readonly #deps: RestDeps;

  constructor(@Inject(ASSET_PROFILES) profiles: AssetProfiles, @Inject(REST_DEPS) deps: RestDeps) {
    this.#profiles = profiles;
    this.#deps = deps;
  }

  @Handles(saveProfile)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveProfile>): Promise<AnswerOf<typeof saveProfile>> {
    return assetProfileToWire(await this.#profiles.save(caller, assetProfileDraftOf(body)));
  }

  @Handles(listNames)
  async names(@CallerOf() { tenantId }: Caller, @Input() { query }: InputOf<typeof listNames>): Promise<AnswerOf<typeof listNames>> {
    const profiles = await profileNames(this.#deps.entities, tenantId, 'assetProfile', query.activeOnly);
    return profiles.map(({ id, name }) => ({ id: wireId('ASSET_PROFILE', id), name }));
  }

  @Handles(readProfile)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readProfile>): Promise<AnswerOf<typeof readProfile>> {
    return assetProfileToWire(await this.#profiles.get(caller, input.params.assetProfileId));
  }

  @Handles(removeProfile)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeProfile>): Promise<void> {
    await this.#profiles.remove(caller, input.params.assetProfileId);
  }

  @Handles(makeDefault)
  async makeDefault(@CallerOf() caller: Caller, @Input() input: InputOf<typeof makeDefault>): Promise<AnswerOf<typeof makeDefault>> {
    return assetProfileToWire(await this.#profiles.makeDefault(caller, input.params.assetProfileId));
  }

  @Handles(readDefaultInfo)
  async defaultInfo(@CallerOf() caller: Caller): Promise<AnswerOf<typeof readDefaultInfo>> {
    return assetProfileInfoToWire(await this.#profiles.defaultOne(caller));
  }

  @Handles(readInfo)
  async info(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readInfo>): Promise<AnswerOf<typeof readInfo>> {
    return assetProfileInfoToWire(await this.#profiles.get(caller, input.params.assetProfileId));
  }

  @Handles(listProfiles)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listProfiles>): Promise<AnswerOf<typeof listProfiles>> {
    return pageToWire(await this.#profiles.page(caller, pageQueryOf(query, sortable)), assetProfileToWire);
  }

  @Handles(listInfos)
  async listInfos(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listInfos>): Promise<AnswerOf<typeof listInfos>> {
    const { assetProfileIds } = query;
    if (assetProfileIds !== undefined) return (await this.#profiles.byIds(caller, assetProfileIds)).map(assetProfileInfoToWire);
    return pageToWire(await this.#profiles.page(caller, pageQueryOf(requirePage(query), sortable)), assetProfileInfoToWire);
  }

  @Handles(listInfosByIds)
  async infosByIds(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listInfosByIds>): Promise<AnswerOf<typeof listInfosByIds>> {
    return (await this.#profiles.byIds(caller, query.assetProfileIds)).map(assetProfileInfoToWire);
  }
}
