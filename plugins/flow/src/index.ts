import type { Plugin } from '@fieldline/plugin-sdk';
import { acknowledgeNode } from './acknowledge-node.js';
import { checkpointNode } from './checkpoint-node.js';
import { outputNode } from './output-node.js';
import { ruleChainNode } from './rule-chain-node.js';

/** Nodes that say how a message goes on: into other rule chains and back, and what of its way is done. The engine supplies what they do. */
export const plugin: Plugin = { name: 'flow', nodes: [acknowledgeNode, checkpointNode, ruleChainNode, outputNode] };
