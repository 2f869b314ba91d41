import { defineRuleNode, fail, z } from '@fieldline/plugin-sdk';

/** Puts a message to a queue, from which it goes on behind the node. */
export const checkpointNode = defineRuleNode({
  type: 'flow.checkpoint',
  version: 1,
  migrate: { 0: withoutQueue },
  category: 'flow',
  title: 'Checkpoint',
  summary: 'Puts the message to a queue, from which it goes on.',
  docs: [
    'The way up to here is done and stored; it is not gone again, neither after a restart nor by a queue that retries. From here the message goes on by',
    'the strategies of the queue that the node names: how many are in work at once, and what is done with those that fail. Without a queue it goes on by',
    'itself.',
  ].join('\n'),
  icon: 'flag-check',
  examples: [{ title: 'it goes on as it is', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21.5 } }, to: 'Success' }],
  thingsboard: { className: 'org.thingsboard.rule.engine.flow.TbCheckpointNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject({ version: z.number().optional().meta({ description: 'Kept for import and export; means nothing.', hidden: true }) }),
  defaults: {},
  hasQueue: true,
  engine: 'checkpoint',
  onMessage: (message) => fail(new Error('The engine puts messages to queues by itself.'), message),
});

/** In version 0 the settings named the queue, which is a property of the node since. */
function withoutQueue(old: unknown): unknown {
  const { queueName: _queueName, ...rest } = old as { queueName?: unknown };
  return rest;
}
