import {
  entityViewInfoToWire,
  entityViewToWire,
  idListSchema,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  relatedSearchOf,
  relatedSearchSchema,
  wireEntityViewInfoSchema,
  wireEntityViewSchema,
} from '@fieldline/api-contract';
import type { DirectoryDeps, EntityViews } from '@fieldline/directory';
import { customersOf, relatedEntities } from '@fieldline/directory';
import type { Caller, EntityAccess } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import { optionalPageShape, requirePage } from './page-or-ids.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { DIRECTORY_DEPS, ENTITY_VIEWS } from './tokens.js';

const area = 'Entity views';
const filters = {
  type: z.string().max(255).optional().describe('Only views of this type.'),
};
const sortable = { createdTime: 'createdAtMs', name: 'name', type: 'type' };
const pageOfViews = z.object({ ...pageParametersSchema.shape, ...filters });

const listViews = defineRoute({
  method: 'GET',
  path: '/api/tenant/entityViews',
  area,
  summary: 'A page of entity views; with `entityViewName` the one view of that name.',
  permission: 'entity-view.list',
  query: z.object({
    ...optionalPageShape,
    ...filters,
    entityViewName: z.string().max(255).optional().describe('Name of one view; needs no page.'),
  }),
  response: z.union([pageDataSchema(wireEntityViewSchema), wireEntityViewSchema]),
});
const listViewInfos = defineRoute({
  method: 'GET',
  path: '/api/tenant/entityViewInfos',
  area,
  summary: 'A page of entity views with the titles of their customers.',
  permission: 'entity-view.list',
  query: pageOfViews,
  response: pageDataSchema(wireEntityViewInfoSchema),
});
const listOfCustomer = defineRoute({
  method: 'GET',
  path: '/api/customer/:customerId/entityViews',
  area,
  summary: 'A page of the entity views of a customer.',
  permission: 'entity-view.read',
  params: idParams('customerId'),
  query: pageOfViews,
  response: pageDataSchema(wireEntityViewSchema),
});
const listInfosOfCustomer = defineRoute({
  method: 'GET',
  path: '/api/customer/:customerId/entityViewInfos',
  area,
  summary: 'A page of the entity views of a customer with its title.',
  permission: 'entity-view.read',
  params: idParams('customerId'),
  query: pageOfViews,
  response: pageDataSchema(wireEntityViewInfoSchema),
});
const listByIds = defineRoute({
  method: 'GET',
  path: '/api/entityViews',
  area,
  summary: 'The entity views of some ids; those that cannot be read are left out.',
  permission: 'entity-view.read',
  query: z.object({ entityViewIds: idListSchema }),
  response: z.array(wireEntityViewSchema),
});
const listByIdsToo = defineRoute({ ...listByIds, path: '/api/entityViews/list' });
const listRelated = defineRoute({
  method: 'POST',
  path: '/api/entityViews',
  area,
  summary: 'The entity views that relations lead to.',
  permission: 'entity-view.read',
  body: relatedSearchSchema('entityViewTypes'),
  response: z.array(wireEntityViewSchema),
});

/** Lists of entity views. */
@Controller()
export class EntityViewListController {
  readonly #views: EntityViews;
  readonly #deps: DirectoryDeps;
  readonly #access: EntityAccess;

  constructor(@Inject(ENTITY_VIEWS) views: EntityViews, @Inject(DIRECTORY_DEPS) deps: DirectoryDeps) {
    this.#views = views;
    this.#deps = deps;
    this.#access = deps.access;
  }

  @Handles(listViews)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listViews>): Promise<AnswerOf<typeof listViews>> {
    if (query.entityViewName !== undefined) return entityViewToWire(await this.#views.byName(caller, query.entityViewName));
    return pageToWire(await this.#views.page(caller, pageQueryOf(requirePage(query), sortable), query), entityViewToWire);
  }

  @Handles(listViewInfos)
  async listInfos(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listViewInfos>): Promise<AnswerOf<typeof listViewInfos>> {
    return this.#infos(caller, query, query);
  }

  @Handles(listOfCustomer)
  async ofCustomer(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof listOfCustomer>): Promise<AnswerOf<typeof listOfCustomer>> {
    await this.#access.require(caller, { entityType: 'CUSTOMER', id: params.customerId }, 'read');
    return pageToWire(await this.#views.page(caller, pageQueryOf(query, sortable), { ...query, ...params }), entityViewToWire);
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
    return (await this.#views.byIds(caller, query.entityViewIds)).map(entityViewToWire);
  }

  @Handles(listByIdsToo)
  async byIdsToo(@CallerOf() caller: Caller, @Input() input: InputOf<typeof listByIdsToo>): Promise<AnswerOf<typeof listByIdsToo>> {
    return this.byIds(caller, input);
  }

  @Handles(listRelated)
  async related(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof listRelated>): Promise<AnswerOf<typeof listRelated>> {
    return (await relatedEntities(this.#deps, caller, 'entityView', relatedSearchOf(body, body.entityViewTypes))).map(entityViewToWire);
  }

  async #infos(
    caller: Caller,
    query: z.output<typeof pageOfViews>,
    filter: Parameters<EntityViews['page']>[2],
  ): Promise<AnswerOf<typeof listViewInfos>> {
    const page = await this.#views.page(caller, pageQueryOf(query, sortable), filter);
    const customers = await customersOf(this.#deps.entities, caller.tenantId, page.data);
    return pageToWire(page, (view) => entityViewInfoToWire(view, customers.get(view.customerId ?? '')));
  }
}
