import {
  deviceDraftOf,
  deviceSaveSchema,
  deviceToWire,
  entitySubtypeSchema,
  entitySubtypeToWire,
  nameConflictOf,
  nameConflictParametersSchema,
  wireDeviceInfoSchema,
  wireDeviceSchema,
} from '@fieldline/api-contract';
import type { Assignments, Devices, DirectoryDeps } from '@fieldline/directory';
import { moveDevice, profileNames } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { deviceInfosOf } from './device-infos.js';
import { idParams } from './id-params.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { DEVICE_ASSIGNMENTS, DEVICES, DIRECTORY_DEPS } from './tokens.js';

const area = 'Devices';
const params = idParams('deviceId');

const saveDevice = defineRoute({
  method: 'POST',
  path: '/api/device',
  area,
  summary: 'Creates a device, or replaces one.',
  permission: 'device.write',
  query: z.object({
    ...nameConflictParametersSchema.shape,
    accessToken: z.string().max(255).optional().describe('Access token of a new device; random if absent.'),
  }),
  body: deviceSaveSchema,
  response: wireDeviceSchema,
});
const listTypes = defineRoute({
  method: 'GET',
  path: '/api/device/types',
  area,
  summary: 'The types that devices of the tenant have.',
  permission: 'device.read',
  response: z.array(entitySubtypeSchema('DEVICE')),
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
  summary: 'Removes a device with its credentials, relations, data and alarms; its sessions end.',
  permission: 'device.delete',
  params,
});
const assignDevice = defineRoute({
  method: 'POST',
  path: '/api/customer/:customerId/device/:deviceId',
  area,
  summary: 'Assigns a device to a customer.',
  permission: 'device.assign',
  params: idParams('customerId', 'deviceId'),
  response: wireDeviceSchema,
});
const unassignDevice = defineRoute({
  method: 'DELETE',
  path: '/api/customer/device/:deviceId',
  area,
  summary: 'Takes a device back from its customer.',
  permission: 'device.assign',
  params,
  response: wireDeviceSchema,
});
const publishDevice = defineRoute({
  method: 'POST',
  path: '/api/customer/public/device/:deviceId',
  area,
  summary: 'Assigns a device to the public customer, which is made where there is none: anybody may see it.',
  permission: 'device.assign',
  params,
  response: wireDeviceSchema,
});
const giveAway = defineRoute({
  method: 'POST',
  path: '/api/tenant/:tenantId/device/:deviceId',
  area,
  summary: 'Moves a device to another tenant. It keeps id, name and credentials; relations, alarms and data stay behind.',
  permission: 'device.assign',
  params: idParams('tenantId', 'deviceId'),
  response: wireDeviceSchema,
});

/** Devices, and whom they are given to. */
@Controller()
export class DeviceController {
  readonly #devices: Devices;
  readonly #assignments: Assignments<'device'>;
  readonly #deps: DirectoryDeps;

  constructor(
    @Inject(DEVICES) devices: Devices,
    @Inject(DEVICE_ASSIGNMENTS) assignments: Assignments<'device'>,
    @Inject(DIRECTORY_DEPS) deps: DirectoryDeps,
  ) {
    this.#devices = devices;
    this.#assignments = assignments;
    this.#deps = deps;
  }

  @Handles(saveDevice)
  async save(@CallerOf() caller: Caller, @Input() { query, body }: InputOf<typeof saveDevice>): Promise<AnswerOf<typeof saveDevice>> {
    return deviceToWire(await this.#devices.save(caller, deviceDraftOf(body), query.accessToken, nameConflictOf(query)));
  }

  @Handles(listTypes)
  async types(@CallerOf() { tenantId }: Caller): Promise<AnswerOf<typeof listTypes>> {
    const profiles = await profileNames(this.#deps.entities, tenantId, 'deviceProfile', true);
    return profiles.map(({ name }) => entitySubtypeToWire(tenantId, 'DEVICE', name));
  }

  @Handles(readDevice)
  async read(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readDevice>): Promise<AnswerOf<typeof readDevice>> {
    return deviceToWire(await this.#devices.get(caller, input.params.deviceId));
  }

  @Handles(readDeviceInfo)
  async readInfo(@CallerOf() caller: Caller, @Input() input: InputOf<typeof readDeviceInfo>): Promise<AnswerOf<typeof readDeviceInfo>> {
    const device = await this.#devices.get(caller, input.params.deviceId);
    const [info] = await deviceInfosOf(this.#devices, this.#deps, caller, [device]);
    return info as NonNullable<typeof info>;
  }

  @Handles(removeDevice)
  async remove(@CallerOf() caller: Caller, @Input() input: InputOf<typeof removeDevice>): Promise<void> {
    await this.#devices.remove(caller, input.params.deviceId);
  }

  @Handles(assignDevice)
  async assign(@CallerOf() caller: Caller, @Input() { params: ids }: InputOf<typeof assignDevice>): Promise<AnswerOf<typeof assignDevice>> {
    return deviceToWire(await this.#assignments.assign(caller, ids.deviceId, ids.customerId));
  }

  @Handles(unassignDevice)
  async unassign(@CallerOf() caller: Caller, @Input() input: InputOf<typeof unassignDevice>): Promise<AnswerOf<typeof unassignDevice>> {
    return deviceToWire(await this.#assignments.unassign(caller, input.params.deviceId));
  }

  @Handles(publishDevice)
  async publish(@CallerOf() caller: Caller, @Input() input: InputOf<typeof publishDevice>): Promise<AnswerOf<typeof publishDevice>> {
    return deviceToWire(await this.#assignments.assignToPublic(caller, input.params.deviceId));
  }

  @Handles(giveAway)
  async giveAway(@CallerOf() caller: Caller, @Input() { params: ids }: InputOf<typeof giveAway>): Promise<AnswerOf<typeof giveAway>> {
    return deviceToWire(await moveDevice(this.#deps, caller, ids.deviceId, ids.tenantId));
  }
}
