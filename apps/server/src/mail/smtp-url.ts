import type { MailServer } from '@fieldline/ports';

const SMTP_PORT = 25;
const SMTPS_PORT = 465;
const TIMEOUT_MS = 10_000;

/**
 * The mail server of the settings FIELDLINE_SMTP_URL (`smtp://user:password@host:port`, or `smtps://` where the connection
 * itself is encrypted) and FIELDLINE_MAIL_FROM.
 *
 * @returns undefined where the text is no such URL
 */
export function mailServerOfUrl(text: string, from: string): MailServer | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isSecure = url.protocol === 'smtps:';
  if ((!isSecure && url.protocol !== 'smtp:') || url.hostname === '') return undefined;
  const port = url.port === '' ? (isSecure ? SMTPS_PORT : SMTP_PORT) : Number(url.port);
  const login = url.username === '' ? {} : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port, isSecure, requiresTls: false, ...login, from, timeoutMs: TIMEOUT_MS };
}
