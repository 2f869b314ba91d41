import type { JsonObject } from '@fieldline/model';

/** What the translation of rule chains needs to know about a node type; every `RuleNodeDefinition` is one. */
export interface TranslatedNodeType {
  readonly type: string;
  readonly version: number;
  readonly migrate?: Readonly<Record<number, (old: unknown) => unknown>> | undefined;
  /** Settings of a freshly dropped node. */
  readonly defaults?: unknown;
  /** Tells whether settings fit the newest version. */
  readonly config?: { safeParse(value: unknown): { readonly success: boolean } } | undefined;
  /** True where `queueName` of the node means something. */
  readonly hasQueue?: boolean | undefined;
  /** Whether it calls another chain, among other roles. */
  readonly engine?: string | undefined;
  readonly thingsboard?:
    { readonly className: string; readonly configurationVersion: number; readonly ownSettings?: readonly string[] | undefined } | undefined;
}

/** Node types by both of their names. */
export interface NodeCatalogue {
  byType(type: string): TranslatedNodeType | undefined;
  byClassName(className: string): TranslatedNodeType | undefined;
  /** JSON Schema of the settings of a type: it tells which of them are secret. An unknown type has none. */
  settingsSchema(type: string): JsonObject | undefined;
}

/**
 * Builds the catalogue that `ruleChainToMetadata` and `metadataToRuleChain` look node types up in.
 *
 * @param schemaOf JSON Schema of the settings of a type; without it what is called like a secret is hidden from what is written
 */
export function nodeCatalogue<Definition extends TranslatedNodeType>(
  definitions: readonly Definition[],
  schemaOf: (definition: Definition) => JsonObject | undefined = () => undefined,
): NodeCatalogue {
  const types = new Map<string, Definition>();
  const classes = new Map<string, TranslatedNodeType>();
  for (const definition of definitions) {
    types.set(definition.type, definition);
    if (definition.thingsboard !== undefined) classes.set(definition.thingsboard.className, definition);
  }
  return {
    byType: (type) => types.get(type),
    byClassName: (className) => classes.get(className),
    settingsSchema(type) {
      const definition = types.get(type);
      return definition === undefined ? undefined : schemaOf(definition);
    },
  };
}

/** A node type and settings version under the name one side uses. */
export interface NamedVersion {
  readonly type: string;
  readonly version: number;
}

/** Our name and version to ThingsBoard's. Both versions count by one a change, so their distance to the newest is the same. */
export function toClassName(catalogue: NodeCatalogue, node: NamedVersion): NamedVersion {
  const definition = catalogue.byType(node.type);
  if (definition?.thingsboard === undefined) return node;
  const { className, configurationVersion } = definition.thingsboard;
  return { type: className, version: configurationVersion - (definition.version - node.version) };
}

/** ThingsBoard's name and version to ours; an unknown class name is kept as it is. */
export function toNodeType(catalogue: NodeCatalogue, node: NamedVersion): NamedVersion {
  const definition = catalogue.byClassName(node.type);
  if (definition?.thingsboard === undefined) return node;
  return { type: definition.type, version: definition.version - (definition.thingsboard.configurationVersion - node.version) };
}
