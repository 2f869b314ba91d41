import type { Plugin } from '@fieldline/plugin-sdk';
import { generatorNode } from './generator-node.js';
import { logNode } from './log-node.js';
import { restCallReplyNode } from './rest-call-reply-node.js';
import { rpcCallRequestNode } from './rpc-call-request-node.js';

/** Nodes that do something besides passing messages on. */
export const plugin: Plugin = { name: 'actions', nodes: [logNode, generatorNode, rpcCallRequestNode, restCallReplyNode] };
