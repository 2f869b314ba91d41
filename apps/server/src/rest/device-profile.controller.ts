import {
  deviceProfileDraftOf,
  deviceProfileInfoToWire,
  deviceProfileSaveSchema,
  deviceProfileToWire,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  wireDeviceProfileInfoSchema,
  wireDeviceProfileSchema,
} from '@fieldline/api-contract';
import type { DeviceProfiles } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { idParams } from './id-params.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { DEVICE_PROFILES } from './tokens.js';

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
  summary: 'A page of device profiles, in short.',
  permission: 'device-profile.list',
  query: z.object({
    ...pageParametersSchema.shape,
    transportType: z.enum(['DEFAULT', 'MQTT', 'COAP', 'LWM2M', 'SNMP']).optional().describe('Only profiles of this transport.'),
  }),
  response: pageDataSchema(wireDeviceProfileInfoSchema),
});

/** Device profiles. */
@Controller()
export class DeviceProfileController {
  readonly #profiles: DeviceProfiles;

  constructor(@Inject(DEVICE_PROFILES) profiles: DeviceProfiles) {
    this.#profiles = profiles;
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
    return deviceProfileInfoToWire(await this.#profiles.get(caller, input.params.deviceProfileId));
  }

  @Handles(listProfiles)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listProfiles>): Promise<AnswerOf<typeof listProfiles>> {
    return pageToWire(await this.#profiles.page(caller, pageQueryOf(query, sortable)), deviceProfileToWire);
  }

  @Handles(listInfos)
  async listInfos(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listInfos>): Promise<AnswerOf<typeof listInfos>> {
    return pageToWire(await this.#profiles.page(caller, pageQueryOf(query, sortable), query), deviceProfileInfoToWire);
  }
}
