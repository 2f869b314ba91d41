import {
  deviceProfileDraftOf,
  deviceProfileInfoToWire,
  deviceProfileSaveSchema,
  deviceProfileToWire,
  idListSchema,
  namedIdSchema,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  queryFlag,
  uuidSchema,
  wireDeviceProfileInfoSchema,
  wireDeviceProfileSchema,
  wireId,
} from '@fieldline/api-contract';
import type { DeviceProfiles } from '@fieldline/directory';
import { profileNames } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import { optionalPageShape, requirePage } from './page-or-ids.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { DEVICE_PROFILES, REST_DEPS } from './tokens.js';

const area = 'Device profiles';
const params = idParams('deviceProfileId');
const sortable = { createdTime: 'createdAtMs', name: 'name', transportType: 'transportType', description: 'description', isDefault: 'isDefault' };

const saveProfile = defineRoute({
  method: 'POST',
  path: '/api/deviceProfile',
  area,
  summary: 'Creates a device profile, or replaces one.',
  permission: 'device-profile.write',
  body: deviceProfileSaveSchema,
  response: wireDeviceProfileSchema,
});
const readProfile = defineRoute({
  method: 'GET',
  path: '/api/deviceProfile/:deviceProfileId',
  area,
  summary: 'One device profile.',
  permission: 'device-profile.read',
  params,
  response: wireDeviceProfileSchema,
});
const removeProfile = defineRoute({
  method: 'DELETE',
  path: '/api/deviceProfile/:deviceProfileId',
  area,
  summary: 'Removes a device profile that no device uses.',
  permission: 'device-profile.write',
  params,
});
const makeDefault = defineRoute({
  method: 'POST',
  path: '/api/deviceProfile/:deviceProfileId/default',
  area,
  summary: 'Makes this the profile of devices that name none.',
  permission: 'device-profile.write',
  params,
  response: wireDeviceProfileSchema,
});
const readDefaultInfo = defineRoute({
  method: 'GET',
  path: '/api/deviceProfileInfo/default',
  area,
  summary: 'The profile of devices that name none.',
  permission: 'device-profile.list',
  response: wireDeviceProfileInfoSchema,
});
const readInfo = defineRoute({
  method: 'GET',
  path: '/api/deviceProfileInfo/:deviceProfileId',
  area,
  summary: 'The little that a choice of profiles needs.',
  permission: 'device-profile.list',
  params,
  response: wireDeviceProfileInfoSchema,
});
const listProfiles = defineRoute({
  method: 'GET',
  path: '/api/deviceProfiles',
  area,
  summary: 'A page of device profiles.',
  permission: 'device-profile.read',
  query: pageParametersSchema,
  response: pageDataSchema(wireDeviceProfileSchema),
});
const listInfos = defineRoute({
  method: 'GET',
  path: '/api/deviceProfileInfos',
  area,
  summary: 'A page of device profiles, in short; with `deviceProfileIds` those profiles.',
  permission: 'device-profile.list',
  query: z.object({
    ...optionalPageShape,
    transportType: z.enum(['DEFAULT', 'MQTT', 'COAP', 'LWM2M', 'SNMP']).optional().describe('Only profiles of this transport.'),
    deviceProfileIds: idListSchema.optional(),
  }),
  response: z.union([pageDataSchema(wireDeviceProfileInfoSchema), z.array(wireDeviceProfileInfoSchema)]),
});
const listInfosByIds = defineRoute({
  method: 'GET',
  path: '/api/deviceProfileInfos/list',
  area,
  summary: 'Device profiles by id, in short; those that do not exist are left out.',
  permission: 'device-profile.list',
  query: z.object({ deviceProfileIds: idListSchema }),
  response: z.array(wireDeviceProfileInfoSchema),
});
const listNames = defineRoute({
  method: 'GET',
  path: '/api/deviceProfile/names',
  area,
  summary: 'Id and name of the device profiles, by name.',
  permission: 'device-profile.list',
  query: z.object({ activeOnly: queryFlag().default(false).describe('Only profiles that some device has.') }),
  response: z.array(namedIdSchema('DEVICE_PROFILE')),
});
const ofProfile = z.object({ deviceProfileId: uuidSchema.optional().describe('Only devices of this profile.') });
const listSeriesKeys = defineRoute({
  method: 'GET',
  path: '/api/deviceProfile/devices/keys/timeseries',
  area,
  summary: 'Names of the time series that devices have.',
  permission: 'device-profile.read',
  query: ofProfile,
  response: z.array(z.string()),
});
const listAttributeKeys = defineRoute({
  method: 'GET',
  path: '/api/deviceProfile/devices/keys/attributes',
  area,
  summary: 'Names of the attributes, of any scope, that devices have.',
  permission: 'device-profile.read',
  query: ofProfile,
  response: z.array(z.string()),
});

