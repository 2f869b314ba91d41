import type { ChainLedger, NodeFigures } from '@fieldline/ports';
import type { CompiledChain, CompiledNode } from '../compile/compile-chain.js';

/** The account of a chain without its nodes. */
export function chainSums({ id, tenantId, name, version, counters }: CompiledChain): Omit<ChainLedger, 'nodes'> {
  return { ruleChainId: id, tenantId, name, version, ...counters };
}

export function chainLedger(chain: CompiledChain): ChainLedger {
  return { ...chainSums(chain), nodes: chain.nodes.map(nodeFigures) };
}

function nodeFigures({ id, name, runtime: { type, problem, counters } }: CompiledNode): NodeFigures {
  return { nodeId: id, name, type, isActive: problem === undefined, ...counters.figures() };
}
