import type { Log } from '@fieldline/kernel';
import type { TenantId, TopicMapping } from '@fieldline/model';
import type { ControlEvents } from '@fieldline/ports';

/** The topic mappings of each tenant, read when its first message comes and again after each change. */
export class TenantMappings {
  readonly #read: (tenantId: TenantId) => Promise<readonly TopicMapping[]>;
  readonly #known = new Map<TenantId, readonly TopicMapping[]>();

  constructor(read: (tenantId: TenantId) => Promise<readonly TopicMapping[]>, events: Pick<ControlEvents, 'subscribe'>, log: Log) {
    this.#read = read;
    events.subscribe(({ kind, tenantId, version }) => {
      if (kind === 'tenant' && version === undefined) this.#known.delete(tenantId);
      if (kind !== 'adminSettings' || !this.#known.has(tenantId)) return;
      // The old ones hold until the new ones are there, so that no message waits.
      read(tenantId).then(
        (mappings) => this.#known.set(tenantId, mappings),
        (error: unknown) => {
          this.#known.delete(tenantId);
          log.warn('broker-mappings-unread', { tenantId, error });
        },
      );
    });
  }

  known(tenantId: TenantId): readonly TopicMapping[] | undefined {
    return this.#known.get(tenantId);
  }

  async of(tenantId: TenantId): Promise<readonly TopicMapping[]> {
    const known = this.#known.get(tenantId);
    if (known !== undefined) return known;
    const mappings = await this.#read(tenantId);
    this.#known.set(tenantId, mappings);
    return mappings;
  }
}
