import {
  relatedEntityParametersSchema,
  relationDraftOf,
  relationEndsOf,
  relationInfoToWire,
  relationListParametersSchema,
  oneRelationParametersSchema,
  relationQueryOf,
  relationQuerySchema,
  relationRemovalParametersSchema,
  relationSaveSchema,
  relationToWire,
  wireRelationInfoSchema,
  wireRelationSchema,
} from '@fieldline/api-contract';
import type { NamedRelation, Relations } from '@fieldline/directory';
import { relationErrors } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { restErrors } from './errors.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { RELATIONS } from './tokens.js';

const area = 'Relations';
const [relation, relations, infos] = [wireRelationSchema, z.array(wireRelationSchema), z.array(wireRelationInfoSchema)];
const read = { method: 'GET', area, permission: 'relation.read' } as const;
const save = { method: 'POST', area, summary: 'Creates a relation, or replaces its additional information.', permission: 'relation.write' } as const;
const remove = { method: 'DELETE', area, summary: 'Removes one relation.', permission: 'relation.write' } as const;

const saveRelation = defineRoute({ ...save, path: '/api/relation', body: relationSaveSchema });
const saveRelationV2 = defineRoute({ ...save, path: '/api/v2/relation', body: relationSaveSchema, response: relation });
const removeRelation = defineRoute({ ...remove, path: '/api/relation', query: relationRemovalParametersSchema });
const removeRelationV2 = defineRoute({ ...remove, path: '/api/v2/relation', query: relationRemovalParametersSchema, response: relation });
const removeRelations = defineRoute({
  ...remove,
  path: '/api/relations',
  summary: 'Removes all relations of the group COMMON that an entity has, in both directions.',
  query: relatedEntityParametersSchema,
});
const readRelation = defineRoute({
  ...read,
  path: '/api/relation',
  summary: 'One relation.',
  query: oneRelationParametersSchema,
  response: relation,
});
const listRelations = defineRoute({
  ...read,
  path: '/api/relations',
  summary: 'The relations that start at an entity, or those that end at it.',
  query: relationListParametersSchema,
  response: relations,
});
const listInfos = defineRoute({
  ...read,
  path: '/api/relations/info',
  summary: 'The relations that start at an entity, or those that end at it, with the names of their ends.',
  query: relationListParametersSchema,
  response: infos,
});
const queryRelations = defineRoute({
  ...read,
  method: 'POST',
  path: '/api/relations',
  summary: 'The relations met by following them from one entity on.',
  body: relationQuerySchema,
  response: relations,
});
const queryInfos = defineRoute({
  ...read,
  method: 'POST',
  path: '/api/relations/info',
  summary: 'The relations met by following them from one entity on, with the names of their ends.',
  body: relationQuerySchema,
  response: infos,
});

/** Relations between entities. */
@Controller()
export class RelationController {
  readonly #relations: Relations;

  constructor(@Inject(RELATIONS) service: Relations) {
    this.#relations = service;
  }

  @Handles(saveRelation)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveRelation>): Promise<void> {
    await this.#relations.save(caller, relationDraftOf(body));
  }

  @Handles(saveRelationV2)
  async saveV2(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveRelationV2>): Promise<AnswerOf<typeof saveRelationV2>> {
    return relationToWire(await this.#relations.save(caller, relationDraftOf(body)));
  }

  @Handles(removeRelation)
  async remove(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof removeRelation>): Promise<void> {
    await this.#relations.remove(caller, relationEndsOf(query));
  }

  @Handles(removeRelationV2)
  async removeV2(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof removeRelationV2>): Promise<AnswerOf<typeof removeRelationV2>> {
    return relationToWire(await this.#relations.remove(caller, relationEndsOf(query)));
  }

  @Handles(removeRelations)
  async removeAll(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof removeRelations>): Promise<void> {
    await this.#relations.removeAll(caller, { entityType: query.entityType, id: query.entityId });
  }

  @Handles(readRelation)
  async read(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof readRelation>): Promise<AnswerOf<typeof readRelation>> {
    return relationToWire(await this.#relations.get(caller, relationEndsOf(query)));
  }

  @Handles(listRelations)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listRelations>): Promise<AnswerOf<typeof listRelations>> {
    return (await this.#listed(caller, query)).map((one) => relationToWire(one.relation));
  }

  @Handles(listInfos)
  async listInfos(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listInfos>): Promise<AnswerOf<typeof listInfos>> {
    return (await this.#listed(caller, query)).map(relationInfoToWire);
  }

  @Handles(queryRelations)
  async query(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof queryRelations>): Promise<AnswerOf<typeof queryRelations>> {
    return (await this.#found(caller, body)).map((one) => relationToWire(one.relation));
  }

  @Handles(queryInfos)
  async queryInfos(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof queryInfos>): Promise<AnswerOf<typeof queryInfos>> {
    return (await this.#found(caller, body)).map(relationInfoToWire);
  }

  #listed(caller: Caller, query: InputOf<typeof listRelations>['query']): Promise<readonly NamedRelation[]> {
    const { fromId, fromType, toId, toType } = query;
    const filter = { type: query.relationType, typeGroup: query.relationTypeGroup };
    if (fromId !== undefined && fromType !== undefined) return this.#relations.ofEntity(caller, { entityType: fromType, id: fromId }, 'FROM', filter);
    if (toId !== undefined && toType !== undefined) return this.#relations.ofEntity(caller, { entityType: toType, id: toId }, 'TO', filter);
    throw restErrors.PARAMETER_MISSING({ name: fromId === undefined ? (toId === undefined ? 'fromId' : 'toType') : 'fromType' });
  }

  #found(caller: Caller, body: InputOf<typeof queryRelations>['body']): Promise<readonly NamedRelation[]> {
    const query = relationQueryOf(body);
    if (query === undefined) throw relationErrors.RELATION_QUERY_INCOMPLETE();
    return this.#relations.query(caller, query);
  }
}
