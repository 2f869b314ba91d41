import { Turns, type Log } from '@fieldline/kernel';
import type { MailSender, MailServer } from '@fieldline/ports';
import { mailErrors } from './errors.js';
import { MAILS_UNDER_WAY_MAX, MAILS_WAITING_MAX } from './limits.js';
import { handOver, nameOf } from './smtp-client.js';

/**
 * Sends mail by SMTP, each on a connection of its own: there are few, and settings may change between two.
 *
 * @param configured the server that is set now; where there is none, mails are written to the log as warnings, so that
 *   links in them can be used
 */
export function smtpMail({ configured, log }: { readonly configured: () => Promise<MailServer | undefined>; readonly log: Log }): MailSender {
  const turns = new Turns({ atOnce: MAILS_UNDER_WAY_MAX, waitingMax: MAILS_WAITING_MAX });
  return {
    async send(mail, given) {
      const server = given ?? (await configured());
      if (server === undefined) return log.warn('mail-not-configured', { to: mail.to, subject: mail.subject, text: mail.text });
      const busy = (): Error => mailErrors.NOT_SENT({ server: nameOf(server), reason: 'too many mails wait for it' });
      await turns.take(() => handOver(server, { from: server.from, ...mail }), busy);
    },
  };
}