/** Device profiles. */
@Controller()
export class DeviceProfileController {
  readonly #profiles: DeviceProfiles;
  readonly #deps: RestDeps;

  constructor(@Inject(DEVICE_PROFILES) profiles: DeviceProfiles, @Inject(REST_DEPS) deps: RestDeps) {
    this.#profiles = profiles;
    this.#deps = deps;
  }

  @Handles(listNames)
  async names(@CallerOf() { tenantId }: Caller, @Input() { query }: InputOf<typeof listNames>): Promise<AnswerOf<typeof listNames>> {
    const profiles = await profileNames(this.#deps.entities, tenantId, 'deviceProfile', query.activeOnly);
    return profiles.map(({ id, name }) => ({ id: wireId('DEVICE_PROFILE', id), name }));
  }

  @Handles(listSeriesKeys)
  async seriesKeys(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listSeriesKeys>): Promise<AnswerOf<typeof listSeriesKeys>> {
    return [...(await this.#profiles.seriesKeys(caller, query.deviceProfileId))];
  }

  @Handles(listAttributeKeys)
  async attributeKeys(
    @CallerOf() caller: Caller,
    @Input() { query }: InputOf<typeof listAttributeKeys>,
  ): Promise<AnswerOf<typeof listAttributeKeys>> {
    return [...(await this.#profiles.attributeKeys(caller, query.deviceProfileId))];
  }

  @Handles(saveProfile)
  async save(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveProfile>): Promise<AnswerOf<typeof saveProfile>> {
    return deviceProfileToWire(await this.#profiles.save(caller, deviceProfileDraftOf(body)));
  }

  @Handles(readProfile)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readProfile>): Promise<AnswerOf<typeof readProfile>> {
    return deviceProfileToWire(await this.#profiles.get(caller, input.params.deviceProfileId));
  }

  @Handles(removeProfile)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeProfile>): Promise<void> {
    await this.#profiles.remove(caller, input.params.deviceProfileId);
  }

  @Handles(makeDefault)
  async makeDefault(@CallerOf() caller: Caller, @Input() input: InputOf<typeof makeDefault>): Promise<AnswerOf<typeof makeDefault>> {
    return deviceProfileToWire(await this.#profiles.makeDefault(caller, input.params.deviceProfileId));
  }

  @Handles(readDefaultInfo)
  async defaultInfo(@CallerOf() caller: Caller): Promise<AnswerOf<typeof readDefaultInfo>> {
    return deviceProfileInfoToWire(await this.#profiles.defaultOne(caller));
  }

  @Handles(readInfo)
  async info(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readInfo>): Promise<AnswerOf<typeof readInfo>> {
    return deviceProfileInfoToWire(await this.#profiles.info(caller, input.params.deviceProfileId));
  }

  @Handles(listProfiles)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listProfiles>): Promise<AnswerOf<typeof listProfiles>> {
    return pageToWire(await this.#profiles.page(caller, pageQueryOf(query, sortable)), deviceProfileToWire);
  }

  @Handles(listInfos)
  async listInfos(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listInfos>): Promise<AnswerOf<typeof listInfos>> {
    if (query.deviceProfileIds !== undefined) return (await this.#profiles.byIds(caller, query.deviceProfileIds)).map(deviceProfileInfoToWire);
    return pageToWire(await this.#profiles.infoPage(caller, pageQueryOf(requirePage(query), sortable), query), deviceProfileInfoToWire);
  }

  @Handles(listInfosByIds)
  async infosByIds(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listInfosByIds>): Promise<AnswerOf<typeof listInfosByIds>> {
    return (await this.#profiles.byIds(caller, query.deviceProfileIds)).map(deviceProfileInfoToWire);
  }
}
