import type { AdminSettings, TenantId, TopicMapping } from '@fieldline/model';
import { topicMappingsSchema } from '@fieldline/model';
import type { Caller, EntityStore } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { savedOnce } from './entity-writer.js';
import { saveTenantSettings, tenantSettings } from './tenant-settings.js';

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
    const stored = await tenantSettings(this.#deps.entities, tenantId, KEY);
    return { version: stored?.version ?? 0, mappings: readMappings(stored) };
  }

  /**
   * Replaces the list; it holds from the next message on.
   *
   * @param version the one that was read; absent saves whatever is stored
   * @throws STORAGE_VERSION_CONFLICT
   */
  async save(caller: Caller, mappings: readonly TopicMapping[], version?: number): Promise<StoredMappings> {
    const saved = await savedOnce(version, () => saveTenantSettings(this.#deps, caller, { key: KEY, value: { mappings }, version }));
    return { version: saved, mappings };
  }
}

/** The mappings of a tenant for the broker, which asks for nobody. */
export async function topicMappingsOf(entities: Pick<EntityStore, 'findAll'>, tenantId: TenantId): Promise<readonly TopicMapping[]> {
  return readMappings(await tenantSettings(entities, tenantId, KEY));
}

function readMappings(settings: AdminSettings | undefined): readonly TopicMapping[] {
  return topicMappingsSchema.parse(settings?.value['mappings'] ?? []);
}
