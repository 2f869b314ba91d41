import { allAtOnce, defineRuleNode, z } from '@fieldline/plugin-sdk';
import { attributesDefaults, attributesFields, withAttributes } from './attributes.js';
import { withFetchTo } from './write-found.js';

/** Adds attributes and latest telemetry of the entity the message is about. */
export const originatorAttributesNode = defineRuleNode({
  type: 'enrichment.originator-attributes',
  version: 1,
  migrate: { 0: withFetchTo('fetchToData', 'DATA') },
  category: 'enrichment',
  title: 'Originator attributes',
  summary: 'Adds attributes and latest telemetry of the originator.',
  docs: [
    'Client attributes are added as `cs_<key>`, shared ones as `shared_<key>`, server ones as `ss_<key>`, latest telemetry as `<key>`. In the body values',
    'keep their type and form, `42.0` stays `42.0`; in the metadata they are texts.',
    '',
    'With *tell failure*, a message for which something is missing leaves by `Failure` with everything that was found.',
  ].join('\n'),
  icon: 'tags',
  thingsboard: { className: 'org.thingsboard.rule.engine.metadata.TbGetAttributesNode', configurationVersion: 1 },
  relationTypes: ['Success'],
  config: z.strictObject(attributesFields),
  defaults: attributesDefaults,
  examples: [
    {
      title: 'Adds a server attribute and the latest value to the metadata.',
      config: { serverAttributeNames: ['threshold'], latestTsKeyNames: ['humidity'] },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Success',
      result: { metadata: { ss_threshold: '20', humidity: '55.5' } },
    },
    {
      title: 'Adds an attribute that the message names to the body.',
      config: { fetchTo: 'DATA', serverAttributeNames: ['$[limit]'] },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { limit: 'threshold' } },
      to: 'Success',
      result: { data: { limit: 'threshold', ss_threshold: 20 } },
    },
    {
      title: 'Tells what is missing.',
      config: { serverAttributeNames: ['threshold', 'owner'] },
      message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 21 } },
      to: 'Failure',
      result: { metadata: { ss_threshold: '20' } },
    },
  ],
  needs: ['attributes', 'timeSeries'],
  onMessage: (message, { config, ...reads }) => withAttributes(message, config, reads, () => message.originator),
  onBatch: (messages, { config, ...reads }) => allAtOnce(messages, (message) => withAttributes(message, config, reads, () => message.originator)),
});
