// Goal: mail reaches a mail server by SMTP with the settings given, says why where it does not, and is readable in the log
// where no server is set. Method: a small mail server on a port of its own.
import type { LogFields } from '@fieldline/kernel';
import { silentLog } from '@fieldline/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smtpMail } from './smtp-mail.js';
import { startSmtpSink } from './smtp-sink.fixture.js';
import { mailServerOfUrl } from './smtp-url.js';

const mail = { to: 'person@example.com', subject: 'Grüße', text: 'Open https://example.com/link\n.\nnow.' };

describe('mail by SMTP', () => {
  let sink: Awaited<ReturnType<typeof startSmtpSink>>;
  beforeEach(async () => {
    sink = await startSmtpSink({ login: { user: 'u@x', password: 'p:/@ä' } });
  });
  afterEach(() => sink.close());

  const serverOf = (login = '') => mailServerOfUrl(`smtp://${login}127.0.0.1:${sink.port}`, 'Fieldline <server@example.com>');
  const senderWith = (login?: string) => smtpMail({ configured: async () => serverOf(login), log: silentLog });

  it('arrives with sender, receiver, subject and text', async () => {
    await senderWith().send(mail);
    expect(sink.mails).toEqual([{ from: 'server@example.com', to: 'person@example.com', text: expect.any(String) }]);
    expect(sink.mails[0]?.text).toMatch(/^From: Fieldline <server@example\.com>$/m);
    expect(sink.mails[0]?.text).toContain('=?UTF-8?');
    expect(sink.mails[0]?.text).toContain('Open https://example.com/link');
  });

  it('signs in with the user and password of the address', async () => {
    await senderWith(`${encodeURIComponent('u@x')}:${encodeURIComponent('p:/@ä')}@`).send(mail);
    expect([sink.logins, sink.mails.length]).toEqual([['u@x'], 1]);
    await expect(senderWith('u:wrong@').send(mail)).rejects.toMatchObject({ code: 'MAIL_NOT_SENT', message: expect.stringContaining('535') });
  });

  it('says why it was not taken', async () => {
    await expect(senderWith().send({ ...mail, to: 'unknown@example.com' })).rejects.toMatchObject({
      code: 'MAIL_NOT_SENT',
      message: expect.stringMatching(/127\.0\.0\.1:\d+: .*no such mailbox/),
    });
    const { port } = sink;
    await sink.close();
    await expect(senderWith().send(mail)).rejects.toMatchObject({ code: 'MAIL_NOT_SENT', message: expect.stringContaining(`:${port}`) });
    sink = await startSmtpSink();
  });

  it('goes through the server that is given rather than the one that is set', async () => {
    const sender = smtpMail({ configured: async () => mailServerOfUrl('smtp://127.0.0.1:1', 'a@b.c'), log: silentLog });
    await sender.send(mail, serverOf());
    expect(sink.mails.length).toBe(1);
  });

  it('waits its turn, and all of many arrive', async () => {
    const sender = senderWith();
    await Promise.all(Array.from({ length: 30 }, (_, n) => sender.send({ ...mail, to: `p${n}@example.com` })));
    expect(new Set(sink.mails.map(({ to }) => to)).size).toBe(30);
  });
  it('does not let a subject add headers', async () => {
    await senderWith().send({ ...mail, subject: 'Hello\r\nBcc: other@example.com' });
    expect(sink.mails[0]?.text).not.toMatch(/^Bcc:/m);
  });
});

describe('mail without a server', () => {
  it('is written to the log as a warning, links and all', async () => {
    const warned: [string, LogFields | undefined][] = [];
    const log = { ...silentLog, warn: (event: string, fields?: LogFields) => void warned.push([event, fields]) };
    await smtpMail({ configured: async () => undefined, log }).send(mail);
    expect(warned).toEqual([['mail-not-configured', { to: mail.to, subject: mail.subject, text: mail.text }]]);
  });
});

describe('FIELDLINE_SMTP_URL', () => {
  it('names server, port, encryption and login', () => {
    expect(mailServerOfUrl('smtps://u:p%40@mail.example.com', 'a@b.c')).toEqual({
      ...{ host: 'mail.example.com', port: 465, isSecure: true, requiresTls: false, user: 'u', password: 'p@', from: 'a@b.c', timeoutMs: 10_000 },
    });
    expect(mailServerOfUrl('smtp://[::1]', 'a@b.c')).toMatchObject({ host: '::1', port: 25, isSecure: false });
    for (const wrong of ['mail.example.com', 'http://mail.example.com', 'smtp://', '']) expect(mailServerOfUrl(wrong, '')).toBeUndefined();
  });
});
