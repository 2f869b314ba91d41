import type { Plugin } from '@fieldline/plugin-sdk';
import { changeOriginatorNode } from './change-originator-node.js';
import { copyKeysNode } from './copy-keys-node.js';
import { deduplicationNode } from './deduplication-node.js';
import { deleteKeysNode } from './delete-keys-node.js';
import { jsonPathNode } from './json-path-node.js';
import { renameKeysNode } from './rename-keys-node.js';
import { scriptNode } from './script-node.js';
import { splitArrayNode } from './split-array-node.js';

/** Nodes that make the next version of a message. */
export const plugin: Plugin = {
  name: 'transforms',
  nodes: [scriptNode, changeOriginatorNode, copyKeysNode, deleteKeysNode, renameKeysNode, jsonPathNode, splitArrayNode, deduplicationNode],
};
