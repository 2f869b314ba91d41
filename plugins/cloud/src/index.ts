import type { Plugin } from '@fieldline/plugin-sdk';
import { aiRequestNode } from './ai-request-node.js';
import { awsLambdaNode, awsSnsNode, awsSqsNode } from './aws-nodes.js';
import { azureIotHubNode } from './azure-iot-hub-node.js';
import { pushToCloudNode, pushToEdgeNode } from './edge-nodes.js';
import { gcpPubsubNode } from './gcp-pubsub-node.js';
import { sendNotificationNode, sendSmsNode, sendToSlackNode } from './notification-nodes.js';
import { saveToCustomTableNode } from './save-to-custom-table-node.js';

/** Nodes of ThingsBoard for services of other vendors, and for its edge: declared, so that chains with them can be imported. */
export const plugin: Plugin = {
  name: 'cloud',
  nodes: [
    azureIotHubNode,
    gcpPubsubNode,
    awsSnsNode,
    awsSqsNode,
    awsLambdaNode,
    sendSmsNode,
    sendNotificationNode,
    sendToSlackNode,
    aiRequestNode,
    pushToEdgeNode,
    pushToCloudNode,
    saveToCustomTableNode,
  ],
};
