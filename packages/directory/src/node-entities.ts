import type { Clock } from '@fieldline/kernel';
import type { EntityOf, EntityType, TenantId } from '@fieldline/model';
import type { EntitiesService, FoundCredentials, FoundEntity } from '@fieldline/plugin-sdk';
import type { EntityStore } from '@fieldline/ports';
import { kindOf } from './entity-types.js';
import { foundEntity, type KnownEntities } from './known-entities.js';
import { NODE_VIEWS_MAX } from './limits.js';
import type { ActingNode, NodeChanges } from './node-changes.js';

export interface NodeEntitiesDeps {
  readonly entities: Pick<EntityStore, 'find' | 'findAll' | 'userByEmail'>;
  readonly known: KnownEntities;
  readonly changes: NodeChanges;
  readonly clock: Pick<Clock, 'nowMs'>;
}

/** The entities of a tenant as one of its rule nodes sees them. Reads go to the store at hand, changes to whoever makes them. */
export function nodeEntities({ entities, known, changes, clock }: NodeEntitiesDeps, node: ActingNode): EntitiesService {
  const { tenantId } = node;
  return {
    find: (entity) => known.find(tenantId, entity),
    findByName: (entityType, name) => findByName(entities, tenantId, entityType, name),
    customerOf: async (entity) => (await known.owner(tenantId, entity))?.customer,
    profileNameOf: async (entity) => (await known.owner(tenantId, entity))?.profile?.name,
    async profileOf(entity) {
      const profile = (await known.owner(tenantId, entity))?.profile;
      return profile && known.find(tenantId, profile.id);
    },
    async credentialsOf({ entityType, id }) {
      if (entityType !== 'DEVICE') return undefined;
      const [credentials] = await entities.findAll('deviceCredentials', tenantId, { deviceId: id }, 1);
      return credentials && secretOf(credentials);
    },
    async activeViewsOf(entity) {
      const nowMs = clock.nowMs();
      const views = await entities.findAll('entityView', tenantId, { targetId: entity.id }, NODE_VIEWS_MAX);
      const active = views.filter(
        (view) => view.targetType === entity.entityType && view.startMs < nowMs && (view.endMs === 0 || view.endMs > nowMs),
      );
      return active.map(({ id, keys: { attributes } }) => ({
        view: { entityType: 'ENTITY_VIEW', id },
        attributeKeys: { CLIENT_SCOPE: attributes.cs, SHARED_SCOPE: attributes.sh, SERVER_SCOPE: attributes.ss },
      }));
    },
    ensure: (wanted) => changes.ensure(node, wanted),
    assign: (entity, customer) => changes.assign(node, entity, customer),
    unassign: (entity, customer) => changes.unassign(node, entity, customer),
  };
}

/** The oldest, where names are not unique. */
async function findByName(
  entities: NodeEntitiesDeps['entities'],
  tenantId: TenantId,
  entityType: EntityType,
  name: string,
): Promise<FoundEntity | undefined> {
  const kind = kindOf(entityType);
  if (kind === undefined) return undefined;
  if (kind === 'user') {
    const user = await entities.userByEmail(name);
    return user === undefined || user.tenantId !== tenantId ? undefined : foundEntity('user', user);
  }
  const [stored] = await entities.findAll(kind, tenantId, { name }, 1);
  return stored && foundEntity(kind, stored);
}

/** The token, or what the type has besides what it is looked up by. */
function secretOf({ credentialsType: type, credentialsId, credentialsValue }: EntityOf<'deviceCredentials'>): FoundCredentials {
  return { type, value: type === 'ACCESS_TOKEN' ? credentialsId : (credentialsValue ?? '') };
}
