import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import { builtInPlugins } from './adapters.js';

/**
 * The node types of all plugins, in palette order: those that come with the product, then those of third parties.
 *
 * @param installed node types of third parties; they take the place of types that are only declared until a plugin has them
 */
export async function loadCatalogue(installed: readonly AnyRuleNodeDefinition[] = []): Promise<readonly AnyRuleNodeDefinition[]> {
  const plugins = await Promise.all(builtInPlugins.map((load) => load()));
  const names = new Set(installed.flatMap(namesOf));
  const builtIn = plugins.flatMap(({ plugin }) => [...plugin.nodes]);
  return [...builtIn.filter((definition) => !namesOf(definition).some((name) => names.has(name))), ...installed];
}

/** Names that plugins of third parties cannot take: those of node types that work. */
export async function takenNames(): Promise<ReadonlySet<string>> {
  const definitions = await loadCatalogue();
  return new Set(definitions.filter(({ needsPlugin }) => needsPlugin === undefined).flatMap(namesOf));
}

function namesOf({ type, thingsboard }: AnyRuleNodeDefinition): readonly string[] {
  return thingsboard === undefined ? [type] : [type, thingsboard.className];
}
