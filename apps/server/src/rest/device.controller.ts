import {
  credentialsDraftOf,
  deviceCredentialsSaveSchema,
  deviceCredentialsToWire,
  deviceDraftOf,
  deviceSaveSchema,
  deviceToWire,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  uuidSchema,
  wireDeviceCredentialsSchema,
  wireDeviceInfoSchema,
  wireDeviceSchema,
} from '@fieldline/api-contract';
import type { Devices } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { DeviceActivity } from './device-activity.js';
import { restErrors } from './errors.js';
import { idParams } from './id-params.js';
import type { RestDeps } from './rest-deps.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { DEVICES, REST_DEPS } from './tokens.js';

const area = 'Devices';
const params = idParams('deviceId');
const filters = {
  type: z.string().max(255).optional().describe('Only devices of this type.'),
  deviceProfileId: uuidSchema.optional().describe('Only devices of this profile.'),
};
const sortable = { createdTime: 'createdAtMs', name: 'name', label: 'label', type: 'type', deviceProfileName: 'type' };

const saveDevice = defineRoute({
  method: 'POST',
  path: '/api/device',
  area,
  summary: 'Creates a device, or replaces one.',
  permission: 'device.write',
  query: z.object({
    accessToken: z.string().max(255).optional().describe('Access token of a new device; random if absent.'),
    nameConflictPolicy: z.enum(['FAIL']).optional().describe('What to do when the name is taken.'),
  }),
  body: deviceSaveSchema,
  response: wireDeviceSchema,
});
const readDevice = defineRoute({
  method: 'GET',
  path: '/api/device/:deviceId',
  area,
  summary: 'One device.',
  permission: 'device.read',
  params,
  response: wireDeviceSchema,
});
const readDeviceInfo = defineRoute({
  method: 'GET',
  path: '/api/device/info/:deviceId',
  area,
  summary: 'One device with the names of its profile and customer.',
  permission: 'device.read',
  params,
  response: wireDeviceInfoSchema,
});
const removeDevice = defineRoute({
  method: 'DELETE',
  path: '/api/device/:deviceId',
  area,
  summary: 'Removes a device and its credentials; its sessions end.',
  permission: 'device.delete',
  params,
});
const deviceByName = defineRoute({
  method: 'GET',
  path: '/api/tenant/device',
  area,
  summary: 'The device of a name.',
  permission: 'device.list',
  query: z.object({ deviceName: z.string().max(255).describe('Name of the device.') }),
  response: wireDeviceSchema,
});
const listDevices = defineRoute({
  method: 'GET',
  path: '/api/tenant/devices',
  area,
  summary: 'A page of devices; with `deviceName` the one device of that name.',
  permission: 'device.list',
  query: z.object({
    ...pageParametersSchema.shape,
    ...filters,
    pageSize: pageParametersSchema.shape.pageSize.optional(),
    page: pageParametersSchema.shape.page.optional(),
    deviceName: z.string().max(255).optional().describe('Name of one device; needs no page.'),
  }),
  response: z.union([pageDataSchema(wireDeviceSchema), wireDeviceSchema]),
});
const listDeviceInfos = defineRoute({
  method: 'GET',
  path: '/api/tenant/deviceInfos',
  area,
  summary: 'A page of devices with the names of their profiles and customers.',
  permission: 'device.list',
  query: z.object({ ...pageParametersSchema.shape, ...filters }),
  response: pageDataSchema(wireDeviceInfoSchema),
});
const readCredentials = defineRoute({
  method: 'GET',
  path: '/api/device/:deviceId/credentials',
  area,
  summary: 'The credentials of a device.',
  permission: 'device.read-credentials',
  params,
  response: wireDeviceCredentialsSchema,
});
const saveCredentials = defineRoute({
  method: 'POST',
  path: '/api/device/credentials',
  area,
  summary: 'Replaces the credentials of a device; its sessions end.',
  permission: 'device.write-credentials',
  body: deviceCredentialsSaveSchema,
  response: wireDeviceCredentialsSchema,
});

/** Devices and their credentials. */
@Controller()
export class DeviceController {
  readonly #devices: Devices;
  readonly #activity: DeviceActivity;

  constructor(@Inject(DEVICES) devices: Devices, @Inject(REST_DEPS) deps: RestDeps) {
    this.#devices = devices;
    this.#activity = new DeviceActivity(deps.attributes);
  }

  @Handles(saveDevice)
  async save(@CallerOf() caller: Caller, @Input() { query, body }: InputOf<typeof saveDevice>): Promise<AnswerOf<typeof saveDevice>> {
    return deviceToWire(await this.#devices.save(caller, deviceDraftOf(body), query.accessToken));
  }

  @Handles(readDevice)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readDevice>): Promise<AnswerOf<typeof readDevice>> {
    return deviceToWire(await this.#devices.get(caller, input.params.deviceId));
  }

  @Handles(readDeviceInfo)
  async readInfo(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readDeviceInfo>): Promise<AnswerOf<typeof readDeviceInfo>> {
    return this.#activity.infoOf(await this.#devices.get(caller, input.params.deviceId));
  }

  @Handles(removeDevice)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeDevice>): Promise<void> {
    await this.#devices.remove(caller, input.params.deviceId);
  }

  @Handles(deviceByName)
  async byName(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof deviceByName>): Promise<AnswerOf<typeof deviceByName>> {
    return deviceToWire(await this.#devices.byName(caller, query.deviceName));
  }

  @Handles(listDevices)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listDevices>): Promise<AnswerOf<typeof listDevices>> {
    if (query.deviceName !== undefined) return deviceToWire(await this.#devices.byName(caller, query.deviceName));
    const { page, pageSize } = query;
    if (pageSize === undefined) throw restErrors.PARAMETER_MISSING({ name: 'pageSize' });
    if (page === undefined) throw restErrors.PARAMETER_MISSING({ name: 'page' });
    return pageToWire(await this.#devices.page(caller, pageQueryOf({ ...query, page, pageSize }, sortable), query), deviceToWire);
  }

  @Handles(listDeviceInfos)
  async listInfos(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listDeviceInfos>): Promise<AnswerOf<typeof listDeviceInfos>> {
    const page = await this.#devices.page(caller, pageQueryOf(query, sortable), query);
    return { ...pageToWire(page, deviceToWire), data: await this.#activity.infosOf(page.data) };
  }

  @Handles(readCredentials)
  async credentials(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readCredentials>): Promise<AnswerOf<typeof readCredentials>> {
    return deviceCredentialsToWire(await this.#devices.credentials(caller, input.params.deviceId));
  }

  @Handles(saveCredentials)
  async saveCredentials(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof saveCredentials>): Promise<AnswerOf<typeof saveCredentials>> {
    return deviceCredentialsToWire(await this.#devices.saveCredentials(caller, credentialsDraftOf(body)));
  }
}
