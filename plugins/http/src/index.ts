import type { Plugin } from '@fieldline/plugin-sdk';
import { restApiCallNode } from './rest-api-call-node.js';
import { restCallReplyNode } from './rest-call-reply-node.js';

/** Nodes that call HTTP services, and answer calls to this server. */
export const plugin: Plugin = { name: 'http', nodes: [restApiCallNode, restCallReplyNode] };
