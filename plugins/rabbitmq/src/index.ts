import type { Plugin } from '@fieldline/plugin-sdk';
import { rabbitmqNode } from './rabbitmq-node.js';

/** The node that publishes to RabbitMQ. */
export const plugin: Plugin = { name: 'rabbitmq', nodes: [rabbitmqNode] };
