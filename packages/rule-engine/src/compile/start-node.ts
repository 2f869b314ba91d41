import type { Clock, Log, Problem } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { RuleNode, TenantId } from '@fieldline/model';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import { bindScripts, loadSettings, NodeStates } from '@fieldline/plugin-sdk/host';
import type { DataStore, ScriptEngine } from '@fieldline/ports';
import { engineErrors } from '../errors.js';
import { nodeLog } from '../services/node-log.js';
import { NodeRuntime } from './node-runtime.js';

export interface NodeStarter {
  readonly store: Pick<DataStore, 'nodeStates'>;
  readonly scripts: ScriptEngine;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/**
 * Starts a node: parses its settings, calls `onStart`, loads its state. A node that cannot start becomes an
 * inactive runtime with the reason; only a store that cannot be read rejects.
 *
 * @param previous the runtime of the same node before a change of its settings; its state and counts go on
 */
export async function startNode(
  starter: NodeStarter,
  drawn: { readonly node: RuleNode; readonly tenantId: TenantId; readonly definition: AnyRuleNodeDefinition | undefined },
  previous: NodeRuntime | undefined,
): Promise<NodeRuntime> {
  const { node, tenantId, definition } = drawn;
  const kept = previous?.type === node.type ? previous : undefined;
  const counters = kept?.counters;
  if (definition === undefined) {
    return new NodeRuntime(node, tenantId, { problem: problemOf(engineErrors.NODE_TYPE_UNKNOWN({ node: node.name, type: node.type })), counters });
  }
  const settings = loadSettings<unknown>(definition, { version: node.configVersion, config: node.config });
  if ('problem' in settings) return new NodeRuntime(node, tenantId, { problem: notActive(node, settings.problem), counters });
  const { config } = settings;
  const scripts = definition.needs?.includes('scripts') === true ? bindScripts(starter.scripts) : undefined;
  try {
    const context = { config, nodeName: node.name, nodeId: node.id, tenantId, nowMs: starter.clock.nowMs(), random: starter.random };
    const services = {
      scripts: scripts?.service,
      log: definition.needs?.includes('log') === true ? nodeLog(starter.log, node, tenantId) : undefined,
    };
    await definition.onStart?.({ ...context, ...services });
  } catch (error) {
    scripts?.dispose();
    return new NodeRuntime(node, tenantId, { problem: notActive(node, reasonOf(error)), counters });
  }
  const states = kept?.states ?? (await loadStates(starter, definition, tenantId, node.id));
  return new NodeRuntime(node, tenantId, { definition, config, states, scripts, counters });
}

/** Reads the state of a node from the store. What does not fit the schema any more is left out, and said in the log. */
export async function loadStates(
  starter: Pick<NodeStarter, 'store' | 'log'>,
  definition: AnyRuleNodeDefinition,
  tenantId: TenantId,
  nodeId: string,
): Promise<NodeStates | undefined> {
  const { state } = definition;
  if (state === undefined) return undefined;
  const states = new NodeStates(state.maxEntries);
  let dropped = 0;
  for (const entry of await starter.store.nodeStates(tenantId, nodeId, state.maxEntries)) {
    const parsed = state.schema.safeParse(entry.state);
    if (parsed.success) states.set(entry.entityId, parsed.data);
    else dropped += 1;
  }
  if (dropped > 0) starter.log.warn('node-state-dropped', { tenantId, nodeId, type: definition.type, entries: dropped });
  return states;
}

const notActive = (node: RuleNode, reason: Pick<Problem, 'message'>): Problem =>
  problemOf(engineErrors.NODE_NOT_ACTIVE({ node: node.name, reason: reason.message }));

function reasonOf(error: unknown): Pick<Problem, 'message'> {
  if (isProblem(error)) return error;
  return { message: error instanceof Error ? error.message : String(error) };
}
