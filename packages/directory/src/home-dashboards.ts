import type { Dashboard, JsonObject } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter, savedOnce } from './entity-writer.js';
import { refused } from './readable-entities.js';
import { storedEntity } from './stored-entity.js';

/** The dashboard that people see first. */
export interface HomeDashboard {
  readonly dashboardId?: string | undefined;
  readonly hidesToolbar: boolean;
}

/** Home dashboards, which ThingsBoard keeps in the `additionalInfo` of the user, else of its customer, else of its tenant. */
export class HomeDashboards {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** What the caller sees first; undefined where nobody chose a dashboard that it may read. */
  async of(caller: Caller): Promise<{ readonly dashboard: Dashboard; readonly hidesToolbar: boolean } | undefined> {
    const { entities, access } = this.#deps;
    const { tenantId, userId, customerId } = caller;
    if (caller.authority === 'SYS_ADMIN') return undefined;
    const choosers = [
      () => entities.find('user', tenantId, userId),
      () => (customerId === undefined ? undefined : entities.find('customer', tenantId, customerId)),
      () => entities.find('tenant', tenantId, tenantId),
    ];
    for (const choose of choosers) {
      const { dashboardId, hidesToolbar } = homeOf((await choose())?.additionalInfo);
      if (dashboardId === undefined) continue;
      const readable = await access.require(caller, { entityType: 'DASHBOARD', id: dashboardId }, 'read').catch(refused);
      const dashboard = readable === undefined ? undefined : await entities.find('dashboard', tenantId, dashboardId);
      if (dashboard !== undefined) return { dashboard, hidesToolbar };
    }
    return undefined;
  }

  /** What the tenant of the caller chose. */
  async ofTenant({ tenantId }: Caller): Promise<HomeDashboard> {
    return homeOf((await this.#deps.entities.find('tenant', tenantId, tenantId))?.additionalInfo);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED  about the dashboard */
  async saveOfTenant(caller: Caller, { dashboardId, hidesToolbar }: HomeDashboard): Promise<void> {
    const { tenantId } = caller;
    if (dashboardId !== undefined) await this.#deps.access.require(caller, { entityType: 'DASHBOARD', id: dashboardId }, 'read');
    await savedOnce(undefined, async () => {
      const before = await storedEntity(this.#deps.entities, 'tenant', tenantId, tenantId);
      const chosen = { homeDashboardId: dashboardId ?? null, homeDashboardHideToolbar: hidesToolbar };
      const entity = { ...before, additionalInfo: { ...before.additionalInfo, ...chosen } };
      await this.#writer.update(caller, 'tenant', { before, entity });
    });
  }
}

/** The names ThingsBoard's clients know. The toolbar is hidden unless somebody said otherwise. */
function homeOf(additionalInfo: JsonObject | undefined): HomeDashboard {
  const { homeDashboardId: id, homeDashboardHideToolbar: hides } = additionalInfo ?? {};
  return { dashboardId: typeof id === 'string' && id !== '' ? id : undefined, hidesToolbar: hides !== false };
}
