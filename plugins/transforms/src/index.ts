import type { Plugin } from '@fieldline/plugin-sdk';
import { renameKeysNode } from './rename-keys-node.js';
import { scriptNode } from './script-node.js';

/** Nodes that make the next version of a message. */
export const plugin: Plugin = { name: 'transforms', nodes: [scriptNode, renameKeysNode] };
