import { attributeScopes, compareText, type Attribute, type AttributeScope, type EntityId, type TenantId } from '@fieldline/model';
import type { AttributeRemoval, AttributeWrite } from '@fieldline/ports';

type OfEntity = Readonly<Record<AttributeScope, Map<string, Attribute>>>;
type Owned = { readonly tenantId: TenantId; readonly entity: EntityId; readonly attributes: OfEntity };

const keyOf = (tenantId: TenantId, entity: EntityId): string => `${tenantId} ${entity.entityType} ${entity.id}`;

/** The attributes of a store, by entity, scope and key. */
export class MemoryAttributes {
  readonly #entities = new Map<string, Owned>();

  apply(change: AttributeWrite | AttributeRemoval): void {
    const { tenantId, entity, scope, key } = change;
    const ofScope = this.#owned(tenantId, entity).attributes[scope];
    if ('value' in change) ofScope.set(key, attributeOf(change));
    else ofScope.delete(key);
  }

  removeWhere(isRemoved: (tenantId: TenantId, entity: EntityId) => boolean): void {
    for (const [key, { tenantId, entity }] of this.#entities) if (isRemoved(tenantId, entity)) this.#entities.delete(key);
  }

  /** Sorted by key, with what the changes would make of them. */
  read(
    tenantId: TenantId,
    entity: EntityId,
    scope: AttributeScope,
    keys?: readonly string[],
    changes: readonly (AttributeWrite | AttributeRemoval)[] = [],
  ): Attribute[] {
    const found = new Map(this.#entities.get(keyOf(tenantId, entity))?.attributes[scope]);
    for (const change of changes) {
      if (change.scope !== scope || keyOf(change.tenantId, change.entity) !== keyOf(tenantId, entity)) continue;
      if ('value' in change) found.set(change.key, attributeOf(change));
      else found.delete(change.key);
    }
    return [...found.values()].filter(({ key }) => keys === undefined || keys.includes(key)).sort(byKey);
  }

  keysOfMany(tenantId: TenantId, entities: readonly EntityId[]): Record<AttributeScope, readonly string[]> {
    const keysIn = (scope: AttributeScope): string[] => {
      const keys = entities.flatMap((entity) => [...(this.#entities.get(keyOf(tenantId, entity))?.attributes[scope].keys() ?? [])]);
      return [...new Set(keys)].sort(compareText);
    };
    return { CLIENT_SCOPE: keysIn('CLIENT_SCOPE'), SHARED_SCOPE: keysIn('SHARED_SCOPE'), SERVER_SCOPE: keysIn('SERVER_SCOPE') };
  }

  every(scope: AttributeScope, key: string): { tenantId: TenantId; entity: EntityId; attribute: Attribute }[] {
    return [...this.#entities.values()].flatMap(({ tenantId, entity, attributes }) => {
      const attribute = attributes[scope].get(key);
      return attribute === undefined ? [] : [{ tenantId, entity, attribute }];
    });
  }

  #owned(tenantId: TenantId, entity: EntityId): Owned {
    const key = keyOf(tenantId, entity);
    const found = this.#entities.get(key);
    if (found !== undefined) return found;
    const attributes = Object.fromEntries(attributeScopes.map((scope) => [scope, new Map<string, Attribute>()])) as unknown as OfEntity;
    const made = { tenantId, entity: { ...entity }, attributes };
    this.#entities.set(key, made);
    return made;
  }
}

const attributeOf = ({ key, kind, value, lastUpdateMs }: AttributeWrite): Attribute => ({ key, kind, value, lastUpdateMs });
const byKey = (a: { readonly key: string }, b: { readonly key: string }): number => (a.key < b.key ? -1 : 1);
