import type { Message, OutgoingMail, SmtpServer } from '@fieldline/plugin-sdk';
import { defineRuleNode, failOutside, route, z } from '@fieldline/plugin-sdk';
import { mailNodeErrors } from './errors.js';
import { RECEIVERS_MAX, TIMEOUT_MS_MAX } from './limits.js';
import { mailBody, mailMessageType } from './mail-body.js';

const text = z.string().max(1_000).nullish();
const port = z.int().min(1).max(65_535);

const config = z.strictObject({
  useSystemSmtpSettings: z.boolean().default(true).describe('Sends by the mail server of the system.').meta({ title: 'Use system SMTP settings' }),
  smtpHost: text.describe('Host of the mail server.').meta({ title: 'SMTP host' }),
  smtpPort: port.default(25).describe('Port of the mail server.').meta({ title: 'SMTP port' }),
  smtpProtocol: z
    .enum(['smtp', 'smtps'])
    .nullish()
    .transform((value) => value ?? 'smtp')
    .describe('Whether the connection is encrypted from its beginning (smtps).')
    .meta({ title: 'SMTP protocol' }),
  timeout: z
    .int()
    .min(0)
    .max(TIMEOUT_MS_MAX)
    .default(10_000)
    .describe('How long one mail may take, in milliseconds.')
    .meta({ title: 'Timeout (ms)' }),
  enableTls: z.boolean().default(false).describe('Sends nothing before the connection is encrypted (STARTTLS).').meta({ title: 'Enable TLS' }),
  tlsVersion: text.describe('Oldest version of TLS to accept, such as TLSv1.2.').meta({ title: 'TLS version' }),
  username: text.describe('User name at the mail server.').meta({ title: 'User name' }),
  password: text.describe('Password at the mail server.').meta({ title: 'Password', secret: true }),
  enableProxy: z.boolean().default(false).describe('Reaches the mail server through a proxy.').meta({ title: 'Enable proxy' }),
  proxyHost: text.describe('Host of the proxy.').meta({ title: 'Proxy host' }),
  proxyPort: z
    .union([port, z.string().regex(/^\d{0,5}$/)])
    .nullish()
    .describe('Port of the proxy.')
    .meta({ title: 'Proxy port' }),
  proxyUser: text.describe('User name at the proxy.').meta({ title: 'Proxy user' }),
  proxyPassword: text.describe('Password at the proxy.').meta({ title: 'Proxy password', secret: true }),
});

type Settings = z.output<typeof config>;

/** Sends the mail that a message of "to email" holds. */
export const sendEmailNode = defineRuleNode({
  type: 'mail.send-email',
  version: 0,
  category: 'external',
  title: 'Send email',
  summary: 'Sends the mail that the node "to email" made.',
  docs: [
    'Takes messages of type `SEND_EMAIL`, as *to email* makes them; several addresses are separated by commas. The message leaves by `Success`,',
    'unchanged, when the mail server has taken the mail, and by `Failure` with `error` in the metadata when it has not.',
    '',
    'The mail is sent after everything else that the message caused was stored, and again after a crash: it may arrive twice.',
  ].join('\n'),
  icon: 'mail-forward',
  thingsboard: { className: 'org.thingsboard.rule.engine.mail.TbSendEmailNode', configurationVersion: 0 },
  relationTypes: ['Success'],
  config,
  defaults: {
    useSystemSmtpSettings: true,
    smtpHost: 'localhost',
    smtpPort: 25,
    smtpProtocol: 'smtp',
    timeout: 10_000,
    enableTls: false,
    tlsVersion: 'TLSv1.2',
    username: null,
    password: null,
    enableProxy: false,
    proxyHost: null,
    proxyPort: null,
    proxyUser: null,
    proxyPassword: null,
  },
  examples: [
    {
      title: 'a mail to two receivers',
      message: {
        type: 'SEND_EMAIL',
        data: { from: 'plant@example.com', to: 'ada@example.com, bob@example.com', subject: 'Hot', body: 'Pump 3', html: false },
      },
      to: 'Success',
    },
    { title: 'a message that is no mail', message: { type: 'POST_TELEMETRY_REQUEST', data: { temperature: 90 } }, to: 'Failure' },
  ],
  needs: ['mail'],
  isExternal: true,
  async onMessage(message, { config: settings, mail }) {
    try {
      await mail.send(mailOf(message), settings.useSystemSmtpSettings ? undefined : serverOf(settings));
      return route('Success', message);
    } catch (error) {
      return failOutside(error as Error, message);
    }
  },
});

/** @throws MAIL_NODE_TYPE_UNEXPECTED, _BODY_INVALID, _RECEIVER_MISSING, _RECEIVERS_TOO_MANY */
function mailOf(message: Message): OutgoingMail {
  if (message.type !== mailMessageType) throw mailNodeErrors.TYPE_UNEXPECTED({ type: message.type });
  const parsed = mailBody.safeParse(message.data);
  if (!parsed.success) {
    throw mailNodeErrors.BODY_INVALID({
      issues: parsed.error.issues.map(({ path, message: issue }) => `${path.join('.') || 'body'}: ${issue}`).join('; '),
    });
  }
  const { from, to, cc, bcc, subject, body, images, html } = parsed.data;
  const receivers = { to: addresses(to), cc: addresses(cc), bcc: addresses(bcc) };
  if (receivers.to.length === 0) throw mailNodeErrors.RECEIVER_MISSING();
  const count = receivers.to.length + receivers.cc.length + receivers.bcc.length;
  if (count > RECEIVERS_MAX) throw mailNodeErrors.RECEIVERS_TOO_MANY({ count, limit: RECEIVERS_MAX });
  return { from: from ?? '', ...receivers, subject: subject ?? '', body: body ?? '', isHtml: html ?? false, images: images ?? {} };
}

const addresses = (list: string | null | undefined): readonly string[] =>
  (list ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');

function serverOf(settings: Settings): SmtpServer {
  const { proxyHost, proxyPort } = settings;
  const hasProxy = settings.enableProxy && set(proxyHost) !== undefined;
  return {
    host: set(settings.smtpHost) ?? 'localhost',
    port: settings.smtpPort,
    isSecure: settings.smtpProtocol === 'smtps',
    requiresTls: settings.enableTls,
    minTlsVersion: set(settings.tlsVersion),
    user: set(settings.username),
    password: set(settings.password),
    timeoutMs: settings.timeout === 0 ? TIMEOUT_MS_MAX : settings.timeout,
    proxy: hasProxy
      ? { host: proxyHost ?? '', port: Number(proxyPort), user: set(settings.proxyUser), password: set(settings.proxyPassword) }
      : undefined,
  };
}

const set = (value: string | null | undefined): string | undefined => (value === null || value === '' ? undefined : value);
