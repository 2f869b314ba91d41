import type { WireDeviceInfo } from '@fieldline/api-contract';
import { deviceInfoToWire } from '@fieldline/api-contract';
import type { Device, TenantId } from '@fieldline/model';
import type { AttributeReader } from '@fieldline/ports';

/** Tells whether devices were heard of lately: their server attribute `active`. */
export class DeviceActivity {
  readonly #attributes: AttributeReader;

  constructor(attributes: AttributeReader) {
    this.#attributes = attributes;
  }

  async infoOf(device: Device): Promise<WireDeviceInfo> {
    const entity = { entityType: 'DEVICE', id: device.id } as const;
    const [active] = await this.#attributes.attributes(device.tenantId as TenantId, entity, 'SERVER_SCOPE', ['active']);
    return deviceInfoToWire(device, active?.value === true);
  }

  infosOf(devices: readonly Device[]): Promise<WireDeviceInfo[]> {
    return Promise.all(devices.map((device) => this.infoOf(device)));
  }
}
