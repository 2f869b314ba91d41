import {
  kaaApplicationParametersSchema,
  kaaApplicationPatchSchema,
  kaaApplicationSettingsSchema,
  kaaServiceParametersSchema,
  kaaVersionParametersSchema,
  kaaVersionPatchSchema,
  kaaVersionSettingsSchema,
} from '@fieldline/api-contract';
import type { KaaSettings } from '@fieldline/directory';
import { unconfiguredKaaSeries, type KaaTimeSeries } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import { applicationDocument, partOf, patchedSeries, versionDocument, versionPartOf } from './kaa-settings-document.js';
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
const patchApplication = defineRoute({
  ...applicationRoute,
  method: 'PATCH',
  summary: 'Changes the time series of an application in part.',
  permission: 'device-profile.write',
  body: kaaApplicationPatchSchema,
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
const patchVersion = defineRoute({
  ...versionRoute,
  method: 'PATCH',
  summary: 'Changes the time series that an application version has of its own in part.',
  permission: 'device-profile.write',
  body: kaaVersionPatchSchema,
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
    return applicationDocument(params, await this.#settings.application(caller, params.application));
  }

  @Handles(saveApplication)
  async saveApplication(
    @CallerOf() caller: Caller,
    @Input() { params, body }: InputOf<typeof saveApplication>,
  ): Promise<AnswerOf<typeof saveApplication>> {
    const told = partOf(body.epts.kaa.applications, params.application)['time-series'] ?? unconfiguredKaaSeries;
    return applicationDocument(params, await this.#settings.changeApplication(caller, params.application, () => told));
  }

  @Handles(patchApplication)
  async patchApplication(
    @CallerOf() caller: Caller,
    @Input() { params, body }: InputOf<typeof patchApplication>,
  ): Promise<AnswerOf<typeof patchApplication>> {
    const patch = partOf(body.epts.kaa.applications, params.application);
    const change = (before: KaaTimeSeries): KaaTimeSeries => patchedSeries(before, patch) ?? unconfiguredKaaSeries;
    return applicationDocument(params, await this.#settings.changeApplication(caller, params.application, change));
  }

  @Handles(readVersion)
  async readVersion(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof readVersion>): Promise<AnswerOf<typeof readVersion>> {
    return versionDocument(params, await this.#settings.version(caller, params.application, params.appVersion));
  }

  @Handles(saveVersion)
  async saveVersion(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof saveVersion>): Promise<AnswerOf<typeof saveVersion>> {
    const told = versionPartOf(body.epts.kaa.applications, params)['time-series'];
    return versionDocument(params, await this.#settings.changeVersion(caller, params, () => told));
  }

  @Handles(patchVersion)
  async patchVersion(@CallerOf() caller: Caller, @Input() { params, body }: InputOf<typeof patchVersion>): Promise<AnswerOf<typeof patchVersion>> {
    const patch = versionPartOf(body.epts.kaa.applications, params);
    const after = await this.#settings.changeVersion(caller, params, (before) => patchedSeries(before, patch));
    return versionDocument(params, after);
  }
}
