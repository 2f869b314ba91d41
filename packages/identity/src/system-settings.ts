import type { GeneralSettings, JwtSettings, MailSettings, SecuritySettings } from '@fieldline/api-contract';
import { generalSettingsSchema, jwtSettingsSchema, mailSettingsSchema, securitySettingsSchema } from '@fieldline/api-contract';
import type { Clock } from '@fieldline/kernel';
import type { AdminSettings } from '@fieldline/model';
import { systemTenantId } from '@fieldline/model';
import type { ControlEvents, EntityStore, MailServer } from '@fieldline/ports';
import { SETTINGS_TRUSTED_MS } from './limits.js';

/** How tokens are made, and since when. */
export interface TokenSettings extends JwtSettings {
  /** Tokens issued before this instant are void: the settings changed then. */
  readonly changedAtMs: number;
}

export type SettingsKey = 'general' | 'mail' | 'securitySettings' | 'jwtSettings';

/** Settings of the whole system, as the system administrator saved them or as they are preset. */
export class SystemSettings {
  readonly #entities: Pick<EntityStore, 'findAll'>;
  readonly #clock: Clock;
  readonly #read = new Map<SettingsKey, { readonly settings: Promise<AdminSettings | undefined>; readonly untilMs: number }>();

  constructor(deps: { readonly entities: Pick<EntityStore, 'findAll'>; readonly events: ControlEvents; readonly clock: Clock }) {
    this.#entities = deps.entities;
    this.#clock = deps.clock;
    deps.events.subscribe(({ kind }) => {
      if (kind === 'adminSettings') this.#read.clear();
    });
  }

  async security(): Promise<SecuritySettings> {
    return securitySettingsSchema.parse((await this.#stored('securitySettings'))?.value ?? {});
  }

  async tokens(): Promise<TokenSettings> {
    const value = (await this.#stored('jwtSettings'))?.value;
    const changedAtMs = value?.['changedAtMs'];
    return { ...jwtSettingsSchema.parse(value ?? {}), changedAtMs: typeof changedAtMs === 'number' ? changedAtMs : 0 };
  }

  /** Where this server is reached; undefined where nobody said. */
  async general(): Promise<GeneralSettings | undefined> {
    const stored = await this.#stored('general');
    return stored && generalSettingsSchema.parse(stored.value);
  }

  /** Where mail is handed over; undefined where nobody said. */
  async mailServer(): Promise<MailServer | undefined> {
    const stored = await this.#stored('mail');
    return stored && mailServerOf(mailSettingsSchema.parse(stored.value));
  }

  /** The entity that holds settings, read from the store now. */
  async entity(key: SettingsKey): Promise<AdminSettings | undefined> {
    const [settings] = await this.#entities.findAll('adminSettings', systemTenantId, { key }, 1);
    return settings;
  }

  /** Kept until an event says that settings changed; an event that got lost is made up for by a look now and then. */
  #stored(key: SettingsKey): Promise<AdminSettings | undefined> {
    const nowMs = this.#clock.monotonicMs();
    const kept = this.#read.get(key);
    if (kept !== undefined && kept.untilMs > nowMs) return kept.settings;
    const settings = this.entity(key);
    const read = { settings, untilMs: nowMs + SETTINGS_TRUSTED_MS };
    this.#read.set(key, read);
    settings.catch(() => {
      if (this.#read.get(key) === read) this.#read.delete(key);
    });
    return settings;
  }
}

/** The mail server that settings describe. */
export function mailServerOf(settings: MailSettings): MailServer {
  const { username, password } = settings;
  return {
    host: settings.smtpHost,
    port: settings.smtpPort,
    isSecure: settings.smtpProtocol === 'smtps',
    requiresTls: settings.enableTls,
    ...(username ? { user: username, password: password ?? '' } : {}),
    from: settings.mailFrom,
    timeoutMs: settings.timeout,
  };
}
