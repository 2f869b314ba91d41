import {
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  queueDraftOf,
  queueSaveSchema,
  queueToWire,
  wireQueueSchema,
} from '@fieldline/api-contract';
import type { Queues } from '@fieldline/directory';
import { pageOf } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { QUEUES } from './tokens.js';

const area = 'Queues';
const params = idParams('queueId');
const serviceType = z.string().max(255).describe('TB-RULE-ENGINE: the only service with queues; others have none.');
const sortable = { createdTime: 'createdAtMs', name: 'name', topic: 'topic' };

const listQueues = defineRoute({
  method: 'GET',
  path: '/api/queues',
  area,
  summary: 'A page of the queues that rule chains and profiles may name.',
  permission: 'queue.read',
  query: z.object({ ...pageParametersSchema.shape, serviceType }),
  response: pageDataSchema(wireQueueSchema),
});
const readQueue = defineRoute({
  method: 'GET',
  path: '/api/queues/:queueId',
  area,
  summary: 'One queue.',
  permission: 'queue.read',
  params,
  response: wireQueueSchema,
});
const readByName = defineRoute({
  method: 'GET',
  path: '/api/queues/name/:queueName',
  area,
  summary: 'The queue that a name means.',
  permission: 'queue.read',
  params: z.object({ queueName: z.string().max(255).describe('Name, compared with case.') }),
  response: wireQueueSchema,
});
const saveQueue = defineRoute({
  method: 'POST',
  path: '/api/queues',
  area,
  summary: 'Creates a queue of the system, or replaces one; it holds from the next batch of messages on.',
  permission: 'queue.write',
  query: z.object({ serviceType: serviceType.optional() }),
  body: queueSaveSchema,
  response: wireQueueSchema,
});
const removeQueue = defineRoute({
  method: 'DELETE',
  path: '/api/queues/:queueId',
  area,
  summary: 'Removes a queue of the system; messages that name it go through Main.',
  permission: 'queue.write',
  params,
});
const saveOwn = defineRoute({
  method: 'POST',
  path: '/api/tenant/queues',
  area,
  summary: 'Creates or replaces a queue of the tenant; it comes before one of the system with the same name.',
  permission: 'tenant-queue.write',
  body: queueSaveSchema,
  response: wireQueueSchema,
});
const removeOwn = defineRoute({
  method: 'DELETE',
  path: '/api/tenant/queues/:queueId',
  area,
  summary: 'Removes a queue of the tenant.',
  permission: 'tenant-queue.write',
  params,
});

/** Queues of messages and how they are processed. */
@Controller()
export class QueueController {
  readonly #queues: Queues;

  constructor(@Inject(QUEUES) queues: Queues) {
    this.#queues = queues;
  }

  @Handles(listQueues)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listQueues>): Promise<AnswerOf<typeof listQueues>> {
    const asked = pageQueryOf(query, sortable);
    if (query.serviceType.toUpperCase() !== 'TB-RULE-ENGINE') return pageToWire(pageOf([], asked, 0), queueToWire);
    return pageToWire(await this.#queues.page(caller, asked), queueToWire);
  }

  @Handles(readByName)
  async byName(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readByName>): Promise<AnswerOf<typeof readByName>> {
    return queueToWire(await this.#queues.byName(caller, input.params.queueName));
  }

  @Handles(readQueue)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readQueue>): Promise<AnswerOf<typeof readQueue>> {
    return queueToWire(await this.#queues.get(caller, input.params.queueId));
  }

  @Handles(saveQueue)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveQueue>): Promise<AnswerOf<typeof saveQueue>> {
    return queueToWire(await this.#queues.save(caller, queueDraftOf(body)));
  }

  @Handles(removeQueue)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeQueue>): Promise<void> {
    await this.#queues.remove(caller, input.params.queueId);
  }

  @Handles(saveOwn)
  async saveOwn(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveOwn>): Promise<AnswerOf<typeof saveOwn>> {
    return queueToWire(await this.#queues.save(caller, queueDraftOf(body)));
  }

  @Handles(removeOwn)
  async removeOwn(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeOwn>): Promise<void> {
    await this.#queues.remove(caller, input.params.queueId);
  }
}
