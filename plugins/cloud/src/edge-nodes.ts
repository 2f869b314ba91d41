import { z } from '@fieldline/plugin-sdk';
import { declaredNode } from './declared-node.js';

const config = z.strictObject({
  scope: z
    .enum(['CLIENT_SCOPE', 'SHARED_SCOPE', 'SERVER_SCOPE'])
    .nullish()
    .transform((value) => value ?? 'SERVER_SCOPE')
    .describe('Scope of attributes where the message names none.')
    .meta({ title: 'Entity attributes scope' }),
});

/** Sends what a message says about an entity to the edges it belongs to. */
export const pushToEdgeNode = declaredNode({
  type: 'edge.push-to-edge',
  version: 0,
  category: 'action',
  title: 'Push to edge',
  summary: 'Sends telemetry, attributes and alarms to the edges of an entity.',
  docs: 'Messages that came from an edge, and those of entities without one, end here.',
  icon: 'cloud-download',
  thingsboard: { className: 'org.thingsboard.rule.engine.edge.TbMsgPushToEdgeNode', configurationVersion: 0 },
  needsPlugin: 'edge',
  config,
  defaults: { scope: 'SERVER_SCOPE' },
});

/** Has a function in rule chains of an edge alone. */
export const pushToCloudNode = declaredNode({
  type: 'edge.push-to-cloud',
  version: 0,
  category: 'action',
  title: 'Push to cloud',
  summary: 'Sends telemetry, attributes and alarms from an edge to its server.',
  docs: 'It works in rule chains that run on an edge; on a server it has no function.',
  icon: 'cloud-upload',
  thingsboard: { className: 'org.thingsboard.rule.engine.edge.TbMsgPushToCloudNode', configurationVersion: 0 },
  needsPlugin: 'edge',
  config,
  defaults: { scope: 'SERVER_SCOPE' },
});
