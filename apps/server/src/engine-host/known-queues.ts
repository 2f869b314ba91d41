import { queueDraftOf, queueSaveSchema } from '@fieldline/api-contract';
import type { Log } from '@fieldline/kernel';
import type { Queue, TenantId, TenantProfile } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { ControlEvent, EntityStore } from '@fieldline/ports';
import type { QueueTable } from '@fieldline/rule-engine';

/** Queues loaded for a tenant. More than the directory lets anybody make; a bound so that a broken store cannot fill memory. */
const QUEUES_MAX = 1_000;

export interface KnownQueuesDeps {
  readonly entities: Pick<EntityStore, 'find' | 'findAll'>;
  readonly log: Log;
}

/**
 * Keeps the queues that the engine knows the same as those of the store: those of the system, those that a tenant made, and
 * those that the profile of an isolated tenant gives it, before which its own of the same name come.
 */
export class KnownQueues {
  readonly #table: QueueTable;
  readonly #deps: KnownQueuesDeps;
  /** Profile of each tenant; undefined is the default one. */
  readonly #profiles = new Map<TenantId, string | undefined>();

  constructor(table: QueueTable, deps: KnownQueuesDeps) {
    this.#table = table;
    this.#deps = deps;
  }

  /** Reads the queues of the system and of these tenants. */
  async load(tenantIds: readonly TenantId[]): Promise<void> {
    for (const tenantId of new Set([systemTenantId, ...tenantIds])) await this.#loadTenant(tenantId);
  }

  /** Follows a change of a queue, a tenant or its profile; anything else concerns nobody here. */
  async changed({ kind, tenantId, id, version }: ControlEvent): Promise<void> {
    if (kind === 'queue') await this.#loadTenant(tenantId);
    else if (kind === 'tenantProfile') {
      const affected = [...this.#profiles].filter(([, profileId]) => profileId === undefined || profileId === id);
      for (const [tenant] of affected) await this.#loadTenant(tenant);
    } else if (kind === 'tenant' && version !== undefined) await this.#loadTenant(id as TenantId);
    else if (kind === 'tenant') {
      this.#profiles.delete(tenantId);
      this.#table.removeTenant(tenantId);
    }
  }

  async #loadTenant(tenantId: TenantId): Promise<void> {
    const made = await this.#deps.entities.findAll('queue', tenantId, {}, QUEUES_MAX);
    const given = tenantId === systemTenantId ? [] : await this.#givenTo(tenantId);
    const names = new Set(made.map(({ name }) => name));
    this.#table.removeTenant(tenantId);
    for (const queue of [...given.filter(({ name }) => !names.has(name)), ...made]) this.#table.put(queue);
  }

  /** The queues that a tenant has by its profile. What cannot be read is left out, and said in the log. */
  async #givenTo(tenantId: TenantId): Promise<readonly Queue[]> {
    const profile = await this.#profileOf(tenantId);
    if (profile?.isIsolated !== true) return [];
    return (profile.queueConfiguration ?? []).flatMap((configured, place): readonly Queue[] => {
      const read = queueSaveSchema.safeParse(configured);
      if (!read.success) {
        this.#deps.log.warn('queue-of-profile-not-read', { profileId: profile.id, place, reason: read.error.issues[0]?.message });
        return [];
      }
      const { id: _, additionalInfo: _info, ...draft } = queueDraftOf(read.data);
      return [{ ...draft, id: `${profile.id} ${place} ${tenantId}`, tenantId, createdAtMs: profile.createdAtMs, version: profile.version }];
    });
  }

  async #profileOf(tenantId: TenantId): Promise<TenantProfile | undefined> {
    const { entities } = this.#deps;
    const tenant = await entities.find('tenant', tenantId, tenantId);
    if (tenant === undefined) return undefined;
    this.#profiles.set(tenantId, tenant.tenantProfileId);
    if (tenant.tenantProfileId !== undefined) return entities.find('tenantProfile', systemTenantId, tenant.tenantProfileId);
    return (await entities.findAll('tenantProfile', systemTenantId, { isDefault: true }, 1))[0];
  }
}
