import type { Clock, IdSource } from '@fieldline/kernel';
import { standardQueues, systemTenantId } from '@fieldline/model';
import type { EntityChange, EntityStore } from '@fieldline/ports';
import { newAssetProfile, newTenantProfile } from './new-tenant.js';

/**
 * Gives the system its default tenant profile and its queues, and each tenant its default asset profile, where data
 * folders of earlier versions have none. Run at every start: where nothing is missing, nothing is written.
 */
export async function ensureDefaults(deps: { readonly entities: EntityStore; readonly ids: IdSource; readonly clock: Clock }): Promise<void> {
  const { entities, ids, clock } = deps;
  const nowMs = clock.nowMs();
  const changes: EntityChange[] = [];
  if ((await entities.count('tenantProfile', systemTenantId, { isDefault: true })) === 0) {
    changes.push({ change: 'insert', kind: 'tenantProfile', entity: newTenantProfile({ ids, nowMs, name: 'Default', isDefault: true }) });
  }
  if ((await entities.count('queue', systemTenantId)) === 0) {
    const head = { tenantId: systemTenantId, createdAtMs: nowMs, version: 1 };
    for (const queue of standardQueues) changes.push({ change: 'insert', kind: 'queue', entity: { id: ids.next(), ...head, ...queue } });
  }
  for (const tenantId of await entities.tenantIds()) {
    if ((await entities.count('assetProfile', tenantId, { isDefault: true })) > 0) continue;
    changes.push({ change: 'insert', kind: 'assetProfile', entity: newAssetProfile({ ids, tenantId, nowMs, name: 'default', isDefault: true }) });
  }
  if (changes.length > 0) await entities.write(changes);
}
