import type { EntityId, EntityType, JsonObject } from '@fieldline/model';

/** An entity, with its JSON as the REST API gives it. */
export interface FoundEntity {
  readonly entity: EntityId;
  readonly json: JsonObject;
}

/** An entity view, as far as those who copy attributes into it need it. */
export interface ActiveView {
  readonly view: EntityId;
  readonly attributeKeys: Readonly<Record<'CLIENT_SCOPE' | 'SHARED_SCOPE' | 'SERVER_SCOPE', readonly string[]>>;
}

/** What a device proves itself with: the text is a secret. */
export interface FoundCredentials {
  readonly type: string;
  readonly value: string;
}

/**
 * The entities of the tenant. Reads may be some milliseconds old. Writes take effect at once, before the commit of the
 * batch, and do nothing where they were done before, so that a message that comes again changes nothing.
 */
export interface EntitiesService {
  find(entity: EntityId): Promise<FoundEntity | undefined>;
  /** By its name; customers and dashboards by title, users by email. */
  findByName(entityType: EntityType, name: string): Promise<FoundEntity | undefined>;
  /** The customer that owns the entity; a customer is its own. */
  customerOf(entity: EntityId): Promise<EntityId | undefined>;
  /** Name of the profile of a device or asset. */
  profileNameOf(entity: EntityId): Promise<string | undefined>;
  /** The profile of a device or asset. */
  profileOf(entity: EntityId): Promise<FoundEntity | undefined>;
  credentialsOf(device: EntityId): Promise<FoundCredentials | undefined>;
  /** The views of the entity whose time has begun and not ended. */
  activeViewsOf(entity: EntityId): Promise<readonly ActiveView[]>;
  /**
   * Makes a device, asset or customer, or finds the one of that name.
   *
   * @param wanted.profile name of the profile; absent takes the default one
   * @throws the errors of the REST API that say what is wrong, such as DIRECTORY_ENTITIES_LIMIT; never retry
   */
  ensure(wanted: {
    readonly entityType: 'DEVICE' | 'ASSET' | 'CUSTOMER';
    readonly name: string;
    readonly profile?: string | undefined;
  }): Promise<FoundEntity & { readonly isNew: boolean }>;
  /** Assigns a device, asset, entity view or dashboard to a customer. */
  assign(entity: EntityId, customer: EntityId): Promise<void>;
  /** Takes it away again; only a dashboard needs the customer named. */
  unassign(entity: EntityId, customer?: EntityId): Promise<void>;
}

/** A relation of the group COMMON. */
export interface RelationEnds {
  readonly from: EntityId;
  readonly to: EntityId;
  readonly type: string;
}

/** How to get from one entity to others (rule-nodes.md §0). */
export interface RelatedQuery {
  readonly direction: 'FROM' | 'TO';
  readonly maxLevel: number;
  readonly fetchLastLevelOnly: boolean;
  readonly filters: readonly { readonly relationType: string; readonly entityTypes: readonly EntityType[]; readonly negate?: boolean | undefined }[];
}

/** The relations of the tenant's entities; as `EntitiesService` in time and effect. */
export interface RelationsService {
  exists(relation: RelationEnds): Promise<boolean>;
  /** Relations that start at (FROM) or end at (TO) the entity, of one type. */
  of(entity: EntityId, direction: 'FROM' | 'TO', type: string): Promise<readonly RelationEnds[]>;
  /** The first entity that the query leads to; undefined where it leads to none. */
  firstRelated(root: EntityId, query: RelatedQuery): Promise<EntityId | undefined>;
  /** All entities that the query leads to, the nearest first, at most 1,000. */
  related(root: EntityId, query: RelatedQuery): Promise<readonly EntityId[]>;
  save(relation: RelationEnds): Promise<void>;
  remove(relation: RelationEnds): Promise<void>;
}
