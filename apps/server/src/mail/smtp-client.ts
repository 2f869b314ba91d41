import type { MailServer } from '@fieldline/ports';
import type { SendMailOptions } from 'nodemailer';
import { mailErrors } from './errors.js';

/** A mail server as a mail goes to it. */
export interface SmtpTarget extends Omit<MailServer, 'from'> {
  /** Where to connect to, when the host was looked up before. */
  readonly address?: string | undefined;
  /** True where the connection stays as it is if the server's offer to encrypt it comes to nothing. */
  readonly isTlsOptional?: boolean | undefined;
  readonly minTlsVersion?: string | undefined;
  /** `http://user:password@address:port`. */
  readonly proxy?: string | undefined;
}

/** Hands a mail to a server, on a connection of its own. @throws MAIL_NOT_SENT */
export async function handOver(target: SmtpTarget, mail: SendMailOptions): Promise<void> {
  const { host, port, address = host, isSecure, requiresTls, user, password, timeoutMs, isTlsOptional = false, minTlsVersion, proxy } = target;
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host: address,
    port,
    secure: isSecure,
    requireTLS: requiresTls,
    opportunisticTLS: isTlsOptional,
    ...(address === host ? {} : { servername: host }),
    ...(minTlsVersion === undefined ? {} : { tls: { minVersion: minTlsVersion as 'TLSv1.2' } }),
    ...(proxy === undefined ? {} : { proxy }),
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
    await transport.sendMail(mail);
  } catch (error) {
    throw mailErrors.NOT_SENT({ server: nameOf(target), reason: (error as Error).message }, { cause: error });
  } finally {
    transport.close();
  }
}

export const nameOf = ({ host, port }: Pick<MailServer, 'host' | 'port'>): string => `${host}:${port}`;
