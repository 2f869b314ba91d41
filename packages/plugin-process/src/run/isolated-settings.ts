import type { JsonValue } from '@fieldline/model';
import * as z from 'zod';
import type { NodeDeclaration } from '../discover/declaration.js';

/**
 * Settings of a node of a plugin as the server has them: as they were stored, with the version they have. The plugin's own
 * process brings them on and parses them.
 */
export class IsolatedSettings {
  static #last = 0;
  /** Names them to the process. */
  readonly id = ++IsolatedSettings.#last;
  readonly version: number;
  readonly config: JsonValue;
  /** How often the node ticks; known when the process has started a node with these settings. */
  periodMs: number | undefined;

  constructor(version: number, config: JsonValue) {
    this.version = version;
    this.config = config;
  }
}

/** Settings of an earlier version, on their way through `loadSettings`. */
class EarlierSettings {
  readonly version: number;
  readonly config: unknown;

  constructor(version: number, config: unknown) {
    this.version = version;
    this.config = config;
  }
}

type Migrations = Readonly<Record<number, (old: unknown) => unknown>>;

/** Steps that leave the settings as they are and remember their version: the real ones run in the process of the plugin. */
export function rememberingMigrations({ migratesFrom, version }: NodeDeclaration): Migrations {
  const remember = (from: number) => (old: unknown) => (old instanceof EarlierSettings ? old : new EarlierSettings(from, old));
  return Object.fromEntries(migratesFrom.filter((from) => from < version).map((from) => [from, remember(from)]));
}

/**
 * The settings schema of a node as the server can check it: by its JSON Schema, without what only the plugin's own schema says
 * (`refine`) and without `pattern`, because a regular expression of a third party can hold up whoever runs it. The plugin
 * checks the rest when the node starts. Settings of an earlier version pass: only the plugin can bring them on.
 */
export function isolatedSchema({ settings, version }: NodeDeclaration): z.ZodType<IsolatedSettings> {
  const shape = shapeOf(settings);
  return z
    .unknown()
    .superRefine((given, context) => {
      if (given instanceof EarlierSettings) return;
      const parsed = shape.safeParse(given);
      for (const { path, message } of parsed.error?.issues ?? []) context.addIssue({ code: 'custom', path: [...path], message });
    })
    .transform((given) =>
      given instanceof EarlierSettings
        ? new IsolatedSettings(given.version, given.config as JsonValue)
        : new IsolatedSettings(version, given as JsonValue),
    )
    .meta(settings);
}

/** What zod cannot make a schema of is left to the plugin. */
function shapeOf(settings: NodeDeclaration['settings']): z.ZodType {
  try {
    return z.fromJSONSchema(withoutPatterns(settings) as Parameters<typeof z.fromJSONSchema>[0]);
  } catch {
    return z.record(z.string(), z.unknown());
  }
}

/** `pattern` is a keyword where it is text; a setting may have that name, and is an object there. */
function withoutPatterns(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutPatterns);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([name, value]) => !(name === 'pattern' && typeof value === 'string') && name !== 'patternProperties');
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutPatterns(value)]));
}
