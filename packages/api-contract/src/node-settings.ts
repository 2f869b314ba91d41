import type { JsonObject, JsonValue } from '@fieldline/model';
import type { TranslatedNodeType } from './node-catalogue.js';

/** Settings of a node and the version of them, both as this server names them, and the queue it sends by. */
export interface NodeSettings {
  readonly version: number;
  readonly config: JsonValue;
  readonly queueName?: string | undefined;
}

/**
 * Brings settings to the newest version of their node type, as every save and import does (rule-engine.md §5.5). Where a
 * step fails they stay as they are if they fit all the same, and become the defaults if they do not. Null becomes the
 * defaults too. Settings of an unknown type, or of a version that is not known yet, are left alone.
 */
export function currentSettings(definition: TranslatedNodeType | undefined, given: NodeSettings): NodeSettings {
  if (definition === undefined) return given;
  const { config, queueName } = withQueueOfNode(definition, given);
  const { version, defaults } = definition;
  const queue = queueName === undefined ? {} : { queueName };
  if (config === null) return { version, config: (defaults ?? {}) as JsonValue, ...queue };
  if (given.version >= version) return { version: given.version, config, ...queue };
  return { version, config: upgraded(definition, given.version, config), ...queue };
}

function upgraded({ version, migrate, config: schema, defaults }: TranslatedNodeType, from: number, config: JsonValue): JsonValue {
  let current: unknown = config;
  try {
    for (let step = from; step < version; step += 1) current = migrate?.[step]?.(current) ?? current;
    return current as JsonValue;
  } catch {
    const fits = schema?.safeParse(config).success ?? true;
    return fits ? config : (defaults as JsonValue);
  }
}

/** The queue was a setting once, of the types that have one. */
function withQueueOfNode({ hasQueue }: TranslatedNodeType, given: NodeSettings): Omit<NodeSettings, 'version'> {
  const { config } = given;
  if (hasQueue !== true || !isObject(config) || config['queueName'] === undefined) return given;
  const { queueName, ...rest } = config;
  return { config: rest, queueName: given.queueName ?? (typeof queueName === 'string' && queueName !== '' ? queueName : undefined) };
}

/** Member of a node's additional info under which a file carries what only this server understands. */
const ownMember = 'fieldline';

/** What a file says of a node: its settings without those that ThingsBoard does not know, which go into the additional info. */
export function fileSettings(
  definition: TranslatedNodeType | undefined,
  node: { readonly config: JsonValue; readonly additionalInfo: JsonObject },
): { readonly config: JsonValue; readonly additionalInfo: JsonObject } {
  const own = definition?.thingsboard?.ownSettings ?? [];
  const { config } = node;
  if (!isObject(config)) return node;
  const carried = Object.entries(config).filter(([name]) => own.includes(name));
  if (carried.length === 0) return node;
  return {
    config: Object.fromEntries(Object.entries(config).filter(([name]) => !own.includes(name))),
    additionalInfo: { ...node.additionalInfo, [ownMember]: { settings: Object.fromEntries(carried) } },
  };
}

/** The inverse of `fileSettings`; settings that the additional info carries and the node type does not have are left out. */
export function settingsOfFile(
  definition: TranslatedNodeType | undefined,
  file: { readonly config: JsonValue; readonly additionalInfo: JsonObject },
): { readonly config: JsonValue; readonly additionalInfo: JsonObject } {
  const { [ownMember]: carried, ...additionalInfo } = file.additionalInfo;
  const settings = isObject(carried) ? carried['settings'] : undefined;
  if (definition === undefined || !isObject(settings)) return file;
  const own = definition.thingsboard?.ownSettings ?? [];
  const known = Object.fromEntries(Object.entries(settings).filter(([name]) => own.includes(name)));
  return { config: isObject(file.config) ? { ...file.config, ...known } : file.config, additionalInfo };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
