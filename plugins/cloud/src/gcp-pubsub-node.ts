import { z } from '@fieldline/plugin-sdk';
import { declaredNode } from './declared-node.js';
import { mapping, optionalText, secretText, text } from './fields.js';

/** Publishes to a topic of Google Cloud Pub/Sub. */
export const gcpPubsubNode = declaredNode({
  type: 'cloud.gcp-pubsub',
  version: 0,
  category: 'external',
  title: 'GCP Pub/Sub',
  summary: 'Publishes messages to a topic of Google Cloud Pub/Sub.',
  docs: 'Publishes the body of the message with the attributes. Success has `messageId` in the metadata.',
  icon: 'brand-google',
  thingsboard: { className: 'org.thingsboard.rule.engine.gcp.pubsub.TbPubSubNode', configurationVersion: 0 },
  needsPlugin: 'gcp',
  config: z.strictObject({
    projectId: text('Project ID', 'Project of the topic.'),
    topicName: text('Topic name', 'Topic to publish to.'),
    messageAttributes: mapping('Message attributes', 'Attributes of each message; names and values may have placeholders.'),
    serviceAccountKey: secretText('Service account key', 'Key of the service account, as JSON text.'),
    serviceAccountKeyFileName: optionalText('File of the key', 'Where the editor read the key from.'),
  }),
  defaults: {
    projectId: 'my-google-cloud-project-id',
    topicName: 'my-pubsub-topic-name',
    messageAttributes: {},
    serviceAccountKey: null,
    serviceAccountKeyFileName: null,
  },
});
