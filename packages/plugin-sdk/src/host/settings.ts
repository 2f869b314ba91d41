import type { Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { AnyRuleNodeDefinition } from '../definition.js';
import { hostErrors } from './errors.js';

/** Settings a node can run with, or why it cannot. */
export type LoadedSettings<Config> = { readonly config: Config } | { readonly problem: Problem };

/**
 * Brings stored settings to the version the node type knows and parses them. `null` and an absent value give
 * the defaults of the node type. Codes: NODE_SETTINGS_INVALID, NODE_SETTINGS_TOO_NEW, NODE_MIGRATION_FAILED.
 */
export function loadSettings<Config>(
  definition: Pick<AnyRuleNodeDefinition, 'type' | 'version' | 'migrate' | 'defaults'> & {
    readonly config: { safeParse(value: unknown): ParseResult<Config> };
  },
  stored: { readonly version: number; readonly config: unknown },
): LoadedSettings<Config> {
  const { type, version: known, migrate } = definition;
  let config: unknown = stored.config ?? definition.defaults;
  const from = stored.config === null || stored.config === undefined ? known : stored.version;
  for (let version = from; version < known; version += 1) {
    const step = migrate?.[version];
    if (step === undefined) continue;
    try {
      config = step(config);
    } catch (error) {
      // As ThingsBoard does it (rule-engine.md §5.5): what fits all the same is taken as it is.
      const fitting = definition.config.safeParse(stored.config);
      if (fitting.success) return { config: fitting.data };
      const reason = error instanceof Error ? error.message : String(error);
      return { problem: problemOf(hostErrors.MIGRATION_FAILED({ type, from: version, reason })) };
    }
  }
  const first = definition.config.safeParse(config);
  const parsed = first.success ? first : definition.config.safeParse(withoutRefusedNulls(config, first.error.issues));
  if (parsed.success) return { config: parsed.data };
  // Settings of a later version are taken as long as they fit; where they do not, the version is the likely reason.
  if (stored.version > known) return { problem: problemOf(hostErrors.SETTINGS_TOO_NEW({ type, found: stored.version, known })) };
  const issues = parsed.error.issues.map((issue) => `${issue.path.length === 0 ? 'settings' : issue.path.join('.')}: ${issue.message}`).join('; ');
  return { problem: problemOf(hostErrors.SETTINGS_INVALID({ type, issues })) };
}

/** ThingsBoard reads null for a number or boolean as its default: such members count as absent. */
function withoutRefusedNulls(config: unknown, issues: readonly Issue[]): unknown {
  if (typeof config !== 'object' || config === null) return config;
  const refused = new Set(issues.map(({ path }) => path[0]));
  return Object.fromEntries(Object.entries(config).filter(([name, value]) => value !== null || !refused.has(name)));
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type ParseResult<T> =
  { readonly success: true; readonly data: T } | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
