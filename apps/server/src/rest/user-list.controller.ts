import {
  idListSchema,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  sortableUserFields as sortable,
  userEmailInfoToWire,
  userToWire,
  wireUserEmailInfoSchema,
  wireUserSchema,
} from '@fieldline/api-contract';
import type { Users } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import type { AlarmViews } from './alarm-views.js';
import { idParams } from './id-params.js';
import { optionalPageShape, requirePage } from './page-or-ids.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ALARM_VIEWS, USERS } from './tokens.js';

const area = 'Users';
const users = pageDataSchema(wireUserSchema);
const emailInfos = pageDataSchema(wireUserEmailInfoSchema);

const listUsers = defineRoute({
  method: 'GET',
  path: '/api/users',
  area,
  summary: 'A page of users: of the tenant, or of the own customer; with `userIds` those users.',
  permission: 'user.list',
  query: z.object({ ...optionalPageShape, userIds: idListSchema.optional() }),
  response: z.union([users, z.array(wireUserSchema)]),
});
const listUsersByIds = defineRoute({
  method: 'GET',
  path: '/api/users/list',
  area,
  summary: 'Users by id; those that do not exist or may not be read are left out.',
  permission: 'user.list',
  query: z.object({ userIds: idListSchema }),
  response: z.array(wireUserSchema),
});
const listUserInfos = defineRoute({
  method: 'GET',
  path: '/api/users/info',
  area,
  summary: 'A page of users with their names only.',
  permission: 'user.list',
  query: pageParametersSchema,
  response: emailInfos,
});
const listAssignable = defineRoute({
  method: 'GET',
  path: '/api/users/assign/:alarmId',
  area,
  summary: 'A page of users to whom an alarm may be assigned.',
  permission: 'user.list',
  params: idParams('alarmId'),
  query: pageParametersSchema,
  response: emailInfos,
});
const listOfTenant = defineRoute({
  method: 'GET',
  path: '/api/tenant/:tenantId/users',
  area,
  summary: 'A page of the administrators of a tenant.',
  permission: 'user.list-of-tenant',
  params: idParams('tenantId'),
  query: pageParametersSchema,
  response: users,
});
const listOfCustomer = defineRoute({
  method: 'GET',
  path: '/api/customer/:customerId/users',
  area,
  summary: 'A page of the users of a customer.',
  permission: 'user.list-of-customer',
  params: idParams('customerId'),
  query: pageParametersSchema,
  response: users,
});

/** Lists of users. */
@Controller()
export class UserListController {
  readonly #users: Users;
  readonly #alarms: AlarmViews;

  constructor(@Inject(USERS) directory: Users, @Inject(ALARM_VIEWS) alarms: AlarmViews) {
    this.#users = directory;
    this.#alarms = alarms;
  }

  @Handles(listUsers)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listUsers>): Promise<AnswerOf<typeof listUsers>> {
    if (query.userIds !== undefined) return (await this.#users.byIds(caller, query.userIds)).map(userToWire);
    return pageToWire(await this.#users.page(caller, pageQueryOf(requirePage(query), sortable)), userToWire);
  }

  @Handles(listUsersByIds)
  async listByIds(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listUsersByIds>): Promise<AnswerOf<typeof listUsersByIds>> {
    return (await this.#users.byIds(caller, query.userIds)).map(userToWire);
  }

  @Handles(listUserInfos)
  async infos(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listUserInfos>): Promise<AnswerOf<typeof listUserInfos>> {
    return pageToWire(await this.#users.page(caller, pageQueryOf(query, sortable)), userEmailInfoToWire);
  }

  @Handles(listAssignable)
  async assignable(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof listAssignable>): Promise<AnswerOf<typeof listAssignable>> {
    const alarm = await this.#alarms.get(caller, params.alarmId);
    return pageToWire(await this.#users.assignable(caller, alarm, pageQueryOf(query, sortable)), userEmailInfoToWire);
  }

  @Handles(listOfTenant)
  async ofTenant(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof listOfTenant>): Promise<AnswerOf<typeof listOfTenant>> {
    return pageToWire(await this.#users.administrators(caller, params.tenantId, pageQueryOf(query, sortable)), userToWire);
  }

  @Handles(listOfCustomer)
  async ofCustomer(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof listOfCustomer>): Promise<AnswerOf<typeof listOfCustomer>> {
    return pageToWire(await this.#users.ofCustomer(caller, params.customerId, pageQueryOf(query, sortable)), userToWire);
  }
}
