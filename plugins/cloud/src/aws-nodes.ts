import { z } from '@fieldline/plugin-sdk';
import { declaredNode } from './declared-node.js';
import { mapping, secretText, template, text } from './fields.js';

const region = text('Region', 'Region of AWS.');
const keys = {
  accessKeyId: secretText('Access key ID', 'Access key of AWS.'),
  secretAccessKey: secretText('Secret access key', 'Its secret.'),
};
const noKeys = { accessKeyId: null, secretAccessKey: null };

/** Publishes to a topic of Amazon SNS. */
export const awsSnsNode = declaredNode({
  type: 'cloud.aws-sns',
  version: 0,
  category: 'external',
  title: 'AWS SNS',
  summary: 'Publishes messages to a topic of Amazon SNS.',
  docs: 'Publishes the body of the message. Success has `messageId` and `requestId` in the metadata.',
  icon: 'brand-aws',
  thingsboard: { className: 'org.thingsboard.rule.engine.aws.sns.TbSnsNode', configurationVersion: 0 },
  needsPlugin: 'aws',
  config: z.strictObject({ topicArnPattern: template('Topic ARN pattern', 'Name of the topic.'), ...keys, region }),
  defaults: { topicArnPattern: 'arn:aws:sns:us-east-1:123456789012:MyNewTopic', ...noKeys, region: 'us-east-1' },
});

/** Sends to a queue of Amazon SQS. */
export const awsSqsNode = declaredNode({
  type: 'cloud.aws-sqs',
  version: 0,
  category: 'external',
  title: 'AWS SQS',
  summary: 'Sends messages to a queue of Amazon SQS.',
  docs: [
    'Sends the body of the message with the attributes. In a FIFO queue the originator is the group and the id of the message keeps repeats out.',
    'Success has `messageId`, `requestId`, `messageBodyMd5`, `messageAttributesMd5` and `sequenceNumber` in the metadata.',
  ].join('\n'),
  icon: 'brand-aws',
  thingsboard: { className: 'org.thingsboard.rule.engine.aws.sqs.TbSqsNode', configurationVersion: 0 },
  needsPlugin: 'aws',
  config: z.strictObject({
    queueType: z.enum(['STANDARD', 'FIFO']).default('STANDARD').describe('Type of the queue.').meta({ title: 'Queue type' }),
    queueUrlPattern: template('Queue URL pattern', 'Address of the queue.'),
    delaySeconds: z.int().min(0).max(900).default(0).describe('How long the queue keeps a message back, in seconds.').meta({ title: 'Delay (s)' }),
    messageAttributes: mapping('Message attributes', 'Attributes of each message; names and values may have placeholders.'),
    ...keys,
    region,
  }),
  defaults: {
    queueType: 'STANDARD',
    queueUrlPattern: 'https://sqs.us-east-1.amazonaws.com/123456789012/my-queue-name',
    delaySeconds: 0,
    messageAttributes: {},
    ...noKeys,
    region: 'us-east-1',
  },
});

/** Calls a function of AWS Lambda. */
export const awsLambdaNode = declaredNode({
  type: 'cloud.aws-lambda',
  version: 0,
  category: 'external',
  title: 'AWS Lambda',
  summary: 'Calls a function of AWS Lambda and goes on with its answer.',
  docs: 'The answer of the function becomes the new body. Success has `requestId` in the metadata.',
  icon: 'lambda',
  thingsboard: { className: 'org.thingsboard.rule.engine.aws.lambda.TbAwsLambdaNode', configurationVersion: 0 },
  needsPlugin: 'aws',
  config: z.strictObject({
    accessKey: secretText('Access key', 'Access key of AWS.'),
    secretKey: secretText('Secret key', 'Its secret.'),
    region,
    functionName: template('Function name', 'Function to call.'),
    qualifier: template('Qualifier', 'Version or alias of the function.'),
    connectionTimeout: z
      .int()
      .min(0)
      .max(3_600)
      .default(10)
      .describe('How long connecting may take, in seconds.')
      .meta({ title: 'Connection timeout (s)' }),
    requestTimeout: z
      .int()
      .min(0)
      .max(3_600)
      .default(5)
      .describe('How long the function may take, in seconds.')
      .meta({ title: 'Request timeout (s)' }),
    tellFailureIfFuncThrowsExc: z
      .boolean()
      .default(false)
      .describe('An error of the function leads to Failure; else its text is the answer.')
      .meta({ title: 'Failure where the function throws' }),
  }),
  defaults: {
    accessKey: null,
    secretKey: null,
    region: 'us-east-1',
    functionName: '',
    qualifier: '$LATEST',
    connectionTimeout: 10,
    requestTimeout: 5,
    tellFailureIfFuncThrowsExc: false,
  },
});
