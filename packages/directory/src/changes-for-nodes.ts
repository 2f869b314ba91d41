import { isProblem } from '@fieldline/kernel';
import type { EntityKind, EntityOf, EntityType } from '@fieldline/model';
import { relationKey } from '@fieldline/model';
import type { EntitiesService, FoundEntity, RelationEnds } from '@fieldline/plugin-sdk';
import type { Caller } from '@fieldline/ports';
import { assignErrors } from './assign-errors.js';
import { Assets } from './assets.js';
import { Assignments } from './assignments.js';
import { Customers } from './customers.js';
import { DashboardAssignments } from './dashboard-assignments.js';
import { deviceErrors } from './device-errors.js';
import { Devices } from './devices.js';
import type { DirectoryDeps } from './directory-deps.js';
import { kindOf, labelOf } from './entity-types.js';
import { foundEntity } from './known-entities.js';
import { NAME_LENGTH_MAX, SAVE_ATTEMPTS_MAX } from './limits.js';
import type { ActingNode, NodeChanges } from './node-changes.js';
import { nodeErrors } from './node-errors.js';
import type { AssignableKind } from './owner-change.js';
import { Relations } from './relations.js';

type Wanted = Parameters<EntitiesService['ensure']>[0];
type EnsuredKind = 'device' | 'asset' | 'customer';

/**
 * Does what rule nodes want with the use cases of people: the same rules and limits hold, and the audit log names the node.
 * No messages tell of it: what a rule chain is to hear about, the node itself sends. What is done already is left as it is.
 *
 * @throws DIRECTORY_NODE_* and what the use cases throw
 */
export function changesForNodes(given: DirectoryDeps): NodeChanges {
  const deps: DirectoryDeps = { ...given, messages: { send: () => Promise.resolve() } };
  const assignments: { readonly [K in AssignableKind]: Assignments<K> } = {
    device: new Assignments(deps, 'device', deviceErrors.DEVICE_NOT_ASSIGNED),
    asset: new Assignments(deps, 'asset', assignErrors.ASSET_NOT_ASSIGNED),
    entityView: new Assignments(deps, 'entityView', assignErrors.VIEW_NOT_ASSIGNED),
  };
  const dashboards = new DashboardAssignments(deps);
  const relations = new Relations(deps);
  return {
    ensure: (node, wanted) => ensure(deps, callerOf(node), wanted),
    async assign(node, { entityType, id }, customer) {
      const kind = assignableOf(entityType);
      await (kind === 'dashboard' ? dashboards : assignments[kind]).assign(callerOf(node), id, customer.id);
    },
    async unassign(node, { entityType, id }, customer) {
      const kind = assignableOf(entityType);
      if (kind !== 'dashboard') return assignments[kind].unassign(callerOf(node), id).then(done, unless(/_NOT_ASSIGNED$/));
      if (customer === undefined) throw nodeErrors.NODE_CUSTOMER_MISSING();
      await dashboards.unassign(callerOf(node), id, customer.id);
    },
    async saveRelation(node, relation) {
      requireName('relation type', relation.type);
      if (await isThere(deps, node, relation)) return;
      await relations.save(callerOf(node), { ...relation, typeGroup: 'COMMON' });
    },
    removeRelation(node, relation) {
      // An entity that is gone took its relations along.
      const removal = relations.remove(callerOf(node), { ...relation, typeGroup: 'COMMON' });
      return removal.then(done, unless(/^DIRECTORY_(RELATION|ENTITY)_NOT_FOUND$/));
    },
  };
}

/** The tenant's administrator in all but its record: that names the node. */
function callerOf({ tenantId, id, name }: ActingNode): Caller {
  const email = `rule node ${name}`.slice(0, NAME_LENGTH_MAX);
  return { userId: id, email, authority: 'TENANT_ADMIN', tenantId, customerId: undefined, sessionId: '', expiresAtMs: Number.MAX_SAFE_INTEGER };
}

async function ensure(deps: DirectoryDeps, caller: Caller, wanted: Wanted): Promise<FoundEntity & { readonly isNew: boolean }> {
  const kind = kindOf(wanted.entityType) as EnsuredKind;
  const name = wanted.name.trim();
  requireName('name', name);
  const type = wanted.profile?.trim() ?? '';
  if (type !== '') requireName('name of the profile', type);
  for (let attempt = 1; ; attempt += 1) {
    const [known] = await deps.entities.findAll(kind, caller.tenantId, { name }, 1);
    if (known !== undefined) return { ...shown(kind, known), isNew: false };
    try {
      return { ...(await make(deps, caller, kind, { name, type })), isNew: true };
    } catch (error) {
      // Somebody made it, or its profile, at the same moment.
      const isTaken = isProblem(error) && /_(NAME|TITLE)_TAKEN$/.test(error.code);
      if (!isTaken || attempt === SAVE_ATTEMPTS_MAX) throw error;
    }
  }
}

async function make(
  deps: DirectoryDeps,
  caller: Caller,
  kind: EnsuredKind,
  draft: { readonly name: string; readonly type: string },
): Promise<FoundEntity> {
  if (kind === 'device') return shown(kind, await new Devices(deps).save(caller, draft));
  if (kind === 'asset') return shown(kind, await new Assets(deps).save(caller, draft));
  return shown(kind, await new Customers(deps).save(caller, { name: draft.name }));
}

function shown<K extends EntityKind>(kind: K, stored: EntityOf<K>): FoundEntity {
  return foundEntity(kind, stored) as FoundEntity;
}

/** @throws DIRECTORY_NODE_NAME_INVALID */
function requireName(what: string, text: string): void {
  if (text.trim() === '' || text.length > NAME_LENGTH_MAX) throw nodeErrors.NODE_NAME_INVALID({ what, limit: NAME_LENGTH_MAX });
}

/** @throws DIRECTORY_NODE_NOT_ASSIGNABLE */
function assignableOf(entityType: EntityType): AssignableKind | 'dashboard' {
  const kind = kindOf(entityType);
  if (kind === 'device' || kind === 'asset' || kind === 'entityView' || kind === 'dashboard') return kind;
  throw nodeErrors.NODE_NOT_ASSIGNABLE({ label: labelOf(entityType) });
}

async function isThere({ entities }: DirectoryDeps, { tenantId }: ActingNode, { from, to, type }: RelationEnds): Promise<boolean> {
  return (await entities.findAll('relation', tenantId, { key: relationKey(from, to, 'COMMON', type) }, 1)).length > 0;
}

const done = (): void => undefined;

/** Takes an error for nothing where its code says that there was nothing to do. */
function unless(codes: RegExp): (error: unknown) => void {
  return (error) => {
    if (!isProblem(error) || !codes.test(error.code)) throw error;
  };
}
