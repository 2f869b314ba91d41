import { isProblem, randomAlphanumerics } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { DirectoryDeps } from './directory-deps.js';
import { NAME_LENGTH_MAX, NAMES_PROBED_AT_ONCE, NAMES_PROBED_MAX, SAVE_ATTEMPTS_MAX, UNIQUIFY_RANDOM_LENGTH } from './limits.js';

/** What to do where the name of an entity is taken: refuse it, or append the separator and a suffix (rest-api.md §8). */
export interface NameConflict {
  readonly policy: 'FAIL' | 'UNIQUIFY';
  readonly separator: string;
  /** RANDOM: 6 alphanumerics. INCREMENTAL: the next free number, from 1. */
  readonly strategy: 'RANDOM' | 'INCREMENTAL';
}

/** Kinds whose names are unique in a tenant and may be made so. */
export type UniquelyNamedKind = 'device' | 'asset' | 'customer' | 'entityView';

export interface WantedName {
  readonly kind: UniquelyNamedKind;
  readonly tenantId: TenantId;
  readonly name: string;
  /** The entity that shall have the name, where it exists: its own name is no conflict. */
  readonly ownId?: string | undefined;
}

type NameDeps = Pick<DirectoryDeps, 'entities' | 'random'>;

/**
 * Saves under the wanted name or, where the policy allows it, under a free one made from it. Somebody who takes that
 * name at the same moment only causes another attempt.
 */
export async function underFreeName<T>(
  deps: NameDeps,
  wanted: WantedName,
  conflict: NameConflict | undefined,
  save: (name: string) => Promise<T>,
): Promise<T> {
  if (conflict === undefined || conflict.policy === 'FAIL') return save(wanted.name);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await save(await freeName(deps, wanted, conflict));
    } catch (error) {
      const isTaken = isProblem(error) && /_(NAME|TITLE)_TAKEN$/.test(error.code);
      if (!isTaken || attempt === SAVE_ATTEMPTS_MAX) throw error;
    }
  }
}

/** The wanted name or the first free one of those the strategy makes; the wanted one, which a write refuses, where none is free. */
async function freeName(deps: NameDeps, wanted: WantedName, { separator, strategy }: NameConflict): Promise<string> {
  const { name } = wanted;
  if ((await takenOf(deps, wanted, [name])).size === 0) return name;
  for (let first = 1; first <= NAMES_PROBED_MAX; first += NAMES_PROBED_AT_ONCE) {
    const candidates = Array.from({ length: NAMES_PROBED_AT_ONCE }, (_, place) => {
      const suffix = separator + (strategy === 'RANDOM' ? randomAlphanumerics(UNIQUIFY_RANDOM_LENGTH, deps.random) : String(first + place));
      return name.slice(0, NAME_LENGTH_MAX - suffix.length) + suffix;
    });
    const taken = await takenOf(deps, wanted, candidates);
    const free = candidates.find((candidate) => !taken.has(candidate));
    if (free !== undefined) return free;
  }
  return name;
}

async function takenOf({ entities }: NameDeps, { kind, tenantId, ownId }: WantedName, names: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await entities.findAll(kind, tenantId, { name: names }, names.length);
  return new Set(found.filter(({ id }) => id !== ownId).map(({ name }) => name));
}
