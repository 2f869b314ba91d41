import type { Clock, IdSource, Log, Problem } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import type { FoundPlugin } from '../discover/discover-plugins.js';
import { pluginErrors } from '../errors.js';
import { PluginProcess } from './plugin-process.js';
import { proxyDefinition } from './proxy-definition.js';
import type { SpawnOptions } from './spawn-plugin.js';

export interface PluginProcessesOptions extends SpawnOptions {
  readonly plugins: readonly FoundPlugin[];
  /** Longest call. */
  readonly timeoutMs: number;
  /** How long devices wait for a node that is not external, before its messages are handed over as if it were. */
  readonly patienceMs: number;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}

/** `idle`: no node of it was placed yet. `waiting`: it ended, and is started again with the next message after a pause. */
export type PluginState = 'idle' | 'running' | 'waiting' | 'quarantined' | 'refused';

/** How a plugin does. */
export interface PluginStatus {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly nodes: readonly { readonly type: string; readonly title: string }[];
  readonly state: PluginState;
  /** Starts of its process after the first. */
  readonly restarts: number;
  /** Why it is not used, or why its process ended the last time. */
  readonly problem?: Problem | undefined;
}

/** The processes of all plugins, and the node types that run in them. Processes start with the first node that is placed. */
export class PluginProcesses {
  /** Node types of the plugins that can be used, in the order in which they were found. */
  readonly definitions: readonly AnyRuleNodeDefinition[];
  readonly #plugins: readonly FoundPlugin[];
  readonly #processes = new Map<string, PluginProcess>();

  constructor(options: PluginProcessesOptions) {
    const { plugins, ids, timeoutMs, patienceMs } = options;
    this.#plugins = plugins;
    this.definitions = plugins.flatMap((found) => {
      if (found.problem !== undefined) return [];
      const process = new PluginProcess(found, options);
      this.#processes.set(found.name, process);
      return found.nodes.map((declaration) => proxyDefinition(declaration, { process, ids, timeoutMs, patienceMs }));
    });
  }

  /** One status a plugin, refused ones included. */
  statuses(): readonly PluginStatus[] {
    return this.#plugins.map((found) => {
      const { name, version, description, problem } = found;
      const known = { name, version, description, nodes: found.nodes.map(({ type, title }) => ({ type, title })) };
      // Of two packages with one name, the process is that of the one that is used.
      const process = problem === undefined ? this.#processes.get(name) : undefined;
      if (process === undefined) return { ...known, state: 'refused', restarts: 0, problem };
      return { ...known, state: stateOf(process), restarts: process.crashes.restarts, problem: lastEndOf(process) };
    });
  }

  /** Ends all processes. Resolves when none is left. */
  async close(): Promise<void> {
    await Promise.all([...this.#processes.values()].map((process) => process.close()));
  }
}

function stateOf(process: PluginProcess): PluginState {
  if (process.pid !== undefined) return 'running';
  if (process.isQuarantined) return 'quarantined';
  return process.crashes.crashes > 0 ? 'waiting' : 'idle';
}

function lastEndOf({ crashes: { crashes, reason }, files: { name: plugin }, isQuarantined }: PluginProcess): Problem | undefined {
  if (crashes === 0) return undefined;
  return problemOf(isQuarantined ? pluginErrors.QUARANTINED({ plugin, crashes, reason }) : pluginErrors.CRASHED({ plugin, reason }));
}
