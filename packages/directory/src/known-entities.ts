import { entityToWire } from '@fieldline/api-contract';
import type { Clock } from '@fieldline/kernel';
import type { EntityId, EntityKind, EntityOf, JsonObject, TenantId } from '@fieldline/model';
import type { FoundEntity } from '@fieldline/plugin-sdk';
import type { ControlEvent, EntityStore } from '@fieldline/ports';
import { entityTypeOf, kindOf } from './entity-types.js';
import { ENTITIES_KEPT_MAX, ENTITY_KEPT_CHARACTERS_MAX, KEPT_MS, OWNERS_KEPT_MAX } from './limits.js';
import { ReadThrough } from './read-through.js';

/** What most questions about an entity are about. */
export interface EntityOwner {
  readonly customer: EntityId | undefined;
  /** Of a device or asset. */
  readonly profile: { readonly id: EntityId; readonly name: string } | undefined;
}

export interface KnownEntitiesDeps {
  readonly entities: Pick<EntityStore, 'find'>;
  /** Alarms are not among the entities of the control plane. */
  readonly alarm: (tenantId: TenantId, id: string) => Promise<JsonObject | undefined>;
  readonly clock: Pick<Clock, 'nowMs'>;
}

/** Kinds whose documents may be large; they are read anew each time. */
const large: ReadonlySet<EntityKind> = new Set(['dashboard', 'ruleChain', 'otaPackage']);

/** Entities as rule nodes see them, kept until a control event says that they changed: messages come faster than a store answers. */
export class KnownEntities {
  readonly #deps: KnownEntitiesDeps;
  readonly #owners = new ReadThrough<EntityOwner | undefined>({ size: OWNERS_KEPT_MAX, keptMs: KEPT_MS });
  readonly #found = new ReadThrough<FoundEntity | undefined>({ size: ENTITIES_KEPT_MAX, keptMs: KEPT_MS });

  constructor(deps: KnownEntitiesDeps) {
    this.#deps = deps;
  }

  find(tenantId: TenantId, { entityType, id }: EntityId): Promise<FoundEntity | undefined> {
    const kind = kindOf(entityType);
    if (entityType === 'ALARM') return this.#alarm(tenantId, id);
    if (kind === undefined) return Promise.resolve(undefined);
    if (large.has(kind)) return this.#read(kind, tenantId, id);
    const key = keyOf(kind, tenantId, id);
    return this.#found.get(key, this.#deps.clock.nowMs(), async () => {
      const found = await this.#read(kind, tenantId, id);
      if (JSON.stringify(found?.json ?? null).length > ENTITY_KEPT_CHARACTERS_MAX) this.#found.drop(key);
      return found;
    });
  }

  /** Undefined where there is no such entity. */
  owner(tenantId: TenantId, { entityType, id }: EntityId): Promise<EntityOwner | undefined> {
    const kind = kindOf(entityType);
    if (kind === undefined) return Promise.resolve(undefined);
    return this.#owners.get(keyOf(kind, tenantId, id), this.#deps.clock.nowMs(), () => this.#readOwner(kind, tenantId, id));
  }

  /** Lets go of what changed. With a tenant goes all it has; no event names that one by one. */
  changed({ kind, tenantId, id, version }: ControlEvent): void {
    const key = keyOf(kind, tenantId, id);
    this.#owners.drop(key);
    this.#found.drop(key);
    if (kind !== 'tenant' || version !== undefined) return;
    this.#owners.clear();
    this.#found.clear();
  }

  async #alarm(tenantId: TenantId, id: string): Promise<FoundEntity | undefined> {
    const json = await this.#deps.alarm(tenantId, id);
    return json && { entity: { entityType: 'ALARM', id }, json };
  }

  async #read(kind: EntityKind, tenantId: TenantId, id: string): Promise<FoundEntity | undefined> {
    const stored = await this.#deps.entities.find(kind, tenantId, id);
    return stored && foundEntity(kind, stored);
  }

  async #readOwner(kind: EntityKind, tenantId: TenantId, id: string): Promise<EntityOwner | undefined> {
    const stored = await this.#deps.entities.find(kind, tenantId, id);
    if (stored === undefined) return undefined;
    const customerId = kind === 'customer' ? stored.id : 'customerId' in stored ? stored.customerId : undefined;
    const customer: EntityId | undefined = customerId === undefined ? undefined : { entityType: 'CUSTOMER', id: customerId };
    return { customer, profile: profileOf(stored) };
  }
}

/** An entity with its JSON; undefined for kinds that the API does not show as entities. */
export function foundEntity<K extends EntityKind>(kind: K, stored: EntityOf<K>): FoundEntity | undefined {
  const json = entityToWire(kind, stored) as JsonObject | undefined;
  return json && { entity: { entityType: entityTypeOf(kind), id: stored.id }, json };
}

function profileOf(stored: EntityOf<EntityKind>): EntityOwner['profile'] {
  if ('assetProfileId' in stored) return { id: { entityType: 'ASSET_PROFILE', id: stored.assetProfileId }, name: stored.type };
  // Packages name a profile too; only a device has one.
  if (!('deviceProfileId' in stored) || 'packageVersion' in stored) return undefined;
  return { id: { entityType: 'DEVICE_PROFILE', id: stored.deviceProfileId }, name: stored.type };
}

const keyOf = (kind: EntityKind, tenantId: TenantId, id: string): string => `${kind} ${tenantId} ${id}`;
