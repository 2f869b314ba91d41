import type { Clock, Log, Problem } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { RuleNode, TenantId } from '@fieldline/model';
import { missingSecret } from '@fieldline/model';
import type { AnyRuleNodeDefinition, Need } from '@fieldline/plugin-sdk';
import type { BoundScripts } from '@fieldline/plugin-sdk/host';
import { bindScripts, loadSettings, NodeStates } from '@fieldline/plugin-sdk/host';
import type { DataStore, ScriptEngine } from '@fieldline/ports';
import { engineErrors } from '../errors.js';
import { type EngineParts, platformNeeds } from '../engine-parts.js';
import { nodeLog } from '../services/node-log.js';
import { NodeConnection } from './node-connection.js';
import { NodeRuntime } from './node-runtime.js';

export interface NodeStarter {
  readonly store: Pick<DataStore, 'nodeStates'>;
  readonly scripts: ScriptEngine;
  readonly platform: EngineParts['platform'];
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/**
 * Starts a node: parses its settings, calls `onStart`, loads its state. A node that cannot start becomes an
 * inactive runtime with the reason; only a store that cannot be read rejects.
 *
 * @param previous the runtime of the same node before a change; its counts go on, and where its type is the same its state
 */
export async function startNode(
  starter: NodeStarter,
  drawn: { readonly node: RuleNode; readonly tenantId: TenantId; readonly definition: AnyRuleNodeDefinition | undefined },
  previous: NodeRuntime | undefined,
): Promise<NodeRuntime> {
  const { node, tenantId, definition } = drawn;
  const kept = previous?.type === node.type ? previous : undefined;
  const counters = previous?.counters;
  const refused = (problem: Problem): NodeRuntime => new NodeRuntime(node, tenantId, { problem, counters });
  if (definition === undefined) {
    return refused(problemOf(engineErrors.NODE_TYPE_UNKNOWN({ node: node.name, type: node.type })));
  }
  const { needsPlugin: plugin } = definition;
  if (plugin !== undefined) return refused(problemOf(engineErrors.NODE_NEEDS_PLUGIN({ node: node.name, type: node.type, plugin })));
  const platform = starter.platform({ tenantId, id: node.id, name: node.name });
  const service = platformNeeds.find((need) => definition.needs?.includes(need) === true && platform[need] === undefined);
  if (service !== undefined) return refused(problemOf(engineErrors.NODE_SERVICE_OFF({ node: node.name, service })));
  const secret = missingSecret(node.config);
  if (secret !== undefined) return refused(problemOf(engineErrors.NODE_SECRET_MISSING({ node: node.name, setting: secret })));
  const settings = loadSettings<unknown>(definition, { version: node.configVersion, config: node.config });
  if ('problem' in settings) return refused(notActive(node, settings.problem));
  const { config } = settings;
  const scripts = definition.needs?.includes('scripts') === true ? bindScripts(starter.scripts) : undefined;
  const context = startContext(starter, { node, tenantId, definition }, config, scripts);
  try {
    await definition.onStart?.(context);
  } catch (error) {
    scripts?.dispose();
    return refused(notActive(node, reasonOf(error)));
  }
  const states = kept?.states ?? (await loadStates(starter, definition, tenantId, node.id));
  const { connection: declared } = definition;
  const connection =
    declared === undefined ? undefined : new NodeConnection(declared, context, { clock: starter.clock, log: starter.log, nodeName: node.name });
  connection?.open();
  return new NodeRuntime(node, tenantId, { definition, config, states, scripts, counters, connection });
}

/** What `onStart` and `connection.open` of a node are called with: services that need no batch. */
function startContext(
  starter: NodeStarter,
  { node, tenantId, definition }: { readonly node: RuleNode; readonly tenantId: TenantId; readonly definition: AnyRuleNodeDefinition },
  config: unknown,
  scripts: BoundScripts | undefined,
): Parameters<NonNullable<AnyRuleNodeDefinition['onStart']>>[0] {
  const needs = new Set((definition.needs ?? []) as readonly Need[]);
  const platform = starter.platform({ tenantId, id: node.id, name: node.name });
  return {
    config,
    nodeName: node.name,
    nodeId: node.id,
    tenantId,
    nowMs: starter.clock.nowMs(),
    random: starter.random,
    scripts: scripts?.service,
    log: needs.has('log') ? nodeLog(starter.log, node, tenantId) : undefined,
    network: needs.has('network') ? platform.network : undefined,
    entities: needs.has('entities') ? platform.entities : undefined,
  };
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
