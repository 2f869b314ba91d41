import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import { builtInPlugins } from './adapters.js';

/** The node types of all plugins, in palette order. */
export async function loadCatalogue(): Promise<readonly AnyRuleNodeDefinition[]> {
  const plugins = await Promise.all(builtInPlugins.map((load) => load()));
  return plugins.flatMap(({ plugin }) => [...plugin.nodes]);
}
