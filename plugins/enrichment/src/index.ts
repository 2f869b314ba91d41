import type { Plugin } from '@fieldline/plugin-sdk';
import { calculateDeltaNode } from './calculate-delta-node.js';
import { customerAttributesNode } from './customer-attributes-node.js';
import { customerDetailsNode } from './customer-details-node.js';
import { deviceCredentialsNode } from './device-credentials-node.js';
import { originatorAttributesNode } from './originator-attributes-node.js';
import { originatorFieldsNode } from './originator-fields-node.js';
import { originatorTelemetryNode } from './originator-telemetry-node.js';
import { relatedDeviceAttributesNode } from './related-device-attributes-node.js';
import { relatedEntityDataNode } from './related-entity-data-node.js';
import { tenantAttributesNode } from './tenant-attributes-node.js';
import { tenantDetailsNode } from './tenant-details-node.js';

/** Nodes that add what is known elsewhere to a message. */
export const plugin: Plugin = {
  name: 'enrichment',
  nodes: [
    originatorAttributesNode,
    originatorFieldsNode,
    originatorTelemetryNode,
    customerAttributesNode,
    customerDetailsNode,
    tenantAttributesNode,
    tenantDetailsNode,
    relatedDeviceAttributesNode,
    relatedEntityDataNode,
    deviceCredentialsNode,
    calculateDeltaNode,
  ],
};
