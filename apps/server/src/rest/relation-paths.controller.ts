import type { WireRelation } from '@fieldline/api-contract';
import {
  relationFilterParametersSchema,
  relationInfoToWire,
  relationToWire,
  wireRelationInfoSchema,
  wireRelationSchema,
} from '@fieldline/api-contract';
import type { NamedRelation, Relations } from '@fieldline/directory';
import type { EntityId, RelationDirection } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { entityParams } from './id-params.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { RELATIONS } from './tokens.js';

const ofEntity = { method: 'GET', area: 'Relations', permission: 'relation.read', query: relationFilterParametersSchema } as const;
const { entityType, entityId } = entityParams.shape;
const from = z.object({ fromType: entityType, fromId: entityId });
const to = z.object({ toType: entityType, toId: entityId });
const relationType = z.string().max(255).describe('Type of the relation.');
const [relations, infos] = [z.array(wireRelationSchema), z.array(wireRelationInfoSchema)];
const [startingHere, endingHere] = ['The relations that start at an entity', 'The relations that end at an entity'];

const listFrom = defineRoute({
  ...ofEntity,
  path: '/api/relations/from/:fromType/:fromId',
  summary: `${startingHere}.`,
  params: from,
  response: relations,
});
const listFromOfType = defineRoute({
  ...ofEntity,
  path: '/api/relations/from/:fromType/:fromId/:relationType',
  summary: `${startingHere}, of one type.`,
  params: from.extend({ relationType }),
  response: relations,
});
const listTo = defineRoute({ ...ofEntity, path: '/api/relations/to/:toType/:toId', summary: `${endingHere}.`, params: to, response: relations });
const listToOfType = defineRoute({
  ...ofEntity,
  path: '/api/relations/to/:toType/:toId/:relationType',
  summary: `${endingHere}, of one type.`,
  params: to.extend({ relationType }),
  response: relations,
});
const infosFrom = defineRoute({
  ...ofEntity,
  path: '/api/relations/info/from/:fromType/:fromId',
  summary: `${startingHere}, with the names of their ends.`,
  params: from,
  response: infos,
});
const infosTo = defineRoute({
  ...ofEntity,
  path: '/api/relations/info/to/:toType/:toId',
  summary: `${endingHere}, with the names of their ends.`,
  params: to,
  response: infos,
});

/** Lists of relations whose entity is in the path. */
@Controller()
export class RelationPathsController {
  readonly #relations: Relations;

  constructor(@Inject(RELATIONS) service: Relations) {
    this.#relations = service;
  }

  @Handles(listFrom)
  async from(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof listFrom>): Promise<AnswerOf<typeof listFrom>> {
    return plain(await this.#list(caller, 'FROM', { entityType: params.fromType, id: params.fromId }, query));
  }

  @Handles(listFromOfType)
  async fromOfType(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof listFromOfType>): Promise<AnswerOf<typeof listFromOfType>> {
    return plain(await this.#list(caller, 'FROM', { entityType: params.fromType, id: params.fromId }, { ...query, ...params }));
  }

  @Handles(listTo)
  async to(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof listTo>): Promise<AnswerOf<typeof listTo>> {
    return plain(await this.#list(caller, 'TO', { entityType: params.toType, id: params.toId }, query));
  }

  @Handles(listToOfType)
  async toOfType(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof listToOfType>): Promise<AnswerOf<typeof listToOfType>> {
    return plain(await this.#list(caller, 'TO', { entityType: params.toType, id: params.toId }, { ...query, ...params }));
  }

  @Handles(infosFrom)
  async infosFrom(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof infosFrom>): Promise<AnswerOf<typeof infosFrom>> {
    return (await this.#list(caller, 'FROM', { entityType: params.fromType, id: params.fromId }, query)).map(relationInfoToWire);
  }

  @Handles(infosTo)
  async infosTo(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof infosTo>): Promise<AnswerOf<typeof infosTo>> {
    return (await this.#list(caller, 'TO', { entityType: params.toType, id: params.toId }, query)).map(relationInfoToWire);
  }

  #list(caller: Caller, direction: RelationDirection, entity: EntityId, query: InputOf<typeof listFrom>['query']): Promise<readonly NamedRelation[]> {
    return this.#relations.ofEntity(caller, entity, direction, { type: query.relationType, typeGroup: query.relationTypeGroup });
  }
}

const plain = (found: readonly NamedRelation[]): WireRelation[] => found.map(({ relation }) => relationToWire(relation));
