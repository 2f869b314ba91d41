import type { Device, DeviceCredentials, Tenant, TenantId } from '@fieldline/model';
import type { Caller, EntityChange } from '@fieldline/ports';
import { entityAction } from './actions.js';
import { deviceErrors } from './device-errors.js';
import { deviceProfileOf } from './device-parts.js';
import { DeviceSecrets, takenCredentials } from './device-secrets.js';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter, savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { isViewed, relationRemovals } from './removal.js';
import { storedEntity } from './stored-entity.js';
import { TenantLimits } from './tenant-limits.js';
import { noneMatches, refersTo } from './write-conditions.js';

const taken = { 'device.name': directoryErrors.DEVICE_NAME_TAKEN, ...takenCredentials };

/**
 * Moves a device to another tenant. It keeps its id, name and credentials, gets the profile of its type there (made where
 * there is none), and leaves its customer, relations and packages behind; its sessions end. What it measured stays with the
 * tenant for which it was measured, and is there should the device come back.
 *
 * @throws DIRECTORY_TENANT_UNKNOWN, DIRECTORY_DEVICE_VIEWED_NOT_MOVED, DIRECTORY_DEVICE_NAME_TAKEN, DIRECTORY_ENTITIES_LIMIT
 */
export async function moveDevice(deps: DirectoryDeps, caller: Caller, deviceId: string, toTenantId: string): Promise<Device> {
  const { tenantId } = await deps.access.require(caller, { entityType: 'DEVICE', id: deviceId }, 'assign');
  return savedOnce(undefined, () => moveOnce(deps, caller, { tenantId, deviceId, toTenantId }));
}

interface Move {
  readonly tenantId: TenantId;
  readonly deviceId: string;
  readonly toTenantId: string;
}

async function moveOnce(deps: DirectoryDeps, caller: Caller, { tenantId, deviceId, toTenantId }: Move): Promise<Device> {
  const before = await storedEntity(deps.entities, 'device', tenantId, deviceId);
  const target = toTenantId as TenantId;
  const tenant = await deps.entities.find('tenant', target, toTenantId);
  if (tenant === undefined) throw deviceErrors.TENANT_UNKNOWN();
  if (target === tenantId) return before;
  if (await isViewed(deps.entities, tenantId, deviceId)) throw deviceErrors.DEVICE_VIEWED_NOT_MOVED();
  const room = await new TenantLimits(deps.entities).requireRoom(target, 'device');
  const { profile, made, ...chosen } = await deviceProfileOf(deps, caller, target, { type: before.type });
  const { customerId: _, firmwareId: __, softwareId: ___, ...kept } = before;
  const after: Device = { ...kept, tenantId: target, version: 1, deviceProfileId: profile.id, type: profile.name };
  const credentials = await new DeviceSecrets(deps).ofDevice(tenantId, deviceId);
  const changes = [
    ...unchanged(before, credentials),
    ...relationRemovals(tenantId, deviceId),
    ...moved(tenantId, target, credentials, after),
    ...made,
  ];
  const viewed = noneMatches({ kind: 'entityView', tenantId, filter: { targetId: deviceId } }, deviceErrors.DEVICE_VIEWED_NOT_MOVED);
  const conditions = [...refersTo('tenant', target, toTenantId, deviceErrors.TENANT_UNKNOWN), ...room, ...chosen.conditions, viewed];
  const actions = [...chosen.actions, ...(await movesOf(deps, caller, { before, after, tenant }))];
  await new EntityWriter(deps).write(changes, { taken, conditions, actions });
  return after;
}

/** Fails where somebody changes or removes the device or its credentials meanwhile: what goes must be what is there. */
function unchanged(device: Device, credentials: DeviceCredentials): readonly EntityChange[] {
  return [
    { change: 'update', kind: 'device', entity: device },
    { change: 'update', kind: 'deviceCredentials', entity: credentials },
  ];
}

function moved(from: TenantId, to: TenantId, credentials: DeviceCredentials, device: Device): readonly EntityChange[] {
  return [
    { change: 'remove', kind: 'deviceCredentials', tenantId: from, id: credentials.id },
    { change: 'remove', kind: 'device', tenantId: from, id: device.id },
    { change: 'insert', kind: 'device', entity: device },
    { change: 'insert', kind: 'deviceCredentials', entity: { ...credentials, tenantId: to, version: 1 } },
  ];
}

/** What both tenants are told: the one that it went, the other that it came. */
async function movesOf(
  { entities }: DirectoryDeps,
  caller: Caller,
  { before, after, tenant }: { readonly before: Device; readonly after: Device; readonly tenant: Tenant },
) {
  const former = await entities.find('tenant', caller.tenantId, caller.tenantId);
  const went = { assignedToTenantId: tenant.id, assignedToTenantName: tenant.name };
  const came = { assignedFromTenantId: caller.tenantId, assignedFromTenantName: former?.name ?? caller.tenantId };
  return [
    entityAction(caller, 'ASSIGNED_TO_TENANT', 'device', { before }, { metadata: went }),
    entityAction(caller, 'ASSIGNED_FROM_TENANT', 'device', { after }, { metadata: came }),
  ];
}
