import {
  adminSettingsKeys,
  adminSettingsSaveSchema,
  adminSettingsToWire,
  featuresInfoSchema,
  jwtSettingsSchema,
  maskedSecret,
  securitySettingsSchema,
  systemInfoSchema,
  tokenPairSchema,
  wireAdminSettingsSchema,
  wireJwtSettingsSchema,
  wireSecuritySettingsSchema,
} from '@fieldline/api-contract';
import type { Identity, SystemAdministration } from '@fieldline/identity';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { hostUsage } from './host-usage.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { ADMINISTRATION, IDENTITY } from './tokens.js';

const area = 'System administration';
const permission = 'admin-settings.use';

const readSettings = defineRoute({
  method: 'GET',
  path: '/api/admin/settings/:key',
  area,
  summary: 'Settings of the system, without secrets.',
  permission,
  params: z.object({ key: z.enum(adminSettingsKeys).describe('general or mail.') }),
  response: wireAdminSettingsSchema,
});
const saveSettings = defineRoute({
  method: 'POST',
  path: '/api/admin/settings',
  area,
  summary: 'Saves settings of the system.',
  permission,
  body: adminSettingsSaveSchema,
  response: wireAdminSettingsSchema,
});
const saveSettingsOf = defineRoute({
  ...saveSettings,
  path: '/api/admin/settings/:key',
  summary: 'Saves settings of the system, with their key in the path.',
  params: z.object({ key: z.enum(adminSettingsKeys).describe('general or mail.') }),
  body: adminSettingsSaveSchema.partial({ key: true }),
});
const testMail = defineRoute({
  method: 'POST',
  path: '/api/admin/settings/testMail',
  area,
  summary: 'Sends a mail to the user who is signed in, through the settings of the body, which are not saved.',
  permission,
  body: adminSettingsSaveSchema.partial({ key: true }),
});
const readSecurity = defineRoute({
  method: 'GET',
  path: '/api/admin/securitySettings',
  area,
  summary: 'Password policy and locking.',
  permission,
  response: wireSecuritySettingsSchema,
});
const saveSecurity = defineRoute({
  ...readSecurity,
  method: 'POST',
  summary: 'Changes password policy and locking.',
  body: securitySettingsSchema,
});
const readTokens = defineRoute({
  method: 'GET',
  path: '/api/admin/jwtSettings',
  area,
  summary: 'How tokens are made; the key is never answered.',
  permission,
  response: wireJwtSettingsSchema,
});
const saveTokens = defineRoute({
  method: 'POST',
  path: '/api/admin/jwtSettings',
  area,
  summary: 'Changes how tokens are made. All tokens become void; the answer holds new ones.',
  permission,
  body: jwtSettingsSchema,
  response: tokenPairSchema,
});
const readSystem = defineRoute({
  method: 'GET',
  path: '/api/admin/systemInfo',
  area,
  summary: 'Load of the machine.',
  permission,
  response: systemInfoSchema,
});
const readFeatures = defineRoute({
  method: 'GET',
  path: '/api/admin/featuresInfo',
  area,
  summary: 'What is set up.',
  permission,
  response: featuresInfoSchema,
});

/** What the system administrator sets for everybody. */
@Controller()
export class AdminController {
  readonly #administration: SystemAdministration;
  readonly #identity: Identity;

  constructor(@Inject(ADMINISTRATION) administration: SystemAdministration, @Inject(IDENTITY) identity: Identity) {
    this.#administration = administration;
    this.#identity = identity;
  }

  @Handles(readSettings)
  async read(@Input() { params: { key } }: InputOf<typeof readSettings>): Promise<AnswerOf<typeof readSettings>> {
    return adminSettingsToWire(await this.#administration.settings(key), key);
  }

  @Handles(saveSettings)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveSettings>): Promise<AnswerOf<typeof saveSettings>> {
    return adminSettingsToWire(await this.#administration.saveSettings(caller, body.key, body.jsonValue), body.key);
  }

  @Handles(saveSettingsOf)
  async saveOf(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof saveSettingsOf>): Promise<AnswerOf<typeof saveSettingsOf>> {
    return adminSettingsToWire(await this.#administration.saveSettings(caller, params.key, body.jsonValue), params.key);
  }

  @Handles(testMail)
  async testMail(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof testMail>): Promise<void> {
    await this.#administration.testMail(caller, body.jsonValue);
  }

  @Handles(readSecurity)
  security(): Promise<AnswerOf<typeof readSecurity>> {
    return this.#administration.security();
  }

  @Handles(saveSecurity)
  saveSecurity(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveSecurity>): Promise<AnswerOf<typeof saveSecurity>> {
    return this.#administration.saveSecurity(caller, body);
  }

  @Handles(readTokens)
  async tokens(): Promise<AnswerOf<typeof readTokens>> {
    const { tokenExpirationTime, refreshTokenExpTime, tokenIssuer } = await this.#administration.tokens();
    return { tokenExpirationTime, refreshTokenExpTime, tokenIssuer, tokenSigningKey: maskedSecret };
  }

  @Handles(saveTokens)
  async saveTokens(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveTokens>): Promise<AnswerOf<typeof saveTokens>> {
    await this.#administration.saveTokens(caller, body);
    return this.#identity.reissue(caller);
  }

  @Handles(readSystem)
  system(): Promise<AnswerOf<typeof readSystem>> {
    return hostUsage();
  }

  @Handles(readFeatures)
  async features(): Promise<AnswerOf<typeof readFeatures>> {
    const emailEnabled = await this.#administration.isMailSet();
    return { emailEnabled, smsEnabled: false, notificationEnabled: false, oauthEnabled: false, twoFaEnabled: false };
  }
}
