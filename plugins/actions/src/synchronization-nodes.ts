import { defineRuleNode, route, z } from '@fieldline/plugin-sdk';

const config = z.strictObject({ version: z.number().optional().meta({ description: 'Kept for import and export; means nothing.', hidden: true }) });

const deprecated =
  'ThingsBoard has made it a node that does nothing. A queue that takes the messages of an originator one after another does what it was for.';

const docs = [
  'Messages pass as they are, as in ThingsBoard, which keeps this node for old chains only. To have the messages of an originator done one after another,',
  'let the profile of the device name a queue with the strategy `SEQUENTIAL_BY_ORIGINATOR`.',
].join('\n');

const examples = [
  {
    title: 'a message passes as it is',
    message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } },
    to: 'Success',
    result: { data: { temperature: 21.5 } },
  },
] as const;

/** Began a part of a chain that one message of an originator at a time passed. */
export const synchronizationStartNode = defineRuleNode({
  type: 'action.synchronization-start',
  version: 0,
  category: 'action',
  title: 'Synchronization start',
  summary: 'Passes messages on; kept for old rule chains.',
  docs,
  icon: 'lock',
  examples,
  thingsboard: { className: 'org.thingsboard.rule.engine.transaction.TbSynchronizationBeginNode', configurationVersion: 0 },
  deprecated,
  relationTypes: ['Success'],
  config,
  defaults: {},
  onMessage: (message) => route('Success', message),
});

/** Ended that part. */
export const synchronizationEndNode = defineRuleNode({
  type: 'action.synchronization-end',
  version: 0,
  category: 'action',
  title: 'Synchronization end',
  summary: 'Passes messages on; kept for old rule chains.',
  docs,
  icon: 'lock-open',
  examples,
  thingsboard: { className: 'org.thingsboard.rule.engine.transaction.TbSynchronizationEndNode', configurationVersion: 0 },
  deprecated,
  relationTypes: ['Success'],
  config,
  defaults: {},
  onMessage: (message) => route('Success', message),
});
