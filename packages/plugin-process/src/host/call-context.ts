import { epochMs } from '@fieldline/kernel';
import type { TenantId } from '@fieldline/model';
import type { BaseContext, Need } from '@fieldline/plugin-sdk';
import type { WireNode } from '../wire/frames.js';
import type { HostCall } from './host-call.js';
import { hostServices } from './host-services.js';
import type { Prepared } from './plugin-host.js';

interface Given {
  readonly node: WireNode;
  readonly nowMs: number;
  readonly seed: number;
}

/** What a node is called with, but for its state. */
export function callContext(call: HostCall, { definition, config }: Prepared, { node, nowMs, seed }: Given): BaseContext<unknown> {
  const needs = (definition.needs ?? []) as readonly Need[];
  const { name: nodeName, id: nodeId } = node;
  const tenantId = node.tenantId as TenantId;
  return { config, nodeName, nodeId, tenantId, nowMs: epochMs(nowMs), random: seededRandom(seed), ...hostServices(call, needs) };
}

/** Random numbers from the seed of the call, so that a call that is given again draws the same (mulberry32, 32 bits of state). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
