import { isProblem } from '@fieldline/kernel';
import type { JsonObject, JsonValue, UserSettings } from '@fieldline/model';
import type { Caller, EntityStore } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { USER_SETTINGS_CHARACTERS_MAX } from './limits.js';
import { userErrors } from './user-errors.js';

/** Kinds of settings, as ThingsBoard calls them; those that are internal have no paths of their own. */
export const userSettingsTypes = [
  'GENERAL',
  'QUICK_LINKS',
  'DOC_LINKS',
  'DASHBOARDS',
  'GETTING_STARTED',
  'NOTIFICATIONS',
  'VISITED_DASHBOARDS',
] as const;
export type UserSettingsType = (typeof userSettingsTypes)[number];

type Settings = UserSettings['settings'];

/** Free JSON that clients keep for the user who is signed in. */
export class UserSettingsStore {
  readonly #deps: Pick<DirectoryDeps, 'clock' | 'ids'> & { readonly entities: EntityStore };

  constructor(deps: Pick<DirectoryDeps, 'clock' | 'ids'> & { readonly entities: EntityStore }) {
    this.#deps = deps;
  }

  /** An empty object where nothing was kept yet. */
  async get(caller: Caller, type: UserSettingsType): Promise<Settings> {
    return (await this.#stored(caller, type))?.settings ?? {};
  }

  /** Replaces the settings. @throws DIRECTORY_USER_SETTINGS_FIELD, DIRECTORY_USER_SETTINGS_SIZE */
  async save(caller: Caller, type: UserSettingsType, settings: Settings): Promise<Settings> {
    requireFields(settings);
    return this.change(caller, type, () => settings);
  }

  /** Sets the members that are given; a name with dots leads into members of members. */
  async merge(caller: Caller, type: UserSettingsType, update: Settings): Promise<void> {
    await this.change(caller, type, (settings) => {
      return Object.entries(update).reduce((merged, [path, value]) => withValue(merged, path.trim().split('.'), value), settings);
    });
  }

  /** Removes members by their paths; what is not there is no error. */
  async removePaths(caller: Caller, type: UserSettingsType, paths: readonly string[]): Promise<void> {
    await this.change(caller, type, (settings) => paths.reduce((kept, path) => withoutValue(kept, path.trim().split('.')), settings));
  }

  /** Reads, changes and writes. @throws DIRECTORY_ACCESS_DENIED for a public customer, who has no user */
  async change(caller: Caller, type: UserSettingsType, change: (settings: Settings) => Settings): Promise<Settings> {
    if (caller.isPublic === true) throw directoryErrors.ACCESS_DENIED();
    const { entities, ids, clock } = this.#deps;
    const { tenantId, userId } = caller;
    const save = async (): Promise<Settings> => {
      const stored = await this.#stored(caller, type);
      const settings = change(stored?.settings ?? {});
      if (JSON.stringify(settings).length > USER_SETTINGS_CHARACTERS_MAX)
        throw userErrors.USER_SETTINGS_SIZE({ limit: USER_SETTINGS_CHARACTERS_MAX });
      const made = { id: ids.next(), tenantId, createdAtMs: clock.nowMs(), version: 1, userId, type, userAndType: `${userId} ${type}` };
      const entity: UserSettings = { ...(stored ?? made), settings };
      await entities.write([{ change: stored === undefined ? 'insert' : 'update', kind: 'userSettings', entity }]);
      return settings;
    };
    try {
      return await savedOnce(undefined, save);
    } catch (error) {
      // Somebody kept the first settings at the same moment.
      if (!isProblem(error) || error.code !== 'STORAGE_NAME_TAKEN') throw error;
      return savedOnce(undefined, save);
    }
  }

  async #stored({ userId }: Caller, type: UserSettingsType): Promise<UserSettings | undefined> {
    return this.#deps.entities.findUnique('userSettings', 'userAndType', `${userId} ${type}`);
  }
}

/** Names that a path could not name later are refused. */
function requireFields(value: JsonValue): void {
  if (Array.isArray(value)) value.forEach(requireFields);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value as JsonObject)) {
      if (/[.,]/.test(name)) throw userErrors.USER_SETTINGS_FIELD();
      requireFields(member);
    }
  }
}

const isObject = (value: unknown): value is Settings => typeof value === 'object' && value !== null && !Array.isArray(value);
const own = (settings: Settings, name: string): Settings[string] | undefined => (Object.hasOwn(settings, name) ? settings[name] : undefined);

function withValue(settings: Settings, [name = '', ...rest]: readonly string[], value: Settings[string]): Settings {
  const inner = own(settings, name);
  const set = rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value);
  return Object.fromEntries([...Object.entries(settings).filter(([other]) => other !== name), [name, set]]);
}

function withoutValue(settings: Settings, [name = '', ...rest]: readonly string[]): Settings {
  const inner = own(settings, name);
  if (rest.length > 0 && !isObject(inner)) return settings;
  const kept = rest.length > 0 && isObject(inner) ? [[name, withoutValue(inner, rest)] as const] : [];
  return Object.fromEntries([...Object.entries(settings).filter(([other]) => other !== name), ...kept]);
}
