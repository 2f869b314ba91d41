import {
  kaaApplicationParametersSchema,
  kaaApplicationSettingsSchema,
  kaaServiceParametersSchema,
  kaaVersionParametersSchema,
  kaaVersionSettingsSchema,
} from '@fieldline/api-contract';
import type { KaaSettings } from '@fieldline/directory';
import { unconfiguredKaaSeries } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import { restErrors } from './errors.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { KAA_SETTINGS } from './tokens.js';

const ofApplication = '/tekton/api/v1/app-configs/applications/:application';
const route = { area: 'Kaa time series', failures: 'message', query: kaaServiceParametersSchema } as const;
const applicationRoute = { ...route, path: ofApplication, params: kaaApplicationParametersSchema, response: kaaApplicationSettingsSchema } as const;
const versionRoute = {
  ...route,
  path: `${ofApplication}/app-versions/:appVersion`,
  params: kaaApplicationParametersSchema.extend(kaaVersionParametersSchema.shape),
  response: kaaVersionSettingsSchema,
} as const;

const readApplication = defineRoute({
  ...applicationRoute,
  method: 'GET',
  summary: 'Which time series are taken from the samples of an application.',
  permission: 'device-profile.read',
});
const saveApplication = defineRoute({
  ...applicationRoute,
  method: 'PUT',
  summary: 'Replaces the time series of an application; they hold for its versions that have none of their own.',
  permission: 'device-profile.write',
  body: kaaApplicationSettingsSchema,
});
const readVersion = defineRoute({
  ...versionRoute,
  method: 'GET',
  summary: 'Which time series an application version has of its own.',
  permission: 'device-profile.read',
});
const saveVersion = defineRoute({
  ...versionRoute,
  method: 'PUT',
  summary: 'Replaces the time series of an application version; without any, those of its application hold.',
  permission: 'device-profile.write',
  body: kaaVersionSettingsSchema,
});

/** Configuration of time series in the form of Kaa's own (kaa.md §5.1, §10.3). */
@Controller()
export class KaaSettingsController {
  readonly #settings: KaaSettings;

  constructor(@Inject(KAA_SETTINGS) settings: KaaSettings) {
    this.#settings = settings;
  }

  @Handles(readApplication)
  async readApplication(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof readApplication>): Promise<AnswerOf<typeof readApplication>> {
    return documentOf(params.application, { 'time-series': await this.#settings.application(caller, params.application) });
  }

  @Handles(saveApplication)
  async saveApplication(
    @CallerOf() caller: Caller,
    @Input() { params, body }: InputOf<typeof saveApplication>,
  ): Promise<AnswerOf<typeof saveApplication>> {
    const told = partOf(body.epts.kaa.applications, params.application);
    await this.#settings.saveApplication(caller, params.application, told['time-series'] ?? unconfiguredKaaSeries);
    return documentOf(params.application, told);
  }

  @Handles(readVersion)
  async readVersion(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof readVersion>): Promise<AnswerOf<typeof readVersion>> {
    const series = await this.#settings.version(caller, params.application, params.appVersion);
    return documentOf(params.application, { versions: { [params.appVersion]: series === undefined ? {} : { 'time-series': series } } });
  }

  @Handles(saveVersion)
  async saveVersion(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof saveVersion>): Promise<AnswerOf<typeof saveVersion>> {
    const { versions } = partOf(body.epts.kaa.applications, params.application);
    const told = partOf(versions, params.appVersion);
    await this.#settings.saveVersion(caller, params.application, params.appVersion, told['time-series']);
    return documentOf(params.application, { versions: { [params.appVersion]: told } });
  }
}

function documentOf<T>(application: string, told: T) {
  return { epts: { kaa: { applications: { [application]: told } } } };
}

/** @throws REST_SETTINGS_OF_OTHERS  where the document is about something else than its address */
function partOf<T>(parts: Readonly<Record<string, T>>, name: string): T {
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
  if (part === undefined) throw restErrors.SETTINGS_OF_OTHERS({ name });
  return part;
}
