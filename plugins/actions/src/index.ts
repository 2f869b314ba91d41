import type { Plugin } from '@fieldline/plugin-sdk';
import { assignToCustomerNode } from './assign-to-customer-node.js';
import { calculatedFieldsNode } from './calculated-fields-node.js';
import { copyToViewNode } from './copy-to-view-node.js';
import { createRelationNode } from './create-relation-node.js';
import { delayNode } from './delay-node.js';
import { deleteRelationNode } from './delete-relation-node.js';
import { deviceStateNode } from './device-state-node.js';
import { generatorNode } from './generator-node.js';
import { geofencingEventsNode } from './geofencing-events-node.js';
import { logNode } from './log-node.js';
import { mathNode } from './math-node.js';
import { messageCountNode } from './message-count-node.js';
import { rpcCallReplyNode } from './rpc-call-reply-node.js';
import { rpcCallRequestNode } from './rpc-call-request-node.js';
import { synchronizationEndNode, synchronizationStartNode } from './synchronization-nodes.js';
import { unassignFromCustomerNode } from './unassign-from-customer-node.js';

/** Nodes that do something besides passing messages on. */
export const plugin: Plugin = {
  name: 'actions',
  nodes: [
    logNode,
    generatorNode,
    messageCountNode,
    mathNode,
    assignToCustomerNode,
    unassignFromCustomerNode,
    createRelationNode,
    deleteRelationNode,
    copyToViewNode,
    deviceStateNode,
    geofencingEventsNode,
    calculatedFieldsNode,
    rpcCallRequestNode,
    rpcCallReplyNode,
    delayNode,
    synchronizationStartNode,
    synchronizationEndNode,
  ],
};
