import type { Plugin } from '@fieldline/plugin-sdk';
import { kafkaNode } from './kafka-node.js';

/** The node that sends to Apache Kafka. */
export const plugin: Plugin = { name: 'kafka', nodes: [kafkaNode] };
