import type { Clock, Log, Problem } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import { pluginErrors } from '../errors.js';
import { DESCRIBED_AT_ONCE_MAX, LOAD_DEADLINE_MS, PLUGINS_MAX } from '../limits.js';
import type { SpawnOptions } from '../run/spawn-plugin.js';
import { PluginChild } from '../run/spawn-plugin.js';
import type { NodeDeclaration } from './declaration.js';
import { declarationSchema, unsupportedNeed } from './declaration.js';
import type { FoundPackage } from './find-packages.js';
import { findPackages } from './find-packages.js';
import { faultsOf } from './manifest.js';

/** A plugin of the plugins folder, with what it has, or with the problem that keeps it from being used. Plain data. */
export interface FoundPlugin extends FoundPackage {
  readonly nodes: readonly NodeDeclaration[];
}

export interface DiscoverOptions extends SpawnOptions {
  /** The plugins folder; it need not exist. */
  readonly folder: string;
  /** Names that third parties cannot take: node types and ThingsBoard's class names of the nodes that come with the server. */
  readonly taken: ReadonlySet<string>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Finds the plugins of a folder and asks each, in a process of its own, what it has. One that cannot be used is listed with
 * its problem and said in the log; it stops neither the others nor the server. A folder that cannot be read gives none.
 */
export async function discoverPlugins(options: DiscoverOptions): Promise<readonly FoundPlugin[]> {
  const { log } = options;
  const found = withoutTwins(packagesIn(options));
  const described = await inGroups(found, (one) => describe(one, options));
  const plugins = withoutTakenTypes(described, options.taken);
  for (const { name, version, folder, isLinked, nodes, problem } of plugins) {
    if (problem !== undefined)
      log.error('plugin-refused', { plugin: name, folder, code: problem.code, reason: problem.message, remedy: problem.remedy });
    else log.info('plugin-found', { plugin: name, version, folder, isLinked, nodes: nodes.map(({ type }) => type) });
    if (isLinked) log.warn('plugin-linked', { plugin: name, folder });
  }
  return plugins;
}

function packagesIn({ folder, log }: DiscoverOptions): readonly FoundPackage[] {
  try {
    return findPackages(folder);
  } catch (error) {
    const { code, message, remedy } = problemOf(error);
    log.error('plugins-folder-unreadable', { folder, code, reason: message, remedy, error });
    return [];
  }
}

/** Of packages with one name the first counts; beyond the bound none does. */
function withoutTwins(packages: readonly FoundPackage[]): readonly FoundPackage[] {
  const byName = new Map<string, FoundPackage>();
  return packages.map((found) => {
    if (found.problem !== undefined) return found;
    const first = byName.get(found.name);
    if (first !== undefined) return { ...found, problem: problemOf(pluginErrors.NAME_TAKEN({ plugin: found.name, folder: first.folder })) };
    if (byName.size >= PLUGINS_MAX) return { ...found, problem: problemOf(pluginErrors.TOO_MANY({ limit: PLUGINS_MAX })) };
    byName.set(found.name, found);
    return found;
  });
}

async function inGroups<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += DESCRIBED_AT_ONCE_MAX) {
    results.push(...(await Promise.all(items.slice(from, from + DESCRIBED_AT_ONCE_MAX).map(work))));
  }
  return results;
}

async function describe(found: FoundPackage, options: DiscoverOptions): Promise<FoundPlugin> {
  if (found.problem !== undefined) return { ...found, nodes: [] };
  try {
    const declared = declarationSchema.safeParse(await declarationOf(found, options));
    if (!declared.success) throw pluginErrors.DECLARATION_INVALID({ plugin: found.name, faults: faultsOf(declared.error.issues) });
    const { nodes } = declared.data;
    for (const node of nodes) {
      const need = unsupportedNeed(node);
      if (need !== undefined) throw pluginErrors.NEED_UNSUPPORTED({ plugin: found.name, type: node.type, need });
    }
    return { ...found, nodes };
  } catch (error) {
    const { name: plugin } = found;
    const problem: Problem = isProblem(error) ? problemOf(error) : problemOf(pluginErrors.NOT_LOADED({ plugin, reason: String(error) }));
    return { ...found, nodes: [], problem };
  }
}

/** Starts the process of a plugin, hears what it has and ends it again. */
function declarationOf(found: FoundPackage, options: DiscoverOptions): Promise<unknown> {
  const { name: plugin } = found;
  return new Promise((resolve, reject) => {
    const child = new PluginChild(found, options, {
      frame(frame) {
        if (frame.kind === 'log') return;
        if (frame.kind === 'loaded') resolve(frame.plugin);
        else reject(pluginErrors.NOT_LOADED({ plugin, reason: frame.kind === 'refused' ? frame.problem.message : 'it sent something else first' }));
        cancel();
        child.kill('it has said what it has');
      },
      end(reason) {
        cancel();
        const lastOutput = child.lastOutput === '' ? '' : ` (${child.lastOutput.slice(-500)})`;
        reject(pluginErrors.NOT_LOADED({ plugin, reason: `${reason}${lastOutput}` }));
      },
    });
    const cancel = options.clock.after('plugin-described', LOAD_DEADLINE_MS, () => child.kill(`it was not loaded within ${LOAD_DEADLINE_MS} ms`));
  });
}

/** A plugin that has a name of the server, or of a plugin before it, is not used at all: half of it would be harder to understand. */
function withoutTakenTypes(plugins: readonly FoundPlugin[], taken: ReadonlySet<string>): readonly FoundPlugin[] {
  const owners = new Map<string, string>([...taken].map((name) => [name, 'the server']));
  return plugins.map((found) => {
    const { name: plugin, nodes } = found;
    const names = nodes.flatMap(({ type, thingsboard }) => (thingsboard === undefined ? [type] : [type, thingsboard.className]));
    const clash = names.find((name) => owners.has(name)) ?? names.find((name, place) => names.indexOf(name) !== place);
    if (clash !== undefined) {
      const owner = owners.get(clash) ?? 'it itself';
      return { ...found, nodes: [], problem: problemOf(pluginErrors.NODE_TYPE_TAKEN({ plugin, type: clash, owner })) };
    }
    for (const name of names) owners.set(name, plugin);
    return found;
  });
}
