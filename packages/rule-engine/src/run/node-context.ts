import type { EpochMs, Log } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { BaseContext, Services } from '@fieldline/plugin-sdk';
import type { CompiledNode } from '../compile/compile-chain.js';
import type { NodeRuntime } from '../compile/node-runtime.js';
import type { PlatformServices } from '../engine-parts.js';
import { nodeLog } from '../services/node-log.js';
import type { UnitServices } from '../services/unit-services.js';

type Given = { readonly [Need in keyof Services]: Services[Need] | undefined };

/** What a node is called with. Services it does not declare are undefined. Every node's context has the same shape. */
export interface NodeContext extends BaseContext<unknown>, Given {
  readonly state: unknown;
  readonly connection: unknown;
  stateOf(message: Message): unknown;
}

/** What a batch gives to the contexts of its nodes. */
interface Batch {
  readonly nowMs: EpochMs;
  readonly random: () => number;
  readonly log: Log;
  /** Empty where the node needs none of them. */
  readonly services: Partial<UnitServices>;
  readonly platform: PlatformServices;
}

/** The context of a node for one batch; made once a node and batch, then `withState` for a node that has state. */
export function nodeContext(node: CompiledNode, batch: Batch): NodeContext {
  const { runtime } = node;
  const { needs } = runtime;
  const { services, platform } = batch;
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
    entities: needs.has('entities') ? platform.entities : undefined,
    relations: needs.has('relations') ? platform.relations : undefined,
    scripts: needs.has('scripts') ? runtime.scripts : undefined,
    http: needs.has('http') ? platform.http : undefined,
    network: needs.has('network') ? platform.network : undefined,
    mail: needs.has('mail') ? platform.mail : undefined,
    broker: needs.has('broker') ? platform.broker : undefined,
    rpc: needs.has('rpc') ? services.rpc : undefined,
    restReplies: needs.has('restReplies') ? platform.restReplies : undefined,
    deviceState: needs.has('deviceState') ? platform.deviceState : undefined,
    log: needs.has('log') ? nodeLog(batch.log, node, runtime.tenantId) : undefined,
    state: undefined,
    connection: runtime.connection?.opened,
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
