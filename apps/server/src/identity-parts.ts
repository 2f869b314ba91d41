import type { IdentityParts } from '@fieldline/identity';
import { SystemSettings } from '@fieldline/identity';
import type { Clock, IdSource, Log, RandomBytes } from '@fieldline/kernel';
import type { ControlEvents, EntityStore, MailSender } from '@fieldline/ports';
import { createHash } from 'node:crypto';
import type { Settings } from './config/settings.js';
import { smtpMail } from './mail/smtp-mail.js';
import { mailServerOfUrl } from './mail/smtp-url.js';
import { argon2Hasher } from './security/argon2-hasher.js';
import { hs512Signer } from './security/jwt-signer.js';
import { signingKey } from './security/signing-key.js';

interface Foundation {
  readonly settings: Settings;
  readonly entities: EntityStore;
  readonly events: ControlEvents;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: RandomBytes;
  readonly log: Log;
}

/** What signing in stands on: hashes and signatures of `node:crypto`, the key of the data folder, and mail. */
export function identityParts(foundation: Foundation): IdentityParts {
  const { settings, entities, events, clock, ids, random, log } = foundation;
  return {
    ...{ entities, events, clock, ids, random, log },
    hasher: argon2Hasher(),
    signer: hs512Signer(signingKey(settings.FIELDLINE_DATA_DIR)),
    mail: mailSender(foundation),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  };
}

/** Sends through the server that the system administrator set, else through the one of the settings. */
function mailSender({ settings, entities, events, clock, log }: Foundation): MailSender {
  const system = new SystemSettings({ entities, events, clock });
  const { FIELDLINE_SMTP_URL: url, FIELDLINE_MAIL_FROM: from } = settings;
  const preset = url === undefined ? undefined : mailServerOfUrl(url, from);
  return smtpMail({ configured: async () => (await system.mailServer()) ?? preset, log });
}
