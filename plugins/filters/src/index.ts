import type { Plugin } from '@fieldline/plugin-sdk';
import { checkFieldsNode } from './check-fields-node.js';
import { messageTypeNode } from './message-type-node.js';
import { messageTypeSwitchNode } from './message-type-switch-node.js';
import { scriptNode } from './script-node.js';
import { switchNode } from './switch-node.js';

/** Nodes that decide where a message goes and leave it as it is. */
export const plugin: Plugin = {
  name: 'filters',
  nodes: [messageTypeSwitchNode, scriptNode, switchNode, messageTypeNode, checkFieldsNode],
};
