import type { AdminSettingsKey, JwtSettings, SecuritySettings } from '@fieldline/api-contract';
import { generalSettingsSchema, mailSettingsSchema } from '@fieldline/api-contract';
import type { AdminSettings, JsonObject } from '@fieldline/model';
import { systemTenantId, voidTokensNow } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { actingUserOf } from '@fieldline/ports';
import { identityErrors } from './errors.js';
import type { IdentityDeps } from './identity-deps.js';
import { testMail } from './mails.js';
import type { SettingsKey, TokenSettings } from './system-settings.js';
import { mailServerOf } from './system-settings.js';
import { writeRecorded } from './records.js';

/** What the system administrator sets for everybody. */
export class SystemAdministration {
  readonly #deps: IdentityDeps;

  constructor(deps: IdentityDeps) {
    this.#deps = deps;
  }

  /** Settings as they were saved; for `general` those that are preset, where they never were. @throws IDENTITY_SETTINGS_UNKNOWN */
  async settings(key: AdminSettingsKey): Promise<Pick<AdminSettings, 'tenantId' | 'createdAtMs' | 'value'> & { readonly id?: string }> {
    const stored = await this.#deps.settings.entity(key);
    if (stored !== undefined) return stored;
    if (key === 'general') return { tenantId: systemTenantId, createdAtMs: 0, value: generalSettingsSchema.parse({}) };
    throw identityErrors.SETTINGS_UNKNOWN({ key });
  }

  /** @throws IDENTITY_SETTINGS_INVALID  names everything that is wrong */
  async saveSettings(caller: Caller, key: AdminSettingsKey, value: JsonObject): Promise<AdminSettings> {
    return this.#save(caller, key, await this.#checked(key, value));
  }

  /**
   * Sends the caller a mail through the settings given, which are not saved.
   *
   * @throws IDENTITY_SETTINGS_INVALID, MAIL_NOT_SENT
   */
  async testMail(caller: Caller, value: JsonObject): Promise<void> {
    const settings = mailSettingsSchema.parse(await this.#checked('mail', value));
    await this.#deps.mail.send(testMail(caller.email), mailServerOf(settings));
  }

  /** Whether the system administrator set a mail server. */
  async isMailSet(): Promise<boolean> {
    return (await this.#deps.settings.mailServer()) !== undefined;
  }

  security(): Promise<SecuritySettings> {
    return this.#deps.settings.security();
  }

  async saveSecurity(caller: Caller, settings: SecuritySettings): Promise<SecuritySettings> {
    await this.#save(caller, 'securitySettings', { ...settings });
    return settings;
  }

  tokens(): Promise<TokenSettings> {
    return this.#deps.settings.tokens();
  }

  /** Changes how tokens are made. Every token there is becomes void, the caller's too. */
  async saveTokens(caller: Caller, settings: JwtSettings): Promise<void> {
    const before = await this.#deps.settings.entity('jwtSettings');
    const tokenSigningKey = settings.tokenSigningKey ?? before?.value['tokenSigningKey'];
    const { tokenSigningKey: _, ...rest } = settings;
    const changedAtMs = voidTokensNow(this.#deps.clock.nowMs(), (await this.tokens()).changedAtMs);
    const value = { ...rest, ...(tokenSigningKey === undefined ? {} : { tokenSigningKey }), changedAtMs };
    await this.#save(caller, 'jwtSettings', value);
  }

  /** The value by the schema of its key; an absent password of mail is the one that was saved. */
  async #checked(key: AdminSettingsKey, value: JsonObject): Promise<AdminSettings['value']> {
    const parsed = (key === 'mail' ? mailSettingsSchema : generalSettingsSchema).safeParse(value);
    if (!parsed.success) {
      throw identityErrors.SETTINGS_INVALID({ faults: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) });
    }
    const checked = JSON.parse(JSON.stringify(parsed.data)) as AdminSettings['value'];
    if (key !== 'mail' || (checked['password'] ?? null) !== null) return checked;
    const { password: _, ...rest } = checked;
    const kept = (await this.#deps.settings.entity('mail'))?.value['password'];
    return kept === undefined ? rest : { ...rest, password: kept };
  }

  async #save(caller: Caller, key: SettingsKey, value: AdminSettings['value']): Promise<AdminSettings> {
    const { ids, clock, settings } = this.#deps;
    const before = await settings.entity(key);
    const made = { id: ids.next(), tenantId: systemTenantId, createdAtMs: clock.nowMs(), version: 1, key };
    const after: AdminSettings = { ...(before ?? made), value };
    const action = {
      type: before === undefined ? ('ADDED' as const) : ('UPDATED' as const),
      tenantId: systemTenantId,
      user: actingUserOf(caller),
      entity: { entityType: 'ADMIN_SETTINGS' as const, id: after.id },
      entityName: key,
      before,
      after,
    };
    await writeRecorded(this.#deps, [{ change: before === undefined ? 'insert' : 'update', kind: 'adminSettings', entity: after }], [{ action }]);
    return after;
  }
}
