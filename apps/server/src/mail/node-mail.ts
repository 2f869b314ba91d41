import { Turns } from '@fieldline/kernel';
import type { MailService, OutgoingMail, SmtpServer } from '@fieldline/plugin-sdk';
import type { MailServer } from '@fieldline/ports';
import type { SendMailOptions } from 'nodemailer';
import type { OutboundGuard } from '../outbound/outbound-guard.js';
import { mailErrors } from './errors.js';
import { MAIL_TIMEOUT_MAX_MS, MAILS_WAITING_MAX, NODE_MAILS_UNDER_WAY_MAX, RECIPIENTS_MAX } from './limits.js';
import { handOver, nameOf, type SmtpTarget } from './smtp-client.js';

/**
 * The mail of rule nodes: through the server of the system, for which its administrator vouches, or through one of the node's
 * own, which the guard must let it reach.
 *
 * @param configured the server of the system that is set now
 */
export function nodeMail({
  configured,
  guard,
}: {
  readonly configured: () => Promise<MailServer | undefined>;
  readonly guard: OutboundGuard;
}): MailService {
  const turns = new Turns({ atOnce: NODE_MAILS_UNDER_WAY_MAX, waitingMax: MAILS_WAITING_MAX });
  return {
    async send(mail, own) {
      const composed = composedMail(mail);
      const system = own === undefined ? await configured() : undefined;
      if (own === undefined && system === undefined) throw mailErrors.NO_SERVER();
      const target = own === undefined ? (system as MailServer) : await reachable(guard, own);
      const busy = (): Error => mailErrors.NOT_SENT({ server: nameOf(target), reason: 'too many mails wait for it' });
      const from = mail.from.trim() === '' ? system?.from : mail.from;
      await turns.take(() => handOver(target, { ...composed, from }), busy);
    },
  };
}

/** The server with the address that the guard found, so that the name is not looked up again. @throws OUTBOUND_* */
async function reachable(guard: OutboundGuard, server: SmtpServer): Promise<SmtpTarget> {
  const { proxy, ...rest } = server;
  const timeoutMs = server.timeoutMs > 0 ? Math.min(server.timeoutMs, MAIL_TIMEOUT_MAX_MS) : MAIL_TIMEOUT_MAX_MS;
  const target: SmtpTarget = { ...rest, timeoutMs, isTlsOptional: !server.requiresTls };
  if (proxy === undefined) return { ...target, address: (await guard.reach(server.host, server.port)).address };
  await guard.reachByProxy(server.host, server.port);
  const { address, family } = await guard.reach(proxy.host, proxy.port);
  const user = proxy.user === undefined ? '' : `${encodeURIComponent(proxy.user)}:${encodeURIComponent(proxy.password ?? '')}@`;
  return { ...target, proxy: `http://${user}${family === 6 ? `[${address}]` : address}:${proxy.port}` };
}

/** @throws MAIL_INVALID */
function composedMail({ to, cc, bcc, subject, body, isHtml, images }: OutgoingMail): SendMailOptions {
  const addresses = [...to, ...cc, ...bcc].length;
  if (to.length === 0) throw mailErrors.INVALID({ reason: 'it goes to nobody' });
  if (addresses > RECIPIENTS_MAX) throw mailErrors.INVALID({ reason: `it goes to more than ${RECIPIENTS_MAX} addresses` });
  const attachments = Object.entries(images).map(([cid, uri]) => inlineImage(cid, uri));
  return { to: [...to], cc: [...cc], bcc: [...bcc], subject, ...(isHtml ? { html: body } : { text: body }), attachments };
}

/** A picture that the body shows by `cid:`. */
function inlineImage(cid: string, uri: string): NonNullable<SendMailOptions['attachments']>[number] {
  const [, contentType, content] = /^data:(image\/[\w.+-]{1,60})(?:;[^,;]{1,60})?;base64,([A-Za-z0-9+/=\s]*)$/.exec(uri) ?? [];
  if (contentType === undefined || content === undefined)
    throw mailErrors.INVALID({ reason: `its picture "${cid.slice(0, 60)}" is no data URI of an image` });
  return { cid, filename: cid, content: Buffer.from(content, 'base64'), contentType, contentDisposition: 'inline' };
}
