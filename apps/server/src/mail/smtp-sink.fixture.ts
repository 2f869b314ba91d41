import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';

/** A mail server that takes everything and keeps it: as much of RFC 5321 as one client needs. */
export async function startSmtpSink(options: { readonly login?: { readonly user: string; readonly password: string } } = {}) {
  const mails: { from: string; to: string; text: string }[] = [];
  const sockets = new Set<Socket>();
  const logins: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket.setEncoding('utf8'));
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    const mail = { from: '', to: '', text: '' };
    let buffered = '';
    let isData = false;
    const answer = (line: string): void => void socket.write(`${line}\r\n`);
    const command = (line: string): void => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') answer(options.login === undefined ? '250 sink' : '250-sink\r\n250 AUTH PLAIN');
      else if (verb === 'AUTH') {
        const [, user = '', password = ''] = Buffer.from(line.split(' ')[2] ?? '', 'base64')
          .toString()
          .split('\0');
        logins.push(user);
        answer(user === options.login?.user && password === options.login.password ? '235 welcome' : '535 who are you');
      } else if (verb === 'MAIL') answer(((mail.from = addressOf(line)), '250 ok'));
      else if (verb === 'RCPT') answer(((mail.to = addressOf(line)), mail.to.startsWith('unknown') ? '550 no such mailbox' : '250 ok'));
      else if (verb === 'DATA') answer(((isData = true), '354 go on'));
      else if (verb === 'QUIT') socket.end('221 bye\r\n');
      else answer('250 ok');
    };
    socket.on('data', (chunk: unknown) => {
      buffered += String(chunk);
      for (let end = buffered.indexOf('\r\n'); end >= 0; end = buffered.indexOf('\r\n')) {
        const line = buffered.slice(0, end);
        buffered = buffered.slice(end + 2);
        if (!isData) command(line);
        else if (line !== '.') mail.text += `${line}\n`;
        else {
          isData = false;
          mails.push({ ...mail });
          answer('250 kept');
        }
      }
    });
    answer('220 sink');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    mails,
    logins,
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function addressOf(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
