import type { Plugin } from '@fieldline/plugin-sdk';
import { outputNode } from './output-node.js';
import { ruleChainNode } from './rule-chain-node.js';

/** Nodes that lead into other rule chains and back. The engine supplies what they do. */
export const plugin: Plugin = { name: 'flow', nodes: [ruleChainNode, outputNode] };
