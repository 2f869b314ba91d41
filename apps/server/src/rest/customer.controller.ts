import {
  customerDraftOf,
  customerSaveSchema,
  customerToWire,
  idListSchema,
  nameConflictOf,
  nameConflictParametersSchema,
  pageDataSchema,
  pageQueryOf,
  pageToWire,
  wireCustomerSchema,
  wireCustomerShortInfoSchema,
} from '@fieldline/api-contract';
import type { Customers } from '@fieldline/directory';
import { requirePermission } from '@fieldline/identity';
import type { Caller } from '@fieldline/ports';
import { Controller, Header, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import { optionalPageShape, requirePage } from './page-or-ids.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { CUSTOMERS } from './tokens.js';

const area = 'Customers';
const params = idParams('customerId');
const sortable = { createdTime: 'createdAtMs', title: 'name', name: 'name', email: 'email', country: 'country', city: 'city' };

const saveCustomer = defineRoute({
  method: 'POST',
  path: '/api/customer',
  area,
  summary: 'Creates a customer, or replaces one.',
  permission: 'customer.write',
  query: nameConflictParametersSchema,
  body: customerSaveSchema,
  response: wireCustomerSchema,
});
const readCustomer = defineRoute({
  method: 'GET',
  path: '/api/customer/:customerId',
  area,
  summary: 'One customer.',
  permission: 'customer.read',
  params,
  response: wireCustomerSchema,
});
const readShortInfo = defineRoute({
  method: 'GET',
  path: '/api/customer/:customerId/shortInfo',
  area,
  summary: 'Title of a customer, and whether it is the public one.',
  permission: 'customer.read',
  params,
  response: wireCustomerShortInfoSchema,
});
const readTitle = defineRoute({
  method: 'GET',
  path: '/api/customer/:customerId/title',
  area,
  summary: 'Title of a customer, as `application/text`.',
  permission: 'customer.read',
  params,
  response: z.string(),
  answers: 'text',
});
const removeCustomer = defineRoute({
  method: 'DELETE',
  path: '/api/customer/:customerId',
  area,
  summary: 'Removes a customer and its users; what was assigned to it goes back to the tenant.',
  permission: 'customer.write',
  params,
});
const listCustomers = defineRoute({
  method: 'GET',
  path: '/api/customers',
  area,
  summary: 'A page of customers, for administrators; with `customerIds` those customers.',
  permission: 'customer.read',
  query: z.object({ ...optionalPageShape, customerIds: idListSchema.optional() }),
  response: z.union([pageDataSchema(wireCustomerSchema), z.array(wireCustomerSchema)]),
});
const listCustomersByIds = defineRoute({
  method: 'GET',
  path: '/api/customers/list',
  area,
  summary: 'Customers by id; those that do not exist or may not be read are left out.',
  permission: 'customer.read',
  query: z.object({ customerIds: idListSchema }),
  response: z.array(wireCustomerSchema),
});
const customerByTitle = defineRoute({
  method: 'GET',
  path: '/api/tenant/customers',
  area,
  summary: 'The customer of a title.',
  permission: 'customer.list',
  query: z.object({ customerTitle: z.string().max(255).describe('Title of the customer.') }),
  response: wireCustomerSchema,
});

/** Customers of a tenant. */
@Controller()
export class CustomerController {
  readonly #customers: Customers;

  constructor(@Inject(CUSTOMERS) customers: Customers) {
    this.#customers = customers;
  }

  @Handles(saveCustomer)
  async save(@CallerOf() caller: Caller, @Input() { query, body }: InputOf<typeof saveCustomer>): Promise<AnswerOf<typeof saveCustomer>> {
    return customerToWire(await this.#customers.save(caller, customerDraftOf(body), nameConflictOf(query)));
  }

  @Handles(readCustomer)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readCustomer>): Promise<AnswerOf<typeof readCustomer>> {
    return customerToWire(await this.#customers.get(caller, input.params.customerId));
  }

  @Handles(readShortInfo)
  async shortInfo(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readShortInfo>): Promise<AnswerOf<typeof readShortInfo>> {
    const { name: title, isPublic } = await this.#customers.get(caller, input.params.customerId);
    return { title, isPublic };
  }

  @Handles(readTitle)
  @Header('content-type', 'application/text; charset=utf-8')
  async title(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readTitle>): Promise<AnswerOf<typeof readTitle>> {
    return (await this.#customers.get(caller, input.params.customerId)).name;
  }

  @Handles(removeCustomer)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeCustomer>): Promise<void> {
    await this.#customers.remove(caller, input.params.customerId);
  }

  @Handles(listCustomers)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listCustomers>): Promise<AnswerOf<typeof listCustomers>> {
    if (query.customerIds !== undefined) return (await this.#customers.byIds(caller, query.customerIds)).map(customerToWire);
    requirePermission(caller, 'customer.list');
    return pageToWire(await this.#customers.page(caller, pageQueryOf(requirePage(query), sortable)), customerToWire);
  }

  @Handles(listCustomersByIds)
  async listByIds(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listCustomersByIds>): Promise<AnswerOf<typeof listCustomersByIds>> {
    return (await this.#customers.byIds(caller, query.customerIds)).map(customerToWire);
  }

  @Handles(customerByTitle)
  async byTitle(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof customerByTitle>): Promise<AnswerOf<typeof customerByTitle>> {
    return customerToWire(await this.#customers.byName(caller, query.customerTitle));
  }
}
