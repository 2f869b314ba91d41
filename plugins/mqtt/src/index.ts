import type { Plugin } from '@fieldline/plugin-sdk';
import { mqttNode } from './mqtt-node.js';
import { publishToBrokerNode } from './publish-to-broker-node.js';

/** Nodes that publish over MQTT. */
export const plugin: Plugin = { name: 'mqtt', nodes: [mqttNode, publishToBrokerNode] };
