import type { AdminSettings, EntityAction, TenantId, TopicMapping } from '@fieldline/model';
import { topicMappingsSchema } from '@fieldline/model';
import type { Caller, EntityStore } from '@fieldline/ports';
import { actingUserOf, storageErrors } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter, savedOnce } from './entity-writer.js';

/** The mappings of a tenant as they are stored, with the version to state when they are saved. */
export interface StoredMappings {
  /** 0 where none were ever saved. */
  readonly version: number;
  readonly mappings: readonly TopicMapping[];
}

type MappingDeps = Pick<DirectoryDeps, 'entities' | 'events' | 'messages' | 'data' | 'clock' | 'ids' | 'log'>;

const KEY = 'topicMappings';

/** How topics of the MQTT broker become devices and their readings: one ordered list for each tenant, saved as a whole. */
export class TopicMappings {
  readonly #deps: MappingDeps;

  constructor(deps: MappingDeps) {
    this.#deps = deps;
  }

  async get({ tenantId }: Caller): Promise<StoredMappings> {
    const stored = await storedSettings(this.#deps.entities, tenantId);
    return { version: stored?.version ?? 0, mappings: readMappings(stored) };
  }

  /**
   * Replaces the list; it holds from the next message on.
   *
   * @param version the one that was read; absent saves whatever is stored
   * @throws STORAGE_VERSION_CONFLICT
   */
  save(caller: Caller, mappings: readonly TopicMapping[], version?: number): Promise<StoredMappings> {
    return savedOnce(version, () => this.#save(caller, mappings, version));
  }

  async #save(caller: Caller, mappings: readonly TopicMapping[], version: number | undefined): Promise<StoredMappings> {
    const { entities, ids, clock } = this.#deps;
    const { tenantId } = caller;
    const before = await storedSettings(entities, tenantId);
    if (version !== undefined && version !== (before?.version ?? 0))
      throw storageErrors.VERSION_CONFLICT({ kind: 'adminSettings', id: before?.id ?? KEY });
    const value = { mappings: JSON.parse(JSON.stringify(mappings)) as AdminSettings['value'][string] };
    const fresh = { id: ids.next(), tenantId, createdAtMs: clock.nowMs(), key: KEY, version: 1 };
    const entity: AdminSettings = { ...(before ?? fresh), value, version: before?.version ?? 1 };
    const after = before === undefined ? entity : { ...entity, version: entity.version + 1 };
    const action: EntityAction = {
      type: before === undefined ? 'ADDED' : 'UPDATED',
      tenantId,
      user: actingUserOf(caller),
      entity: { entityType: 'ADMIN_SETTINGS', id: entity.id },
      entityName: KEY,
      before,
      after,
    };
    await new EntityWriter(this.#deps).write([{ change: before === undefined ? 'insert' : 'update', kind: 'adminSettings', entity }], {
      actions: [action],
    });
    return { version: after.version, mappings };
  }
}

/** The mappings of a tenant for the broker, which asks for nobody. */
export async function topicMappingsOf(entities: Pick<EntityStore, 'findAll'>, tenantId: TenantId): Promise<readonly TopicMapping[]> {
  return readMappings(await storedSettings(entities, tenantId));
}

async function storedSettings(entities: Pick<EntityStore, 'findAll'>, tenantId: TenantId): Promise<AdminSettings | undefined> {
  const [settings] = await entities.findAll('adminSettings', tenantId, { key: KEY }, 1);
  return settings;
}

function readMappings(settings: AdminSettings | undefined): readonly TopicMapping[] {
  return topicMappingsSchema.parse(settings?.value['mappings'] ?? []);
}
