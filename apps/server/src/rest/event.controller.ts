import {
  eventFilterOf,
  eventFilterSchema,
  eventToWire,
  eventTypeSchema,
  pageDataSchema,
  pageQueryOf,
  pageToWire,
  timeBoundsOf,
  timePageParametersSchema,
  timeParametersSchema,
  uuidSchema,
  wireEventSchema,
} from '@fieldline/api-contract';
import type { EventFilter, Events } from '@fieldline/directory';
import type { EntityId, EventType } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { entityParams, idParams } from './id-params.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { EVENTS } from './tokens.js';

const area = 'Events';
const query = z.object({ ...timePageParametersSchema.shape, tenantId: uuidSchema.describe('Tenant of the entity.') });
const response = pageDataSchema(wireEventSchema);
const sortable = { createdTime: 'createdAtMs' };

const listOfType = defineRoute({
  method: 'GET',
  path: '/api/events/:entityType/:entityId/:eventType',
  area,
  summary: 'A page of the events of one type of an entity.',
  permission: 'event.read',
  params: z.object({ ...entityParams.shape, eventType: eventTypeSchema }),
  query,
  response,
});
const listLifeCycle = defineRoute({
  method: 'GET',
  path: '/api/events/:entityType/:entityId',
  area,
  summary: 'A page of the life cycle events of an entity.',
  permission: 'event.read',
  params: entityParams,
  query,
  response,
});
const search = defineRoute({
  method: 'POST',
  path: '/api/events/:entityType/:entityId',
  area,
  summary: 'A page of the events of an entity that fit a filter. Of more than 2,500 events not all may be counted.',
  permission: 'event.read',
  params: entityParams,
  query,
  body: eventFilterSchema,
  response,
});
const clear = defineRoute({
  method: 'POST',
  path: '/api/events/:entityType/:entityId/clear',
  area,
  summary: 'Removes the events of an entity that fit a filter.',
  permission: 'event.delete',
  params: entityParams,
  query: timeParametersSchema,
  body: eventFilterSchema,
});
const debugIn = defineRoute({
  method: 'GET',
  path: '/api/ruleNode/:ruleNodeId/debugIn',
  area,
  summary: 'The last message that came to a rule node while people debugged it; empty where there is none.',
  permission: 'rule-chain.read',
  params: idParams('ruleNodeId'),
  response: wireEventSchema.shape.body.optional(),
});

/** What happened to entities by themselves. */
@Controller()
export class EventController {
  readonly #events: Events;

  constructor(@Inject(EVENTS) events: Events) {
    this.#events = events;
  }

  @Handles(listOfType)
  ofType(@CallerOf() caller: Caller, @Input() { params, query: asked }: InputOf<typeof listOfType>): Promise<AnswerOf<typeof listOfType>> {
    return this.#page(caller, entityOf(params), params.eventType, asked);
  }

  @Handles(listLifeCycle)
  lifeCycle(@CallerOf() caller: Caller, @Input() { params, query: asked }: InputOf<typeof listLifeCycle>): Promise<AnswerOf<typeof listLifeCycle>> {
    return this.#page(caller, entityOf(params), 'LC_EVENT', asked);
  }

  @Handles(search)
  search(@CallerOf() caller: Caller, @Input() { params, query: asked, body }: InputOf<typeof search>): Promise<AnswerOf<typeof search>> {
    return this.#page(caller, entityOf(params), body.eventType, asked, eventFilterOf(body));
  }

  @Handles(clear)
  async clear(@CallerOf() caller: Caller, @Input() { params, query: asked, body }: InputOf<typeof clear>): Promise<void> {
    await this.#events.clear(caller, entityOf(params), body.eventType, timeBoundsOf(asked), eventFilterOf(body));
  }

  @Handles(debugIn)
  async debugIn(@CallerOf() caller: Caller, @Input() { params: { ruleNodeId } }: InputOf<typeof debugIn>): Promise<AnswerOf<typeof debugIn>> {
    const event = await this.#events.latest(caller, { entityType: 'RULE_NODE', id: ruleNodeId }, 'DEBUG_RULE_NODE', { msgDirectionType: 'IN' });
    return event === undefined ? undefined : eventToWire(event).body;
  }

  async #page(
    caller: Caller,
    entity: EntityId,
    type: EventType,
    asked: z.output<typeof query>,
    filter: EventFilter = {},
  ): Promise<AnswerOf<typeof search>> {
    const page = { ...pageQueryOf(asked, sortable), ...timeBoundsOf(asked) };
    return pageToWire(await this.#events.page(caller, entity, type, page, filter), eventToWire);
  }
}

function entityOf({ entityType, entityId }: z.output<typeof entityParams>): EntityId {
  return { entityType, id: entityId };
}
