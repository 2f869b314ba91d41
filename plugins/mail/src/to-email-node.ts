import type { Message } from '@fieldline/plugin-sdk';
import { defineRuleNode, fillTemplate, route, z } from '@fieldline/plugin-sdk';
import { mailNodeErrors } from './errors.js';
import { TEMPLATE_LENGTH_MAX } from './limits.js';
import { mailImages, mailMessageType } from './mail-body.js';

const template = (what: string, title: string) =>
  z.string().max(TEMPLATE_LENGTH_MAX).nullish().describe(`${what} May have \`\${metadataKey}\` and \`$[dataKey]\`.`).meta({ title });

const config = z.strictObject({
  fromTemplate: template('Address of the sender.', 'From'),
  toTemplate: template('Addresses of the receivers, separated by commas.', 'To'),
  ccTemplate: template('Further receivers, whom all may see.', 'Cc'),
  bccTemplate: template('Further receivers, whom nobody sees.', 'Bcc'),
  subjectTemplate: template('Subject.', 'Subject'),
  bodyTemplate: template('Text of the mail.', 'Body'),
  mailBodyType: z
    .enum(['false', 'true', 'dynamic'])
    .nullish()
    .describe('Whether the text is HTML: no, yes, or where the template below gives "true".')
    .meta({ title: 'Mail body type' }),
  isHtmlTemplate: template('Says with "true" that the text is HTML.', 'Dynamic mail body type'),
});

/** Makes a mail of a message; "send email" sends it. */
export const toEmailNode = defineRuleNode({
  type: 'transform.to-email',
  version: 0,
  category: 'transformation',
  title: 'To email',
  summary: 'Makes a mail of a message, for the node that sends it.',
  docs: [
    'The message goes on by `Success` as one of type `SEND_EMAIL` with the same originator and metadata, whose body has `from`, `to`, `cc`, `bcc`,',
    '`subject`, `body`, `images` and `html`. Empty templates give null. The metadata key `images` may hold a JSON object of pictures, data URIs by the',
    'content id under which an HTML text names them.',
  ].join('\n'),
  icon: 'mail',
  thingsboard: { className: 'org.thingsboard.rule.engine.mail.TbMsgToEmailNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config,
  defaults: {
    fromTemplate: 'info@testmail.org',
    toTemplate: '${userEmail}',
    ccTemplate: null,
    bccTemplate: null,
    subjectTemplate: 'Device ${deviceType} temperature high',
    bodyTemplate: 'Device ${deviceName} has high temperature $[temperature]',
    mailBodyType: 'false',
    isHtmlTemplate: null,
  },
  examples: [
    {
      title: 'a warning to the person in charge',
      message: { type: 'ALARM', metadata: { userEmail: 'ada@example.com', deviceName: 'pump-3' }, data: { temperature: 90 } },
      to: 'Success',
      result: {
        type: 'SEND_EMAIL',
        data: {
          from: 'info@testmail.org',
          to: 'ada@example.com',
          cc: null,
          bcc: null,
          subject: 'Device default temperature high',
          body: 'Device pump-3 has high temperature 90',
          images: null,
          html: false,
        },
      },
    },
  ],
  onMessage(message, { config: settings }) {
    const filled = (pattern: string | null | undefined): string | null =>
      pattern === null || pattern === undefined || pattern === '' ? null : fillTemplate(pattern, message);
    const { mailBodyType, isHtmlTemplate } = settings;
    const data = {
      from: filled(settings.fromTemplate),
      to: filled(settings.toTemplate),
      cc: filled(settings.ccTemplate),
      bcc: filled(settings.bccTemplate),
      subject: filled(settings.subjectTemplate),
      body: filled(settings.bodyTemplate),
      images: imagesOf(message),
      html: (mailBodyType === 'dynamic' ? filled(isHtmlTemplate) : mailBodyType) === 'true',
    };
    return route('Success', message.with({ type: mailMessageType, data }));
  },
});

/** @throws MAIL_NODE_IMAGES_INVALID */
function imagesOf({ metadata: { images: text = '' } }: Message): Record<string, string> | null {
  if (text === '') return null;
  try {
    return mailImages.parse(JSON.parse(text));
  } catch (cause) {
    throw mailNodeErrors.IMAGES_INVALID(undefined, { cause });
  }
}
