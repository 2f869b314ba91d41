import {
  entityCountDraftOf,
  entityCountQuerySchema,
  entityDataDraftOf,
  entityDataQuerySchema,
  entityDataToWire,
  entityKeysParametersSchema,
  entityKeysV2ParametersSchema,
  pageDataSchema,
  pageToWire,
  valueJson,
  wireEntityDataSchema,
  wireEntityKeysSchema,
  wireEntityKeysV2Schema,
} from '@fieldline/api-contract';
import type { EntityQuestions } from '@fieldline/directory';
import { attributeScopes, type TypedValue } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { restErrors } from './errors.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ENTITY_QUESTIONS, REST_DEPS } from './tokens.js';

const area = 'Entity queries';
const findEntities = defineRoute({
  method: 'POST',
  path: '/api/entitiesQuery/find',
  area,
  summary: 'Entities with chosen fields, attributes and latest telemetry, filtered, searched and sorted.',
  permission: 'entity-query.find',
  body: entityDataQuerySchema,
  response: pageDataSchema(wireEntityDataSchema),
});
const countEntities = defineRoute({
  method: 'POST',
  path: '/api/entitiesQuery/count',
  area,
  summary: 'How many entities a query finds.',
  permission: 'entity-query.find',
  body: entityCountQuerySchema,
  response: z.int().describe('Entities found.'),
});
const findKeys = defineRoute({
  method: 'POST',
  path: '/api/entitiesQuery/find/keys',
  area,
  summary: 'The keys of time series and attributes that the first 100 entities of a query have.',
  permission: 'entity-query.keys',
  query: entityKeysParametersSchema,
  body: entityDataQuerySchema,
  response: wireEntityKeysSchema,
});
const findKeysV2 = defineRoute({
  method: 'POST',
  path: '/api/v2/entitiesQuery/find/keys',
  area,
  summary: 'The same, attributes by scope, on request with a value of each.',
  permission: 'entity-query.keys',
  query: entityKeysV2ParametersSchema,
  body: entityDataQuerySchema,
  response: wireEntityKeysV2Schema,
});

/** Questions about many entities at once (rest-api.md §23). */
@Controller()
export class EntityQueryController {
  readonly #questions: EntityQuestions;
  readonly #deps: RestDeps;

  constructor(@Inject(ENTITY_QUESTIONS) questions: EntityQuestions, @Inject(REST_DEPS) deps: RestDeps) {
    this.#questions = questions;
    this.#deps = deps;
  }

  @Handles(findEntities)
  async find(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof findEntities>): Promise<AnswerOf<typeof findEntities>> {
    const nowMs = this.#deps.clock.nowMs();
    return pageToWire(await this.#questions.find(caller, entityDataDraftOf(body)), (entity) => entityDataToWire(entity, nowMs));
  }

  @Handles(countEntities)
  count(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof countEntities>): Promise<AnswerOf<typeof countEntities>> {
    return this.#questions.count(caller, entityCountDraftOf(body));
  }

  @Handles(findKeys)
  async findKeys(@CallerOf() caller: Caller, @Input() { query, body }: InputOf<typeof findKeys>): Promise<AnswerOf<typeof findKeys>> {
    const scopes = query.attributes ? (query.scope === undefined ? attributeScopes : [query.scope]) : [];
    const found = await this.#questions.keys(caller, entityDataDraftOf(body), { timeseries: query.timeseries, scopes, samples: false });
    const attributes = Object.values(found.attributes).flatMap((keys) => keys.map(({ key }) => key));
    return { entityTypes: [...found.entityTypes], timeseries: found.timeseries.map(({ key }) => key), attribute: [...new Set(attributes)].sort() };
  }

  @Handles(findKeysV2)
  async findKeysV2(@CallerOf() caller: Caller, @Input() { query, body }: InputOf<typeof findKeysV2>): Promise<AnswerOf<typeof findKeysV2>> {
    const { includeTimeseries: timeseries, includeAttributes, includeSamples: samples } = query;
    if (!timeseries && !includeAttributes) throw restErrors.KEYS_NEITHER();
    const scopes = includeAttributes ? (query.scopes ?? attributeScopes) : [];
    const found = await this.#questions.keys(caller, entityDataDraftOf(body), { timeseries, scopes, samples });
    const attributes = Object.entries(found.attributes).map(([scope, keys]) => [
      scope,
      keys.map(({ key, sample }) => withSample(key, sample, sample?.lastUpdateMs)),
    ]);
    return {
      entityTypes: [...found.entityTypes],
      ...(timeseries ? { timeseries: found.timeseries.map(({ key, sample }) => withSample(key, sample, sample?.tsMs)) } : {}),
      ...(includeAttributes ? { attributes: Object.fromEntries(attributes) as object } : {}),
    };
  }
}

function withSample(key: string, sample: TypedValue | undefined, tsMs = 0) {
  return sample === undefined ? { key } : { key, sample: { ts: tsMs, value: valueJson(sample) as z.core.util.JSONType } };
}
