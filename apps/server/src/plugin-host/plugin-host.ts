import type { Clock, IdSource, Log } from '@fieldline/kernel';
import type { FoundPlugin, PluginProcesses, SpawnOptions } from '@fieldline/plugin-process';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pluginHosts } from '../adapters.js';
import { takenNames } from '../catalogue.js';
import type { Settings } from '../config/settings.js';

/**
 * How long the batch of a device waits for a node that is not external, before its messages are handed over. All devices wait with it;
 * a plugin that is in order answers in some milliseconds.
 */
const PLUGIN_PATIENCE_MS = 100;

/** How a plugin of a third party does, for those who ask over the API. */
export type PluginStatuses = Pick<PluginProcesses, 'statuses'>;

/** Looks through the plugins folder, once, before anything else starts: what is added later is found at the next start. */
export async function findPlugins(settings: Settings, parts: { readonly clock: Clock; readonly log: Log }): Promise<readonly FoundPlugin[]> {
  const folder = settings.FIELDLINE_PLUGINS_DIR;
  if (!existsSync(folder)) return [];
  const { discoverPlugins } = await pluginHosts.process();
  return discoverPlugins({ ...spawnOptions(settings), ...parts, folder, taken: await takenNames() });
}

/** Node types of plugins as the API needs them: their declarations, nothing that runs. */
export async function declaredNodes(plugins: readonly FoundPlugin[]): Promise<readonly AnyRuleNodeDefinition[]> {
  if (plugins.length === 0) return [];
  const { declaredDefinition } = await pluginHosts.process();
  return plugins.flatMap(({ nodes }) => nodes.map(declaredDefinition));
}

/** The processes of plugins, for the thread whose nodes they run. */
export async function openPlugins(
  settings: Settings,
  plugins: readonly FoundPlugin[],
  parts: { readonly clock: Clock; readonly ids: IdSource; readonly log: Log },
): Promise<Pick<PluginProcesses, 'definitions' | 'statuses' | 'close'>> {
  if (plugins.length === 0) return { definitions: [], statuses: () => [], close: () => Promise.resolve() };
  const { PluginProcesses: Processes } = await pluginHosts.process();
  const { FIELDLINE_PLUGIN_TIMEOUT_MS: timeoutMs } = settings;
  return new Processes({ ...spawnOptions(settings), ...parts, plugins, timeoutMs, patienceMs: PLUGIN_PATIENCE_MS });
}

/** The program of a plugin's process stands beside the programs of the server's threads. */
function spawnOptions({ FIELDLINE_PLUGIN_MEMORY_MB: memoryMb }: Settings): SpawnOptions {
  return { hostFile: fileURLToPath(new URL('./plugin-process.js', import.meta.url)), memoryMb };
}
