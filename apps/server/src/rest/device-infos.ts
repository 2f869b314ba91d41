import type { WireDeviceInfo } from '@fieldline/api-contract';
import { deviceInfoToWire } from '@fieldline/api-contract';
import type { Devices, DirectoryDeps } from '@fieldline/directory';
import { customersOf } from '@fieldline/directory';
import type { Device } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';

/** Devices with the titles of their customers and whether they were heard of lately: one read each for a whole page. */
export async function deviceInfosOf(
  devices: Devices,
  { entities }: Pick<DirectoryDeps, 'entities'>,
  caller: Caller,
  shown: readonly Device[],
): Promise<WireDeviceInfo[]> {
  const [customers, active] = await Promise.all([customersOf(entities, caller.tenantId, shown), devices.activeOf(caller, shown)]);
  return shown.map((device) => deviceInfoToWire(device, customers.get(device.customerId ?? ''), active.has(device.id)));
}
