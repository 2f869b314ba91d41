import type { Log } from '@fieldline/kernel';
import type { Mail, MailSender, MailServer } from '@fieldline/ports';
import { createTransport } from 'nodemailer';
import { mailErrors } from './errors.js';

/** Mails that are on their way at once; further ones wait. A mail server takes a few connections of one client, no more. */
const MAILS_UNDER_WAY_MAX = 4;
/** Mails that wait; further ones are refused. */
const MAILS_WAITING_MAX = 1_000;

/**
 * Sends mail by SMTP, each on a connection of its own: there are few, and settings may change between two.
 *
 * @param configured the server that is set now; where there is none, mails are written to the log as warnings, so that
 *   links in them can be used
 */
export function smtpMail({ configured, log }: { readonly configured: () => Promise<MailServer | undefined>; readonly log: Log }): MailSender {
  let underWay = 0;
  const waiting: (() => void)[] = [];
  const takePlace = async (server: MailServer): Promise<void> => {
    if (waiting.length >= MAILS_WAITING_MAX) throw mailErrors.NOT_SENT({ server: nameOf(server), reason: 'too many mails wait for it' });
    if (underWay >= MAILS_UNDER_WAY_MAX) await new Promise<void>((resolve) => waiting.push(resolve));
    else underWay += 1;
  };
  const leavePlace = (): void => {
    // The place goes to whoever waits longest.
    const next = waiting.shift();
    if (next === undefined) underWay -= 1;
    else next();
  };
  return {
    async send(mail, given) {
      const server = given ?? (await configured());
      if (server === undefined) return log.warn('mail-not-configured', { to: mail.to, subject: mail.subject, text: mail.text });
      await takePlace(server);
      try {
        await handOver(server, mail);
      } finally {
        leavePlace();
      }
    },
  };
}

async function handOver(server: MailServer, mail: Mail): Promise<void> {
  const { host, port, isSecure, requiresTls, user, password, timeoutMs, from } = server;
  const transport = createTransport({
    host,
    port,
    secure: isSecure,
    requireTLS: requiresTls,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    // Nothing of a mail is ever read from a file or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ from, ...mail });
  } catch (error) {
    throw mailErrors.NOT_SENT({ server: nameOf(server), reason: (error as Error).message }, { cause: error });
  } finally {
    transport.close();
  }
}

const nameOf = ({ host, port }: MailServer): string => `${host}:${port}`;
