import type { EntityId } from '@fieldline/plugin-sdk';
import { harnessStartMs, harnessTenantId, type Recorded } from '@fieldline/plugin-sdk/testing';

export const device: EntityId = { entityType: 'DEVICE', id: 'device-a' };
export const meter: EntityId = { entityType: 'DEVICE', id: 'meter' };
export const camera: EntityId = { entityType: 'DEVICE', id: 'camera' };
export const house: EntityId = { entityType: 'ASSET', id: 'house' };
export const acme: EntityId = { entityType: 'CUSTOMER', id: 'acme' };
export const tenant: EntityId = { entityType: 'TENANT', id: harnessTenantId };

/** A thermometer that contains a meter, in a house without a customer; what the examples of the nodes speak of. */
export function world({ entities, relations, attributes, points }: Recorded): void {
  entities.push(
    {
      ...{ entity: device, name: 'Thermometer', profile: 'default', customer: acme },
      fields: { label: null, additionalInfo: { floor: 3, gateway: false }, createdTime: 5 },
      credentials: { type: 'ACCESS_TOKEN', value: 'token-a' },
    },
    { entity: camera, name: 'Camera', profile: 'camera', credentials: { type: 'MQTT_BASIC', value: '{"clientId":"c","userName":"u"}' } },
    { entity: meter, name: 'Meter 7', profile: 'default', fields: { label: '' } },
    { entity: house, name: 'House', profile: 'building' },
    { entity: acme, name: 'Acme', fields: { country: 'Norway', city: null, additionalInfo: null } },
    { entity: tenant, name: 'Works', fields: { zip: '', phone: '1', additionalInfo: { description: 'Makes everything.' } } },
  );
  relations.push(
    { from: device, to: camera, type: 'Sees' },
    { from: device, to: meter, type: 'Contains' },
    { from: house, to: device, type: 'Contains' },
  );
  attributes.push(
    { entity: device, scope: 'SERVER_SCOPE', key: 'threshold', value: 20 },
    { entity: device, scope: 'SHARED_SCOPE', key: 'threshold', value: 21.5 },
    { entity: device, scope: 'CLIENT_SCOPE', key: 'firmware', value: '1.2' },
    { entity: device, scope: 'CLIENT_SCOPE', key: 'network', value: { ip: '::1', ports: [1, 2] } },
    { entity: acme, scope: 'SERVER_SCOPE', key: 'alarmThreshold', value: 30 },
    { entity: acme, scope: 'SHARED_SCOPE', key: 'motto', value: 'shared, so not seen' },
    { entity: tenant, scope: 'SERVER_SCOPE', key: 'alarmThreshold', value: 40 },
    { entity: meter, scope: 'SERVER_SCOPE', key: 'serialNumber', value: 'M-7' },
  );
  const put = (entity: EntityId, key: string, agoMs: number, value: number | string | boolean): void =>
    void points.push({ entity, key, tsMs: harnessStartMs - agoMs, value, ttlMs: 0 });
  put(device, 'humidity', 1_000, 55.5);
  put(device, 'isOpen', 1_000, true);
  put(device, 'pulseCounter', 60_000, 40);
  put(device, 'temperature', 120_000, 20);
  put(device, 'temperature', 90_000, 22.4);
  put(device, 'temperature', 60_000, 30);
  put(meter, 'energy', 1_000, 7.5);
  put(acme, 'mood', 1_000, 'good');
}
