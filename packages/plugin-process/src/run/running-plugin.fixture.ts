import type { Clock, Log } from '@fieldline/kernel';
import { silentLog } from '@fieldline/kernel';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import { countingIds } from '@fieldline/plugin-sdk/testing';
import { discoverPlugins } from '../discover/discover-plugins.js';
import { builtHost, installPlugin, temporaryFolder } from '../plugins.fixture.js';
import { realClock } from '../real-clock.fixture.js';
import { PluginProcesses } from './plugin-processes.js';

/** Plugins of one test file, their processes, and the program these run. */
export class RunningPlugins {
  readonly #hostFile = builtHost();
  readonly #open: PluginProcesses[] = [];

  /** Installs one plugin `acme` with these nodes and gives what the engine would get. */
  async run(
    nodes: string,
    options: {
      readonly timeoutMs?: number;
      readonly patienceMs?: number;
      readonly memoryMb?: number;
      readonly log?: Log;
      readonly clock?: Clock;
    } = {},
  ): Promise<{ readonly processes: PluginProcesses; readonly definitions: readonly AnyRuleNodeDefinition[] }> {
    const { timeoutMs = 10_000, patienceMs = 10_000, memoryMb = 256, log = silentLog, clock = realClock } = options;
    const folder = temporaryFolder();
    installPlugin(folder, 'acme', nodes);
    const parts = { hostFile: this.#hostFile, memoryMb, clock, log };
    const plugins = await discoverPlugins({ ...parts, folder, taken: new Set() });
    const processes = new PluginProcesses({ ...parts, plugins, timeoutMs, patienceMs, ids: countingIds() });
    this.#open.push(processes);
    const problem = plugins[0]?.problem;
    if (problem !== undefined) throw new Error(problem.message);
    return { processes, definitions: processes.definitions };
  }

  /** The first node type of a plugin. */
  async node(nodes: string, options: Parameters<RunningPlugins['run']>[1] = {}): Promise<AnyRuleNodeDefinition> {
    const { definitions } = await this.run(nodes, options);
    return definitions[0] as AnyRuleNodeDefinition;
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((processes) => processes.close()));
  }
}
