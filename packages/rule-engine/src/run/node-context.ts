import type { EpochMs } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { BaseContext, Services } from '@fieldline/plugin-sdk';
import type { CompiledNode } from '../compile/compile-chain.js';
import type { NodeRuntime } from '../compile/node-runtime.js';
import type { UnitServices } from '../services/unit-services.js';
import { nodeLog } from '../services/node-log.js';
import type { Log } from '@fieldline/kernel';

/** What a node is called with. Services it does not declare are undefined. Every node's context has the same shape. */
export interface NodeContext extends BaseContext<unknown> {
  readonly timeSeries: Services['timeSeries'] | undefined;
  readonly attributes: Services['attributes'] | undefined;
  readonly alarms: Services['alarms'] | undefined;
  readonly scripts: Services['scripts'] | undefined;
  readonly rpc: Services['rpc'] | undefined;
  readonly log: Services['log'] | undefined;
  readonly state: unknown;
  stateOf(message: Message): unknown;
}

/** The context of a node for one batch; made once a node and batch, then `withState` for a node that has state. */
export function nodeContext(
  node: CompiledNode,
  batch: { readonly nowMs: EpochMs; readonly random: () => number; readonly log: Log; readonly services: UnitServices },
): NodeContext {
  const { runtime } = node;
  const { needs } = runtime;
  const { services } = batch;
  return {
    config: runtime.config,
    nodeName: node.name,
    nodeId: node.id,
    tenantId: runtime.tenantId,
    nowMs: batch.nowMs,
    random: batch.random,
    timeSeries: needs.has('timeSeries') ? services.timeSeries : undefined,
    attributes: needs.has('attributes') ? services.attributes : undefined,
    alarms: needs.has('alarms') ? services.alarms : undefined,
    scripts: needs.has('scripts') ? runtime.scripts : undefined,
    rpc: needs.has('rpc') ? services.rpc : undefined,
    log: needs.has('log') ? nodeLog(batch.log, node, runtime.tenantId) : undefined,
    state: undefined,
    stateOf: (message) => runtime.states?.get(stateKey(runtime, message)),
  };
}

/** The context for one message. A new object: a node may still hold the one before while it waits for something. */
export function withState(context: NodeContext, state: unknown): NodeContext {
  return { ...context, state };
}

/** Where the state for a message is kept: under its originator, or under the empty key for the node. */
export function stateKey(runtime: NodeRuntime, message: Message | undefined): string {
  return runtime.isKeyedByNode || message === undefined ? '' : message.originator.id;
}
