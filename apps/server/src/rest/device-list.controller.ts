import {
  deviceToWire,
  idListSchema,
  pageDataSchema,
  pageParametersSchema,
  pageQueryOf,
  pageToWire,
  queryFlag,
  relatedSearchOf,
  relatedSearchSchema,
  uuidSchema,
  wireDeviceInfoSchema,
  wireDeviceSchema,
} from '@fieldline/api-contract';
import type { DeviceFilter, Devices, DirectoryDeps } from '@fieldline/directory';
import { DeviceLists, relatedEntities } from '@fieldline/directory';
import type { Caller } from '@fieldline/ports';
import { Controller, Inject } from '@nestjs/common';
import * as z from 'zod';
import { deviceInfosOf } from './device-infos.js';
import { idParams } from './id-params.js';
import { optionalPageShape, requirePage } from './page-or-ids.js';
import type { AnswerOf, InputOf } from './route.js';
import { CallerOf, defineRoute, Handles, Input } from './route.js';
import { DEVICES, DIRECTORY_DEPS } from './tokens.js';

const area = 'Devices';
const filters = {
  type: z.string().max(255).optional().describe('Only devices of this type.'),
  deviceProfileId: uuidSchema.optional().describe('Only devices of this profile.'),
};
const infoFilters = {
  ...filters,
  active: queryFlag().optional().describe('Only devices that were (true) or were not (false) heard of lately.'),
};
const deviceName = z.string().max(255);
const sortable = { createdTime: 'createdAtMs', name: 'name', label: 'label', type: 'type', deviceProfileName: 'type' };
const pageOfDevices = z.object({ ...pageParametersSchema.shape, ...filters });
const pageOfInfos = z.object({ ...pageParametersSchema.shape, ...infoFilters });

const deviceByName = defineRoute({
  method: 'GET',
  path: '/api/tenant/device',
  area,
  summary: 'The device of a name.',
  permission: 'device.list',
  query: z.object({ deviceName: deviceName.describe('Name of the device.') }),
  response: wireDeviceSchema,
});
const listDevices = defineRoute({
  method: 'GET',
  path: '/api/tenant/devices',
  area,
  summary: 'A page of devices; with `deviceName` the one device of that name.',
  permission: 'device.list',
  query: z.object({ ...optionalPageShape, ...filters, deviceName: deviceName.optional().describe('Name of one device; needs no page.') }),
  response: z.union([pageDataSchema(wireDeviceSchema), wireDeviceSchema]),
});
const listDeviceInfos = defineRoute({
  method: 'GET',
  path: '/api/tenant/deviceInfos',
  area,
  summary: 'A page of devices with the names of their profiles and customers.',
  permission: 'device.list',
  query: pageOfInfos,
  response: pageDataSchema(wireDeviceInfoSchema),
});
const listOfCustomer = defineRoute({
  method: 'GET',
  path: '/api/customer/:customerId/devices',
  area,
  summary: 'A page of the devices of a customer.',
  permission: 'device.read',
  params: idParams('customerId'),
  query: pageOfDevices,
  response: pageDataSchema(wireDeviceSchema),
});
const listInfosOfCustomer = defineRoute({
  method: 'GET',
  path: '/api/customer/:customerId/deviceInfos',
  area,
  summary: 'A page of the devices of a customer with the names of their profiles.',
  permission: 'device.read',
  params: idParams('customerId'),
  query: pageOfInfos,
  response: pageDataSchema(wireDeviceInfoSchema),
});
const listByIds = defineRoute({
  method: 'GET',
  path: '/api/devices',
  area,
  summary: 'The devices of some ids; those that cannot be read are left out.',
  permission: 'device.read',
  query: z.object({ deviceIds: idListSchema }),
  response: z.array(wireDeviceSchema),
});
const listRelated = defineRoute({
  method: 'POST',
  path: '/api/devices',
  area,
  summary: 'The devices that relations lead to.',
  permission: 'device.read',
  body: relatedSearchSchema('deviceTypes'),
  response: z.array(wireDeviceSchema),
});

