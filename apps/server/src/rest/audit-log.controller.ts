import {
  actionTypesSchema,
  auditLogToWire,
  pageDataSchema,
  pageQueryOf,
  pageToWire,
  timeBoundsOf,
  timePageParametersSchema,
  wireAuditLogSchema,
} from '@fieldline/api-contract';
import type { AuditLogFilter } from '@fieldline/directory';
import { auditLogsOf } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { entityParams, idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { REST_DEPS } from './tokens.js';

const area = 'Audit log';
const query = z.object({ ...timePageParametersSchema.shape, actionTypes: actionTypesSchema });
const response = pageDataSchema(wireAuditLogSchema);
const sortable = { createdTime: 'createdAtMs', entityName: 'entityName', userName: 'userName', actionType: 'actionType' };

const listAll = defineRoute({
  method: 'GET',
  path: '/api/audit/logs',
  area,
  summary: 'A page of what was done in the tenant.',
  permission: 'audit-log.read',
  query,
  response,
});
const listOfCustomer = defineRoute({
  method: 'GET',
  path: '/api/audit/logs/customer/:customerId',
  area,
  summary: 'A page of what was done with the entities of a customer.',
  permission: 'audit-log.read',
  params: idParams('customerId'),
  query,
  response,
});
const listOfUser = defineRoute({
  method: 'GET',
  path: '/api/audit/logs/user/:userId',
  area,
  summary: 'A page of what a user did.',
  permission: 'audit-log.read',
  params: idParams('userId'),
  query,
  response,
});
const listOfEntity = defineRoute({
  method: 'GET',
  path: '/api/audit/logs/entity/:entityType/:entityId',
  area,
  summary: 'A page of what was done with an entity, which may be gone.',
  permission: 'audit-log.read-entity',
  params: entityParams,
  query,
  response,
});

/** Who did what. Records are of the own tenant only, so there is no entity to check access to. */
@Controller()
export class AuditLogController {
  readonly #deps: RestDeps;

  constructor(@Inject(REST_DEPS) deps: RestDeps) {
    this.#deps = deps;
  }

  @Handles(listAll)
  all(@CallerOf() caller: Caller, @Input() input: InputOf<typeof listAll>): Promise<AnswerOf<typeof listAll>> {
    return this.#page(caller, input.query, {});
  }

  @Handles(listOfCustomer)
  ofCustomer(@CallerOf() caller: Caller, @Input() input: InputOf<typeof listOfCustomer>): Promise<AnswerOf<typeof listOfCustomer>> {
    return this.#page(caller, input.query, { customerId: input.params.customerId });
  }

  @Handles(listOfUser)
  ofUser(@CallerOf() caller: Caller, @Input() input: InputOf<typeof listOfUser>): Promise<AnswerOf<typeof listOfUser>> {
    return this.#page(caller, input.query, { userId: input.params.userId });
  }

  @Handles(listOfEntity)
  ofEntity(@CallerOf() caller: Caller, @Input() { params, query: asked }: InputOf<typeof listOfEntity>): Promise<AnswerOf<typeof listOfEntity>> {
    return this.#page(caller, asked, { entity: { entityType: params.entityType, id: params.entityId } });
  }

  async #page(caller: Caller, asked: z.output<typeof query>, filter: Omit<AuditLogFilter, 'actionTypes'>): Promise<AnswerOf<typeof listAll>> {
    const page = { ...pageQueryOf(asked, sortable), ...timeBoundsOf(asked) };
    return pageToWire(await auditLogsOf(this.#deps, caller, page, { ...filter, actionTypes: asked.actionTypes ?? [] }), auditLogToWire);
  }
}
