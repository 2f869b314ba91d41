import type { UserSettings } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { USER_DASHBOARDS_MAX } from './limits.js';
import { readableEntities } from './readable-entities.js';
import type { UserSettingsStore } from './user-settings.js';

/** Dashboards a user opened or starred, newest first. */
export interface UserDashboards {
  readonly last: readonly { readonly id: string; readonly title: string; readonly starred: boolean; readonly lastVisited: number }[];
  readonly starred: readonly { readonly id: string; readonly title: string; readonly starredAt: number }[];
}

export type DashboardAction = 'visit' | 'star' | 'unstar';

interface Kept {
  readonly id: string;
  readonly atMs: number;
}

/** Remembers for each user the dashboards that it opened last and those that it starred, some of each. */
export class UserDashboardsStore {
  readonly #deps: DirectoryDeps;
  readonly #settings: UserSettingsStore;

  constructor(deps: DirectoryDeps, settings: UserSettingsStore) {
    this.#deps = deps;
    this.#settings = settings;
  }

  async get(caller: Caller): Promise<UserDashboards> {
    return this.#shown(caller, await this.#settings.get(caller, 'VISITED_DASHBOARDS'));
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async record(caller: Caller, dashboardId: string, action: DashboardAction): Promise<UserDashboards> {
    await this.#deps.access.require(caller, { entityType: 'DASHBOARD', id: dashboardId }, 'read');
    const atMs = this.#deps.clock.nowMs();
    const without = (list: readonly Kept[]): readonly Kept[] => list.filter(({ id }) => id !== dashboardId);
    const first = (list: readonly Kept[]): readonly Kept[] => [{ id: dashboardId, atMs }, ...without(list)].slice(0, USER_DASHBOARDS_MAX);
    const changed = await this.#settings.change(caller, 'VISITED_DASHBOARDS', (kept) => {
      const last = listOf(kept, 'last');
      const starred = listOf(kept, 'starred');
      if (action === 'visit') return settingsOf(first(last), starred);
      return settingsOf(last, action === 'star' ? first(starred) : without(starred));
    });
    return this.#shown(caller, changed);
  }

  /** Those that are still there and that the user may still read. */
  async #shown(caller: Caller, kept: UserSettings['settings']): Promise<UserDashboards> {
    const [last, starred] = [listOf(kept, 'last'), listOf(kept, 'starred')];
    const wanted = [...last, ...starred].map(({ id }) => ({ entityType: 'DASHBOARD' as const, id }));
    const titles = await readableEntities(this.#deps, caller, wanted);
    const isStarred = new Set(starred.map(({ id }) => id));
    const named = (list: readonly Kept[]) => list.flatMap(({ id, atMs }) => (titles.has(id) ? [{ id, atMs, title: titles.get(id) ?? '' }] : []));
    return {
      last: named(last).map(({ id, title, atMs }) => ({ id, title, starred: isStarred.has(id), lastVisited: atMs })),
      starred: named(starred).map(({ id, title, atMs }) => ({ id, title, starredAt: atMs })),
    };
  }
}

function listOf(kept: UserSettings['settings'], member: 'last' | 'starred'): readonly Kept[] {
  return (kept[member] ?? []) as unknown as readonly Kept[];
}

function settingsOf(last: readonly Kept[], starred: readonly Kept[]): UserSettings['settings'] {
  const plain = (list: readonly Kept[]) => list.map(({ id, atMs }) => ({ id, atMs }));
  return { last: plain(last), starred: plain(starred) };
}
