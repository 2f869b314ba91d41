import {
  entityViewDraftOf,
  entityViewInfoToWire,
  entityViewSaveSchema,
  entityViewToWire,
  entitySubtypeSchema,
  entitySubtypeToWire,
  nameConflictOf,
  nameConflictParametersSchema,
  wireEntityViewInfoSchema,
  wireEntityViewSchema,
} from '@fieldline/api-contract';
import type { Assignments, EntityViews } from '@fieldline/directory';
import { customersOf } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ENTITY_VIEW_ASSIGNMENTS, ENTITY_VIEWS, REST_DEPS } from './tokens.js';

const area = 'Entity views';
const params = idParams('entityViewId');

const saveView = defineRoute({
  method: 'POST',
  path: '/api/entityView',
  area,
  summary: 'Creates an entity view, or replaces one.',
  permission: 'entity-view.write',
  query: nameConflictParametersSchema,
  body: entityViewSaveSchema,
  response: wireEntityViewSchema,
});
const readView = defineRoute({
  method: 'GET',
  path: '/api/entityView/:entityViewId',
  area,
  summary: 'One entity view.',
  permission: 'entity-view.read',
  params,
  response: wireEntityViewSchema,
});
const readViewInfo = defineRoute({
  method: 'GET',
  path: '/api/entityView/info/:entityViewId',
  area,
  summary: 'One entity view with the name of its customer.',
  permission: 'entity-view.read',
  params,
  response: wireEntityViewInfoSchema,
});
const removeView = defineRoute({
  method: 'DELETE',
  path: '/api/entityView/:entityViewId',
  area,
  summary: 'Removes an entity view with its relations and attributes.',
  permission: 'entity-view.delete',
  params,
});
const listTypes = defineRoute({
  method: 'GET',
  path: '/api/entityView/types',
  area,
  summary: 'The types that entity views of the tenant have.',
  permission: 'entity-view.read',
  response: z.array(entitySubtypeSchema('ENTITY_VIEW')),
});
const assignView = defineRoute({
  method: 'POST',
  path: '/api/customer/:customerId/entityView/:entityViewId',
  area,
  summary: 'Assigns an entity view to a customer.',
  permission: 'entity-view.assign',
  params: idParams('customerId', 'entityViewId'),
  response: wireEntityViewSchema,
});
const unassignView = defineRoute({
  method: 'DELETE',
  path: '/api/customer/entityView/:entityViewId',
  area,
  summary: 'Takes an entity view back from its customer.',
  permission: 'entity-view.assign',
  params,
  response: wireEntityViewSchema,
});
const publishView = defineRoute({
  method: 'POST',
  path: '/api/customer/public/entityView/:entityViewId',
  area,
  summary: 'Assigns an entity view to the public customer: anybody may see it.',
  permission: 'entity-view.assign',
  params,
  response: wireEntityViewSchema,
});

/** Entity views, one at a time. */
@Controller()
export class EntityViewController {
  readonly #views: EntityViews;
  readonly #assignments: Assignments<'entityView'>;
  readonly #deps: RestDeps;

  constructor(
    @Inject(ENTITY_VIEWS) views: EntityViews,
    @Inject(ENTITY_VIEW_ASSIGNMENTS) assignments: Assignments<'entityView'>,
    @Inject(REST_DEPS) deps: RestDeps,
  ) {
    this.#views = views;
    this.#assignments = assignments;
    this.#deps = deps;
  }

  @Handles(saveView)
  async save(@CallerOf() caller: Caller, @Input() { query, body }: InputOf<typeof saveView>): Promise<AnswerOf<typeof saveView>> {
    return entityViewToWire(await this.#views.save(caller, entityViewDraftOf(body), nameConflictOf(query)));
  }

  @Handles(listTypes)
  async types(@CallerOf() caller: Caller): Promise<AnswerOf<typeof listTypes>> {
    return (await this.#views.types(caller)).map((type) => entitySubtypeToWire(caller.tenantId, 'ENTITY_VIEW', type));
  }

  @Handles(readView)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readView>): Promise<AnswerOf<typeof readView>> {
    return entityViewToWire(await this.#views.get(caller, input.params.entityViewId));
  }

  @Handles(readViewInfo)
  async readInfo(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readViewInfo>): Promise<AnswerOf<typeof readViewInfo>> {
    const view = await this.#views.get(caller, input.params.entityViewId);
    const customers = await customersOf(this.#deps.entities, caller.tenantId, [view]);
    return entityViewInfoToWire(view, customers.get(view.customerId ?? ''));
  }

  @Handles(removeView)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeView>): Promise<void> {
    await this.#views.remove(caller, input.params.entityViewId);
  }

  @Handles(assignView)
  async assign(@CallerOf() caller: Caller, @Input() { params: ids }: InputOf<typeof assignView>): Promise<AnswerOf<typeof assignView>> {
    return entityViewToWire(await this.#assignments.assign(caller, ids.entityViewId, ids.customerId));
  }

  @Handles(unassignView)
  async unassign(@CallerOf() caller: Caller, @Input() input: InputOf<typeof unassignView>): Promise<AnswerOf<typeof unassignView>> {
    return entityViewToWire(await this.#assignments.unassign(caller, input.params.entityViewId));
  }

  @Handles(publishView)
  async publish(@CallerOf() caller: Caller, @Input() input: InputOf<typeof publishView>): Promise<AnswerOf<typeof publishView>> {
    return entityViewToWire(await this.#assignments.assignToPublic(caller, input.params.entityViewId));
  }
}
