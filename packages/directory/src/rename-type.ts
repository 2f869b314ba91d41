import type { TenantId } from '@fieldline/model';
import type { EntityChange, EntityFilter } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter } from './entity-writer.js';
import { RENAMED_PER_WRITE } from './limits.js';

/** Gives the entities of a profile its new name as type, in slices, until none has another. */
export async function renameType(
  deps: DirectoryDeps,
  kind: 'device' | 'asset',
  tenantId: TenantId,
  ofProfile: EntityFilter,
  type: string,
): Promise<void> {
  const writer = new EntityWriter(deps);
  const query = { pageSize: RENAMED_PER_WRITE, sortBy: 'createdAtMs' } as const;
  for (let page = 0, hasNext = true; hasNext; page += 1) {
    const entities = await deps.entities.page(kind, tenantId, { ...query, page }, ofProfile);
    hasNext = entities.hasNext;
    const stale = entities.data.filter((entity) => entity.type !== type);
    if (stale.length > 0) await writer.write(stale.map((entity) => ({ change: 'update', kind, entity: { ...entity, type } }) as EntityChange));
  }
}
