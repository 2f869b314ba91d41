import type { Plugin } from '@fieldline/plugin-sdk';
import { alarmStatusNode } from './alarm-status-node.js';
import { assetProfileSwitchNode } from './asset-profile-switch-node.js';
import { checkFieldsNode } from './check-fields-node.js';
import { checkRelationNode } from './check-relation-node.js';
import { deviceProfileSwitchNode } from './device-profile-switch-node.js';
import { entityTypeNode } from './entity-type-node.js';
import { entityTypeSwitchNode } from './entity-type-switch-node.js';
import { geofencingNode } from './geofencing-node.js';
import { messageTypeNode } from './message-type-node.js';
import { messageTypeSwitchNode } from './message-type-switch-node.js';
import { scriptNode } from './script-node.js';
import { switchNode } from './switch-node.js';

/** Nodes that decide where a message goes and leave it as it is. */
export const plugin: Plugin = {
  name: 'filters',
  nodes: [
    messageTypeSwitchNode,
    scriptNode,
    switchNode,
    messageTypeNode,
    checkFieldsNode,
    entityTypeNode,
    entityTypeSwitchNode,
    deviceProfileSwitchNode,
    assetProfileSwitchNode,
    checkRelationNode,
    alarmStatusNode,
    geofencingNode,
  ],
};
