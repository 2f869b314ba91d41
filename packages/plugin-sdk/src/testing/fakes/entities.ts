import type { EntityId, JsonObject } from '@fieldline/model';
import type { ActiveView, EntitiesService, FoundEntity } from '../../services/index.js';
import { refused } from './problem.js';

/** An entity that exists in a test. Change the list to change the world. */
export interface KnownEntity {
  readonly entity: EntityId;
  readonly name: string;
  /** Members of its JSON besides id and name. */
  readonly fields?: JsonObject;
  customer?: EntityId | undefined;
  /** Name of its profile. */
  readonly profile?: string;
  readonly credentials?: { readonly type: string; readonly value: string };
  readonly views?: readonly ActiveView[];
}

/** The entities in `known`. What a node makes or assigns is found there too. */
export function knownEntities(known: KnownEntity[]): EntitiesService {
  const find = ({ entityType, id }: EntityId): KnownEntity | undefined =>
    known.find(({ entity }) => entity.entityType === entityType && entity.id === id);
  const byName = (entityType: string, name: string): KnownEntity | undefined =>
    known.find((one) => one.entity.entityType === entityType && one.name === name);
  const must = (entity: EntityId): KnownEntity => {
    const found = find(entity);
    if (found === undefined) throw refused('ENTITY_NOT_FOUND', `There is no ${entity.entityType} ${entity.id}.`, 'not-found');
    return found;
  };
  const later = <T>(make: () => T): Promise<T> => Promise.resolve().then(make);
  return {
    find: (entity) => later(() => foundOf(find(entity))),
    findByName: (entityType, name) => later(() => foundOf(byName(entityType, name))),
    customerOf: (entity) => later(() => (entity.entityType === 'CUSTOMER' ? find(entity)?.entity : find(entity)?.customer)),
    profileNameOf: (entity) => later(() => find(entity)?.profile),
    profileOf: (entity) => later(() => foundOf(byName(`${entity.entityType}_PROFILE`, find(entity)?.profile ?? ''))),
    credentialsOf: (device) => later(() => find(device)?.credentials),
    activeViewsOf: (entity) => later(() => find(entity)?.views ?? []),
    ensure: ({ entityType, name, profile }) =>
      later(() => {
        const old = byName(entityType, name);
        if (old !== undefined) return { ...jsonOf(old), isNew: false };
        const made: KnownEntity = {
          entity: { entityType, id: `${entityType.toLowerCase()}-${name}` },
          name,
          ...(profile === undefined ? {} : { profile }),
        };
        known.push(made);
        return { ...jsonOf(made), isNew: true };
      }),
    assign: (entity, customer) => later(() => void (must(entity).customer = customer)),
    unassign: (entity) => later(() => void (must(entity).customer = undefined)),
  };
}

const foundOf = (known: KnownEntity | undefined): FoundEntity | undefined => (known === undefined ? undefined : jsonOf(known));

function jsonOf({ entity, name, fields, profile, customer }: KnownEntity): FoundEntity {
  const title = entity.entityType === 'CUSTOMER' || entity.entityType === 'TENANT' || entity.entityType === 'DASHBOARD' ? { title: name } : {};
  const owned = customer === undefined ? {} : { customerId: { ...customer } };
  const typed = profile === undefined ? {} : { type: profile };
  return { entity, json: { id: { ...entity }, name, ...title, ...typed, ...owned, ...fields } };
}
