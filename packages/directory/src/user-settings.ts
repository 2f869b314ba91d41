import { isProblem } from '@fieldline/kernel';
import type { JsonObject, JsonValue, UserSettings } from '@fieldline/model';
import type { Caller, EntityStore } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { savedOnce } from './entity-writer.js';
import { directoryErrors } from './errors.js';
import { USER_SETTINGS_CHARACTERS_MAX, USER_SETTINGS_DEPTH_MAX } from './limits.js';
import { userErrors } from './user-errors.js';
import { conditionError, refersTo } from './write-conditions.js';

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

  /**
   * Sets the members that are given; a name with dots leads into members of members.
   *
   * @throws DIRECTORY_USER_SETTINGS_DEPTH, DIRECTORY_USER_SETTINGS_SIZE
   */
  async merge(caller: Caller, type: UserSettingsType, update: Settings): Promise<void> {
    requireSize(update);
    await this.change(caller, type, (settings) => {
      const merged = structuredClone(settings);
      for (const [path, value] of Object.entries(update)) setValue(merged, namesOf(path), value);
      return merged;
    });
  }

  /** Removes members by their paths; what is not there is no error. */
  async removePaths(caller: Caller, type: UserSettingsType, paths: readonly string[]): Promise<void> {
    await this.change(caller, type, (settings) => {
      const kept = structuredClone(settings);
      for (const path of paths) removeValue(kept, namesOf(path));
      return kept;
    });
  }

  /** Reads, changes and writes. @throws DIRECTORY_ACCESS_DENIED for a public customer, who has no user */
  async change(caller: Caller, type: UserSettingsType, change: (settings: Settings) => Settings): Promise<Settings> {
    if (caller.isPublic === true) throw directoryErrors.ACCESS_DENIED();
    const { entities, ids, clock } = this.#deps;
    const { tenantId, userId } = caller;
    const save = async (): Promise<Settings> => {
      const stored = await this.#stored(caller, type);
      const settings = change(stored?.settings ?? {});
      requireSize(settings);
      const made = { id: ids.next(), tenantId, createdAtMs: clock.nowMs(), version: 1, userId, type, userAndType: `${userId} ${type}` };
      const entity: UserSettings = { ...(stored ?? made), settings };
      const conditions = refersTo('user', tenantId, userId, () => directoryErrors.ENTITY_NOT_FOUND({ label: 'User', id: userId }));
      const written = { change: stored === undefined ? 'insert' : 'update', kind: 'userSettings', entity } as const;
      await entities.write([...conditions.map(({ condition }) => condition), written]).catch((error: unknown) => {
        throw conditionError(error, conditions) ?? error;
      });
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

/** Sets a member in place: an update may have thousands of them. */
function setValue(settings: Settings, names: readonly string[], value: JsonValue): void {
  let place = settings;
  for (const name of names.slice(0, -1)) {
    const inner = own(place, name);
    const next = isObject(inner) ? inner : {};
    if (next !== inner) define(place, name, next);
    place = next;
  }
  define(place, names.at(-1) ?? '', value);
}

function removeValue(settings: Settings, names: readonly string[]): void {
  let place = settings;
  for (const name of names.slice(0, -1)) {
    const inner = own(place, name);
    if (!isObject(inner)) return;
    place = inner;
  }
  Reflect.deleteProperty(place, names.at(-1) ?? '');
}

/** As a member of its own whatever its name; `__proto__` is one like any other. */
function define(place: Settings, name: string, value: JsonValue): void {
  Object.defineProperty(place, name, { value, writable: true, enumerable: true, configurable: true });
}

function namesOf(path: string): readonly string[] {
  const names = path.trim().split('.');
  if (names.length > USER_SETTINGS_DEPTH_MAX) throw userErrors.USER_SETTINGS_DEPTH({ limit: USER_SETTINGS_DEPTH_MAX });
  return names;
}

function requireSize(settings: Settings): void {
  if (JSON.stringify(settings).length <= USER_SETTINGS_CHARACTERS_MAX) return;
  throw userErrors.USER_SETTINGS_SIZE({ limit: USER_SETTINGS_CHARACTERS_MAX });
}
