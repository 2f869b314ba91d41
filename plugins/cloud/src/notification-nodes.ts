import { z } from '@fieldline/plugin-sdk';
import { declaredNode } from './declared-node.js';
import { secretText, template } from './fields.js';
import { ENTRIES_MAX } from './limits.js';

/** Sends an SMS. */
export const sendSmsNode = declaredNode({
  type: 'cloud.send-sms',
  version: 0,
  category: 'external',
  title: 'Send SMS',
  summary: 'Sends a text message to telephones.',
  docs: 'The message leaves unchanged when the provider has taken the text.',
  icon: 'message-circle',
  thingsboard: { className: 'org.thingsboard.rule.engine.sms.TbSendSmsNode', configurationVersion: 0 },
  needsPlugin: 'sms',
  config: z.strictObject({
    numbersToTemplate: template('Phone numbers', 'Numbers, separated by commas.'),
    smsMessageTemplate: template('Text', 'Text to send.'),
    useSystemSmsSettings: z.boolean().default(true).describe('Sends by the provider of the system.').meta({ title: 'Use system SMS provider' }),
    smsProviderConfiguration: z
      .looseObject({ type: z.enum(['AWS_SNS', 'TWILIO', 'SMPP']) })
      .nullish()
      .describe('Provider of this node.')
      .meta({ title: 'SMS provider', secret: true }),
  }),
  defaults: {
    numbersToTemplate: '${userPhone}',
    smsMessageTemplate: 'Device ${deviceName} has high temperature ${temp}',
    useSystemSmsSettings: true,
    smsProviderConfiguration: null,
  },
});

/** Sends a notification of the platform. */
export const sendNotificationNode = declaredNode({
  type: 'cloud.send-notification',
  version: 0,
  category: 'external',
  title: 'Send notification',
  summary: 'Sends a notification to the users of the platform.',
  docs: 'Metadata and the values of the body are parameters of the template. Success has `notificationRequestResult` in the metadata.',
  icon: 'bell',
  thingsboard: { className: 'org.thingsboard.rule.engine.notification.TbNotificationNode', configurationVersion: 0 },
  needsPlugin: 'notifications',
  config: z.strictObject({
    targets: z.array(z.guid()).max(ENTRIES_MAX).nullish().describe('Groups of receivers.').meta({ title: 'Recipients' }),
    templateId: z
      .object({
        entityType: z.literal('NOTIFICATION_TEMPLATE').default('NOTIFICATION_TEMPLATE').describe('Always this.'),
        id: z.guid().describe('Id of the template.'),
      })
      .nullish()
      .describe('Template of the notification.')
      .meta({ title: 'Template' }),
  }),
  defaults: { targets: null, templateId: null },
});

/** Writes to Slack. */
export const sendToSlackNode = declaredNode({
  type: 'cloud.send-to-slack',
  version: 0,
  category: 'external',
  title: 'Send to Slack',
  summary: 'Writes to a channel or a person in Slack.',
  docs: 'The message leaves unchanged when Slack has taken the text.',
  icon: 'brand-slack',
  thingsboard: { className: 'org.thingsboard.rule.engine.notification.TbSlackNode', configurationVersion: 0 },
  needsPlugin: 'slack',
  config: z.strictObject({
    botToken: secretText('Slack API token', 'Token of the bot that writes.'),
    useSystemSettings: z.boolean().default(true).describe('Takes the token of the system.').meta({ title: 'Use system Slack settings' }),
    messageTemplate: template('Text', 'Text to write.'),
    conversationType: z
      .enum(['PUBLIC_CHANNEL', 'PRIVATE_CHANNEL', 'DIRECT'])
      .nullish()
      .transform((value) => value ?? 'PUBLIC_CHANNEL')
      .describe('Where to write.')
      .meta({ title: 'Conversation type' }),
    conversation: z
      .looseObject({
        type: z.string().nullish().describe('Kind of conversation, as Slack names it.'),
        id: z.string().describe('Id that Slack gave it.'),
        name: z.string().nullish().describe('Name that people know it by.'),
      })
      .nullish()
      .describe('Channel or person.')
      .meta({ title: 'Conversation' }),
  }),
  defaults: {
    botToken: 'xoxb-',
    useSystemSettings: true,
    messageTemplate: 'Device ${deviceId}: temperature is $[temperature]',
    conversationType: 'PUBLIC_CHANNEL',
    conversation: null,
  },
});
