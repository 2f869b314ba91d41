// Goal: mail of rule nodes leaves as the node composed it, through the system's server or a server of its own that it may
// reach. Method: a small mail server on a port of its own, and a guard that knows one name.
import type { OutgoingMail, SmtpServer } from '@fieldline/plugin-sdk';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseAllowList } from '../outbound/allow-list.js';
import { OutboundGuard } from '../outbound/outbound-guard.js';
import { systemClock } from '../system-clock.js';
import { nodeMail } from './node-mail.js';
import { startSmtpSink } from './smtp-sink.fixture.js';

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const mail: OutgoingMail = {
  ...{ from: 'node@example.com', to: ['a@example.com', 'b@example.com'], cc: ['c@example.com'], bcc: ['hidden@example.com'] },
  ...{ subject: 'Alarm', body: '<img src="cid:logo">', isHtml: true, images: { logo: `data:image/png;base64,${pixel}` } },
};
let sink: Awaited<ReturnType<typeof startSmtpSink>>;
beforeEach(async () => {
  sink = await startSmtpSink();
});
afterEach(() => sink.close());

const own = (more: Partial<SmtpServer> = {}): SmtpServer => ({
  ...{ host: 'mail.example', port: sink.port, isSecure: false, requiresTls: false, timeoutMs: 5_000 },
  ...more,
});

function mailWith(allowed: string, hasSystem = false) {
  const list = parseAllowList(allowed);
  if ('fault' in list) throw new Error(list.fault);
  const guard = new OutboundGuard({ allowed: list, clock: systemClock, resolve: async () => ['127.0.0.1'] });
  const system = { host: '127.0.0.1', port: sink.port, isSecure: false, requiresTls: false, from: 'system@example.com', timeoutMs: 5_000 };
  return nodeMail({ configured: async () => (hasSystem ? system : undefined), guard });
}

it('goes through the server of the system, with everybody who gets it and its pictures', async () => {
  await mailWith('', true).send(mail);
  const [sent] = sink.mails;
  expect([sent?.from, sent?.to]).toEqual(['node@example.com', 'hidden@example.com']);
  expect(sent?.text).toMatch(/^To: a@example\.com, b@example\.com$/m);
  expect(sent?.text).toMatch(/^Cc: c@example\.com$/m);
  expect(sent?.text).not.toContain('hidden');
  expect(sent?.text).toContain('Content-ID: <logo>');
  expect(sent?.text.replaceAll(/\s/g, '')).toContain(pixel);
  await mailWith('', true).send({ ...mail, from: '', isHtml: false, body: 'plain', images: {} });
  expect([sink.mails[1]?.from, sink.mails[1]?.text.includes('text/plain')]).toEqual(['system@example.com', true]);
});

it('goes through a server of the node where the guard lets it', async () => {
  await expect(mailWith('').send(mail, own())).rejects.toMatchObject({ code: 'OUTBOUND_REFUSED' });
  expect(sink.mails).toEqual([]);
  await mailWith(`mail.example:${sink.port}`).send(mail, own());
  expect(sink.mails.length).toBe(1);
});

it('says why it was not sent', async () => {
  await expect(mailWith('').send(mail)).rejects.toMatchObject({ code: 'MAIL_NO_SERVER' });
  await expect(mailWith('mail.example').send(mail, own({ requiresTls: true }))).rejects.toMatchObject({ code: 'MAIL_NOT_SENT' });
  await expect(mailWith('mail.example').send({ ...mail, to: ['unknown@example.com'], cc: [], bcc: [] }, own())).rejects.toMatchObject({
    code: 'MAIL_NOT_SENT',
    message: expect.stringContaining('no such mailbox'),
  });
});

it.each<{ why: string; wrong: Partial<OutgoingMail> }>([
  { why: 'nobody to go to', wrong: { to: [] } },
  { why: 'too many to go to', wrong: { bcc: Array.from({ length: 500 }, (_, n) => `p${n}@example.com`) } },
  { why: 'a picture that is none', wrong: { images: { logo: 'file:///etc/passwd' } } },
])('is refused with $why', async ({ wrong }) => {
  await expect(mailWith('', true).send({ ...mail, ...wrong })).rejects.toMatchObject({ code: 'MAIL_INVALID' });
  expect(sink.mails).toEqual([]);
});

it('goes through a proxy that may be reached', async () => {
  const asked: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`);
    const far = connect(sink.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      far.pipe(socket).pipe(far);
    });
    socket.on('error', () => far.destroy());
    far.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const server = own({ proxy: { host: 'proxy.example', port, user: 'u', password: 'p@' } });
  await expect(mailWith('mail.example').send(mail, server)).rejects.toMatchObject({ code: 'OUTBOUND_REFUSED' });
  await mailWith('mail.example proxy.example').send(mail, server);
  expect([asked, sink.mails.length]).toEqual([[`mail.example:${sink.port} Basic ${Buffer.from('u:p@').toString('base64')}`], 1]);
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
});
