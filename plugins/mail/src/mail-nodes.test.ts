// Goal: to email and send email behave as rule-nodes.md §3 and §6.3 say, row by row.
// Method: the harness, whose mail service records what is sent; a mail server is the subject of apps/server/src/outbound.
import type { JsonObject } from '@fieldline/plugin-sdk';
import { message, nodeHarness, ruleNodeConformance } from '@fieldline/plugin-sdk/testing';
import { describe, expect, test } from 'vitest';
import { plugin } from './index.js';
import { sendEmailNode } from './send-email-node.js';
import { toEmailNode } from './to-email-node.js';

const device = { entityType: 'DEVICE', id: 'd' } as const;
const leftWith = (outcome: Awaited<ReturnType<ReturnType<typeof nodeHarness>['send']>>) => {
  if (outcome.kind !== 'routed') throw new Error(`left as ${outcome.kind}`);
  return outcome.message;
};

describe('to email', () => {
  test.each(ruleNodeConformance(toEmailNode))('$name', ({ run }) => run());

  const about = (metadata: Record<string, string> = {}) => message('ALARM', device, null, { text: '{"temperature":42.0}', metadata });

  test('templates are filled, the type changes, and originator and metadata stay', async () => {
    const metadata = { userEmail: 'a@x', deviceName: 'n', deviceType: 't' };
    const made = leftWith(await nodeHarness(toEmailNode).send(about(metadata)));
    expect(made).toMatchObject({ type: 'SEND_EMAIL', originator: device, metadata });
    expect(made.text).toBe(
      '{"from":"info@testmail.org","to":"a@x","cc":null,"bcc":null,"subject":"Device t temperature high",' +
        '"body":"Device n has high temperature 42.0","images":null,"html":false}',
    );
  });

  test('empty templates give null', async () => {
    const config = { fromTemplate: '', toTemplate: null, ccTemplate: '', bccTemplate: '${b}', subjectTemplate: null, bodyTemplate: '' };
    const made = leftWith(await nodeHarness(toEmailNode, { config }).send(about({ b: 'c@x' })));
    expect(made.data).toMatchObject({ from: null, to: null, cc: null, bcc: 'c@x', subject: null, body: null });
  });

  test.each([
    ['false', 'true', false],
    ['true', null, true],
    [null, 'true', false],
    ['dynamic', '${isHtml}', true],
    ['dynamic', 'TRUE', false],
    ['dynamic', null, false],
  ] as const)('mail body type %s with the template %s is HTML: %s', async (mailBodyType, isHtmlTemplate, html) => {
    const made = leftWith(await nodeHarness(toEmailNode, { config: { mailBodyType, isHtmlTemplate } }).send(about({ isHtml: 'true' })));
    expect(made.data).toMatchObject({ html });
  });

  test('pictures come from the metadata', async () => {
    expect(leftWith(await nodeHarness(toEmailNode).send(about({ images: '{"logo":"data:image/png;base64,AA=="}' }))).data).toMatchObject({
      images: { logo: 'data:image/png;base64,AA==' },
    });
    for (const images of ['{', '[]', '{"a":1}'])
      expect(await nodeHarness(toEmailNode).relation(about({ images }))).toBe('Failure MAIL_NODE_IMAGES_INVALID');
  });
});

describe('send email', () => {
  test.each(ruleNodeConformance(sendEmailNode))('$name', ({ run }) => run());

  const full = { from: 'f@x', to: ' a@x, b@x,', cc: 'c@x', bcc: null, subject: 'S', body: '<b>', images: { logo: 'data:,' }, html: true };
  const mail = (data: JsonObject) => message('SEND_EMAIL', device, data);

  test('the mail goes to the server of the system, and the message on unchanged', async () => {
    const node = nodeHarness(sendEmailNode);
    const given = mail(full);
    expect(await node.send(given)).toEqual({ kind: 'routed', to: 'Success', message: given });
    const sent = { from: 'f@x', to: ['a@x', 'b@x'], cc: ['c@x'], bcc: [], subject: 'S', body: '<b>', isHtml: true, images: { logo: 'data:,' } };
    expect(node.recorded.mails).toEqual([{ mail: sent, server: undefined }]);
  });

  test('what to email made is what send email takes', async () => {
    const made = leftWith(await nodeHarness(toEmailNode).send(message('T', device, { temperature: 1 }, { metadata: { userEmail: 'a@x' } })));
    expect(await nodeHarness(sendEmailNode).relation(made)).toBe('Success');
  });

  test('a server of its own is described by the settings', async () => {
    const config = {
      useSystemSmtpSettings: false,
      smtpHost: 'mail.x',
      smtpPort: 465,
      smtpProtocol: 'smtps' as const,
      timeout: 0,
      enableTls: true,
      tlsVersion: 'TLSv1.3',
      username: 'u',
      password: 'p',
      enableProxy: true,
      proxyHost: 'proxy',
      proxyPort: '1080',
      proxyUser: '',
    };
    const node = nodeHarness(sendEmailNode, { config });
    await node.send(mail(full));
    expect(node.recorded.mails[0]?.server).toEqual({
      host: 'mail.x',
      port: 465,
      isSecure: true,
      requiresTls: true,
      minTlsVersion: 'TLSv1.3',
      user: 'u',
      password: 'p',
      timeoutMs: 120_000,
      proxy: { host: 'proxy', port: 1080, user: undefined, password: undefined },
    });
  });

  test.each([
    ['POST_TELEMETRY_REQUEST', full, 'MAIL_NODE_TYPE_UNEXPECTED'],
    ['SEND_EMAIL', { ...full, to: ' , ' }, 'MAIL_NODE_RECEIVER_MISSING'],
    ['SEND_EMAIL', { ...full, to: null }, 'MAIL_NODE_RECEIVER_MISSING'],
    ['SEND_EMAIL', { ...full, to: Array.from({ length: 501 }, () => 'a@x').join() }, 'MAIL_NODE_RECEIVERS_TOO_MANY'],
    ['SEND_EMAIL', { ...full, subject: 5 }, 'MAIL_NODE_BODY_INVALID'],
  ])('%s fails with a code where it is no mail to send', async (type, data, code) => {
    const node = nodeHarness(sendEmailNode);
    const outcome = await node.send(message(type, device, data));
    expect(outcome).toMatchObject({ kind: 'failed', problem: { code }, message: { metadata: { error: expect.stringMatching(`^${code}: `) } } });
    expect(node.recorded.mails).toEqual([]);
  });
});

test('the plugin has both nodes', () => expect(plugin.nodes.map(({ type }) => type)).toEqual(['transform.to-email', 'mail.send-email']));
