import type { Clock, IdSource, Log, RandomBytes } from '@fieldline/kernel';
import type { ControlEvents, EntityStore, Mail, MailSender, PasswordHasher, TokenSigner } from '@fieldline/ports';
import { SystemSettings } from './system-settings.js';

/** What signing in stands on. */
export interface IdentityParts {
  readonly entities: EntityStore;
  readonly events: ControlEvents;
  readonly hasher: PasswordHasher;
  readonly signer: TokenSigner;
  readonly mail: MailSender;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: RandomBytes;
  readonly log: Log;
  /** SHA-256 as lower-case hexadecimal: what secrets that are random themselves are looked up by. */
  readonly sha256: (text: string) => string;
}

export interface IdentityDeps extends IdentityParts {
  readonly settings: SystemSettings;
  /** Sends mail nobody waits for: who asks must not learn from the time it takes whether anything was sent. */
  readonly post: (mail: Mail) => void;
}

/** Adds what is made of the parts. One for the whole process: it keeps the settings. */
export function identityDeps(parts: IdentityParts): IdentityDeps {
  const post = (mail: Mail): void => {
    parts.mail.send(mail).catch((error: unknown) => parts.log.error('mail-not-sent', { subject: mail.subject, error }));
  };
  return { ...parts, settings: new SystemSettings(parts), post };
}
