import {
  assetDraftOf,
  assetInfoToWire,
  assetSaveSchema,
  assetToWire,
  entitySubtypeSchema,
  entitySubtypeToWire,
  nameConflictOf,
  nameConflictParametersSchema,
  wireAssetInfoSchema,
  wireAssetSchema,
} from '@fieldline/api-contract';
import type { Assets, Assignments } from '@fieldline/directory';
import { customersOf, profileNames } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ASSET_ASSIGNMENTS, ASSETS, REST_DEPS } from './tokens.js';

const area = 'Assets';
const params = idParams('assetId');

const saveAsset = defineRoute({
  method: 'POST',
  path: '/api/asset',
  area,
  summary: 'Creates an asset, or replaces one.',
  permission: 'asset.write',
  query: nameConflictParametersSchema,
  body: assetSaveSchema,
  response: wireAssetSchema,
});
const readAsset = defineRoute({
  method: 'GET',
  path: '/api/asset/:assetId',
  area,
  summary: 'One asset.',
  permission: 'asset.read',
  params,
  response: wireAssetSchema,
});
const readAssetInfo = defineRoute({
  method: 'GET',
  path: '/api/asset/info/:assetId',
  area,
  summary: 'One asset with the names of its profile and customer.',
  permission: 'asset.read',
  params,
  response: wireAssetInfoSchema,
});
const removeAsset = defineRoute({
  method: 'DELETE',
  path: '/api/asset/:assetId',
  area,
  summary: 'Removes an asset with its relations, data and alarms.',
  permission: 'asset.delete',
  params,
});
const listTypes = defineRoute({
  method: 'GET',
  path: '/api/asset/types',
  area,
  summary: 'The types that assets of the tenant have.',
  permission: 'asset.read',
  response: z.array(entitySubtypeSchema('ASSET')),
});
const assignAsset = defineRoute({
  method: 'POST',
  path: '/api/customer/:customerId/asset/:assetId',
  area,
  summary: 'Assigns an asset to a customer.',
  permission: 'asset.assign',
  params: idParams('customerId', 'assetId'),
  response: wireAssetSchema,
});
const unassignAsset = defineRoute({
  method: 'DELETE',
  path: '/api/customer/asset/:assetId',
  area,
  summary: 'Takes an asset back from its customer.',
  permission: 'asset.assign',
  params,
  response: wireAssetSchema,
});
const publishAsset = defineRoute({
  method: 'POST',
  path: '/api/customer/public/asset/:assetId',
  area,
  summary: 'Assigns an asset to the public customer: anybody may see it.',
  permission: 'asset.assign',
  params,
  response: wireAssetSchema,
});

/** Assets, one at a time. */
@Controller()
export class AssetController {
  readonly #assets: Assets;
  readonly #assignments: Assignments<'asset'>;
  readonly #deps: RestDeps;

  constructor(@Inject(ASSETS) assets: Assets, @Inject(ASSET_ASSIGNMENTS) assignments: Assignments<'asset'>, @Inject(REST_DEPS) deps: RestDeps) {
    this.#assets = assets;
    this.#assignments = assignments;
    this.#deps = deps;
  }

  @Handles(saveAsset)
  async save(@CallerOf() caller: Caller, @Input() { query, body }: InputOf<typeof saveAsset>): Promise<AnswerOf<typeof saveAsset>> {
    return assetToWire(await this.#assets.save(caller, assetDraftOf(body), nameConflictOf(query)));
  }

  @Handles(listTypes)
  async types(@CallerOf() { tenantId }: Caller): Promise<AnswerOf<typeof listTypes>> {
    const profiles = await profileNames(this.#deps.entities, tenantId, 'assetProfile', true);
    return profiles.map(({ name }) => entitySubtypeToWire(tenantId, 'ASSET', name));
  }

  @Handles(readAsset)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readAsset>): Promise<AnswerOf<typeof readAsset>> {
    return assetToWire(await this.#assets.get(caller, input.params.assetId));
  }

  @Handles(readAssetInfo)
  async readInfo(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readAssetInfo>): Promise<AnswerOf<typeof readAssetInfo>> {
    const asset = await this.#assets.get(caller, input.params.assetId);
    const customers = await customersOf(this.#deps.entities, caller.tenantId, [asset]);
    return assetInfoToWire(asset, customers.get(asset.customerId ?? ''));
  }

  @Handles(removeAsset)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeAsset>): Promise<void> {
    await this.#assets.remove(caller, input.params.assetId);
  }

  @Handles(assignAsset)
  async assign(@CallerOf() caller: Caller, @Input() { params: ids }: InputOf<typeof assignAsset>): Promise<AnswerOf<typeof assignAsset>> {
    return assetToWire(await this.#assignments.assign(caller, ids.assetId, ids.customerId));
  }

  @Handles(unassignAsset)
  async unassign(@CallerOf() caller: Caller, @Input() input: InputOf<typeof unassignAsset>): Promise<AnswerOf<typeof unassignAsset>> {
    return assetToWire(await this.#assignments.unassign(caller, input.params.assetId));
  }

  @Handles(publishAsset)
  async publish(@CallerOf() caller: Caller, @Input() input: InputOf<typeof publishAsset>): Promise<AnswerOf<typeof publishAsset>> {
    return assetToWire(await this.#assignments.assignToPublic(caller, input.params.assetId));
  }
}
