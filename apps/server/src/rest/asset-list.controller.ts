import {
  assetInfoToWire,
  assetToWire,
  idListSchema,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  relatedSearchOf,
  relatedSearchSchema,
  uuidSchema,
  wireAssetInfoSchema,
  wireAssetSchema,
} from '@fieldline/api-contract';
import type { AssetFilter, Assets, DirectoryDeps } from '@fieldline/directory';
import { customersOf, relatedEntities } from '@fieldline/directory';
import type { Caller, EntityAccess } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import { optionalPageShape, requirePage } from './page-or-ids.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ASSETS, DIRECTORY_DEPS } from './tokens.js';

const area = 'Assets';
const filters = {
  type: z.string().max(255).optional().describe('Only assets of this type.'),
  assetProfileId: uuidSchema.optional().describe('Only assets of this profile.'),
};
const sortable = { createdTime: 'createdAtMs', name: 'name', label: 'label', type: 'type', assetProfileName: 'type' };
const pageOfAssets = z.object({ ...pageParametersSchema.shape, ...filters });

const listAssets = defineRoute({
  method: 'GET',
  path: '/api/tenant/assets',
  area,
  summary: 'A page of assets; with `assetName` the one asset of that name.',
  permission: 'asset.list',
  query: z.object({
    ...optionalPageShape,
    ...filters,
    assetName: z.string().max(255).optional().describe('Name of one asset; needs no page.'),
  }),
  response: z.union([pageDataSchema(wireAssetSchema), wireAssetSchema]),
});
const listAssetInfos = defineRoute({
  method: 'GET',
  path: '/api/tenant/assetInfos',
  area,
  summary: 'A page of assets with the names of their profiles and customers.',
  permission: 'asset.list',
  query: pageOfAssets,
  response: pageDataSchema(wireAssetInfoSchema),
});
const listOfCustomer = defineRoute({
  method: 'GET',
  path: '/api/customer/:customerId/assets',
  area,
  summary: 'A page of the assets of a customer.',
  permission: 'asset.read',
  params: idParams('customerId'),
  query: pageOfAssets,
  response: pageDataSchema(wireAssetSchema),
});
const listInfosOfCustomer = defineRoute({
  method: 'GET',
  path: '/api/customer/:customerId/assetInfos',
  area,
  summary: 'A page of the assets of a customer with the names of their profiles.',
  permission: 'asset.read',
  params: idParams('customerId'),
  query: pageOfAssets,
  response: pageDataSchema(wireAssetInfoSchema),
});
const listByIds = defineRoute({
  method: 'GET',
  path: '/api/assets',
  area,
  summary: 'The assets of some ids; those that cannot be read are left out.',
  permission: 'asset.read',
  query: z.object({ assetIds: idListSchema }),
  response: z.array(wireAssetSchema),
});
const listRelated = defineRoute({
  method: 'POST',
  path: '/api/assets',
  area,
  summary: 'The assets that relations lead to.',
  permission: 'asset.read',
  body: relatedSearchSchema('assetTypes'),
  response: z.array(wireAssetSchema),
});

/** Lists of assets. */
@Controller()
export class AssetListController {
  readonly #assets: Assets;
  readonly #deps: DirectoryDeps;
  readonly #access: EntityAccess;

  constructor(@Inject(ASSETS) assets: Assets, @Inject(DIRECTORY_DEPS) deps: DirectoryDeps) {
    this.#assets = assets;
    this.#deps = deps;
    this.#access = deps.access;
  }

  @Handles(listAssets)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listAssets>): Promise<AnswerOf<typeof listAssets>> {
    if (query.assetName !== undefined) return assetToWire(await this.#assets.byName(caller, query.assetName));
    return pageToWire(await this.#assets.page(caller, pageQueryOf(requirePage(query), sortable), query), assetToWire);
  }

  @Handles(listAssetInfos)
  async listInfos(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listAssetInfos>): Promise<AnswerOf<typeof listAssetInfos>> {
    return this.#infos(caller, query, query);
  }

  @Handles(listOfCustomer)
  async ofCustomer(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof listOfCustomer>): Promise<AnswerOf<typeof listOfCustomer>> {
    await this.#access.require(caller, { entityType: 'CUSTOMER', id: params.customerId }, 'read');
    return pageToWire(await this.#assets.page(caller, pageQueryOf(query, sortable), { ...query, ...params }), assetToWire);
  }

  @Handles(listInfosOfCustomer)
  async infosOfCustomer(
    @CallerOf() caller: Caller,
    @Input() { params, query }: InputOf<typeof listInfosOfCustomer>,
  ): Promise<AnswerOf<typeof listInfosOfCustomer>> {
    await this.#access.require(caller, { entityType: 'CUSTOMER', id: params.customerId }, 'read');
    return this.#infos(caller, query, { ...query, ...params });
  }

  @Handles(listByIds)
  async byIds(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listByIds>): Promise<AnswerOf<typeof listByIds>> {
    return (await this.#assets.byIds(caller, query.assetIds)).map(assetToWire);
  }

  @Handles(listRelated)
  async related(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof listRelated>): Promise<AnswerOf<typeof listRelated>> {
    return (await relatedEntities(this.#deps, caller, 'asset', relatedSearchOf(body, body.assetTypes))).map(assetToWire);
  }

  async #infos(caller: Caller, query: z.output<typeof pageOfAssets>, filter: AssetFilter): Promise<AnswerOf<typeof listAssetInfos>> {
    const page = await this.#assets.page(caller, pageQueryOf(query, sortable), filter);
    const customers = await customersOf(this.#deps.entities, caller.tenantId, page.data);
    return pageToWire(page, (asset) => assetInfoToWire(asset, customers.get(asset.customerId ?? '')));
  }
}
