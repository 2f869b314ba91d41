import type { Plugin } from '@fieldline/plugin-sdk';
import { sendEmailNode } from './send-email-node.js';
import { toEmailNode } from './to-email-node.js';

/** Nodes that write and send mail. */
export const plugin: Plugin = { name: 'mail', nodes: [toEmailNode, sendEmailNode] };
