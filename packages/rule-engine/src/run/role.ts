import type { Message } from '@fieldline/model';
import { end } from '@fieldline/plugin-sdk';
import type { CompiledNode } from '../compile/compile-chain.js';
import type { Told } from '../record/flight-log.js';
import type { ChainRun } from './chain-run.js';
import type { Inbox } from './inbox.js';
import { callNested } from './nested-chain.js';
import { callNode } from './node-call.js';
import { handedOverBefore } from './stand.js';

/** Calls a node with its messages, or does what the engine does in its stead. */
export function playRole(run: ChainRun, node: CompiledNode, inbox: Inbox): void | Promise<void> {
  switch (node.role) {
    case 'inner':
      if (node.runtime.definition?.handsOver?.() === true) return handOver(run, node, inbox, undefined);
      return callNode(run, node, inbox);
    case 'external':
      return handOver(run, node, inbox, undefined);
    case 'rule-chain':
      return callNested(run, node, inbox);
    case 'output':
      return giveBack(run, node, inbox);
    case 'acknowledge':
      return acknowledge(run, node, inbox);
    case 'checkpoint':
      return handOver(run, node, inbox, 'Success');
    case 'inactive':
      return refuseAll(run, node, inbox);
  }
}

const handedOver: Told = { kind: 'handed-over' };
const acknowledged: Told = { kind: 'acknowledged' };
const returned: Told = { kind: 'returned' };
const withoutCaller: Told = end('output without caller');

/** Leaves messages for after the commit: for the node itself, or to leave it then by a relation type. */
function handOver(run: ChainRun, node: CompiledNode, inbox: Inbox, leaveBy: string | undefined): void {
  const { batch } = run;
  const where = leaveBy === undefined ? {} : { leaveBy, queueName: node.queueName };
  for (let i = 0; i < inbox.length; i += 1) {
    const place = inbox.places[i] as number;
    batch.later.handOver(run, node, inbox.messages[i] as Message, place, { nodesRun: inbox.nodesRun[i] as number, ...where });
    batch.attempt?.stands(place, node.id, handedOverBefore);
    run.visit?.tell(handedOver);
  }
}

function acknowledge(run: ChainRun, node: CompiledNode, inbox: Inbox): void {
  for (let i = 0; i < inbox.length; i += 1) {
    run.visit?.tell(acknowledged);
    run.batch.attempt?.acknowledged.add(inbox.places[i] as number);
    run.leave(node, 'Success', inbox.messages[i] as Message, inbox.places[i] as number, inbox.nodesRun[i] as number);
  }
}

/** An output node returns to the caller by its own name; without a caller the message ends. */
function giveBack(run: ChainRun, node: CompiledNode, { messages, places, nodesRun }: Inbox): void {
  const hasCaller = run.callers.length > 0;
  for (let i = 0; i < messages.length; i += 1) {
    run.visit?.tell(hasCaller ? returned : withoutCaller);
    node.runtime.counters.ended(hasCaller ? 'returned to caller' : 'output without caller');
    if (hasCaller) {
      run.tally.returned += 1;
      run.returned.push(messages[i] as Message, places[i] as number, nodesRun[i] as number);
      run.returned.labels.push(node.name);
    } else run.tally.ended += 1;
  }
}

/** A node that could not start fails its messages; that is not routed through Failure (rule-engine.md §7.3). */
function refuseAll(run: ChainRun, node: CompiledNode, { messages, places }: Inbox): void {
  const { problem } = node.runtime;
  if (problem === undefined) return;
  messages.forEach((message, i) => {
    run.visit?.tell({ kind: 'refused', problem });
    run.batch.fail(message, problem, run.at(node), places[i] as number);
  });
}