const countDevices = defineRoute({
  method: 'GET',
  path: '/api/devices/count/:otaPackageType/:deviceProfileId',
  area,
  summary: 'How many devices of a profile have no firmware or software of their own.',
  permission: 'device.read',
  params: z.object({ ...idParams('deviceProfileId').shape, otaPackageType: z.enum(['FIRMWARE', 'SOFTWARE']).describe('Which packages.') }),
  response: z.int(),
});

/** Lists of devices. */
@Controller()
export class DeviceListController {
  readonly #devices: Devices;
  readonly #deps: DirectoryDeps;

  constructor(@Inject(DEVICES) devices: Devices, @Inject(DIRECTORY_DEPS) deps: DirectoryDeps) {
    this.#devices = devices;
    this.#deps = deps;
  }

  @Handles(deviceByName)
  async byName(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof deviceByName>): Promise<AnswerOf<typeof deviceByName>> {
    return deviceToWire(await this.#devices.byName(caller, query.deviceName));
  }

  @Handles(listDevices)
  async list(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listDevices>): Promise<AnswerOf<typeof listDevices>> {
    if (query.deviceName !== undefined) return deviceToWire(await this.#devices.byName(caller, query.deviceName));
    return pageToWire(await this.#devices.page(caller, pageQueryOf(requirePage(query), sortable), query), deviceToWire);
  }

  @Handles(listDeviceInfos)
  async listInfos(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listDeviceInfos>): Promise<AnswerOf<typeof listDeviceInfos>> {
    return this.#infos(caller, query, query);
  }

  @Handles(listOfCustomer)
  async ofCustomer(@CallerOf() caller: Caller, @Input() { params, query }: InputOf<typeof listOfCustomer>): Promise<AnswerOf<typeof listOfCustomer>> {
    const { customerId } = await this.#customer(caller, params.customerId);
    return pageToWire(await this.#devices.page(caller, pageQueryOf(query, sortable), { ...query, customerId }), deviceToWire);
  }

  @Handles(listInfosOfCustomer)
  async infosOfCustomer(
    @CallerOf() caller: Caller,
    @Input() { params, query }: InputOf<typeof listInfosOfCustomer>,
  ): Promise<AnswerOf<typeof listInfosOfCustomer>> {
    const { customerId } = await this.#customer(caller, params.customerId);
    return this.#infos(caller, query, { ...query, customerId });
  }

  @Handles(listByIds)
  async byIds(@CallerOf() caller: Caller, @Input() { query }: InputOf<typeof listByIds>): Promise<AnswerOf<typeof listByIds>> {
    return (await this.#devices.byIds(caller, query.deviceIds)).map(deviceToWire);
  }

  @Handles(listRelated)
  async related(@CallerOf() caller: Caller, @Input() { body }: InputOf<typeof listRelated>): Promise<AnswerOf<typeof listRelated>> {
    return (await relatedEntities(this.#deps, caller, 'device', relatedSearchOf(body, body.deviceTypes))).map(deviceToWire);
  }

  @Handles(countDevices)
  count(@CallerOf() caller: Caller, @Input() { params }: InputOf<typeof countDevices>): Promise<AnswerOf<typeof countDevices>> {
    return new DeviceLists(this.#deps).countWithoutPackage(caller, params.otaPackageType, params.deviceProfileId);
  }

  async #infos(caller: Caller, query: z.output<typeof pageOfInfos>, filter: DeviceFilter): Promise<AnswerOf<typeof listDeviceInfos>> {
    const page = await this.#devices.page(caller, pageQueryOf(query, sortable), filter);
    return { ...pageToWire(page, deviceToWire), data: await deviceInfosOf(this.#devices, this.#deps, caller, page.data) };
  }

  async #customer(caller: Caller, customerId: string): Promise<{ readonly customerId: string }> {
    await this.#deps.access.require(caller, { entityType: 'CUSTOMER', id: customerId }, 'read');
    return { customerId };
  }
}
