// Goal: each authority gets its own places and no others. Method: the table of places, asked for each.
import { describe, expect, it } from 'vitest';
import { isForOthers, placesFor, startFor } from './places.js';

const namesFor = (authority: Parameters<typeof placesFor>[0]) => placesFor(authority).map(({ name }) => name);

describe('places', () => {
  it('are those where somebody has something to do', () => {
    expect(namesFor('CUSTOMER_USER')).toEqual(['Devices', 'Assets', 'Alarms']);
    const work = ['Devices', 'Assets', 'Alarms', 'Rule chains', 'Traces', 'Dead letters', 'Queues', 'MQTT broker'];
    expect(namesFor('TENANT_ADMIN')).toEqual([...work, 'Customers', 'Users', 'Audit log', 'Usage']);
    expect(namesFor('SYS_ADMIN')).toEqual(['Tenants', 'Tenant profiles', 'Queues', 'Settings']);
    expect(namesFor(undefined)).toEqual([]);
  });

  it('begin where each has most to do', () => {
    expect([startFor('SYS_ADMIN'), startFor('TENANT_ADMIN'), startFor('CUSTOMER_USER')]).toEqual(['/tenants', '/devices', '/devices']);
  });

  it('are closed to others, with all their pages', () => {
    expect(isForOthers('/devices/1', 'SYS_ADMIN')).toBe(true);
    expect(isForOthers('/tenant-profiles', 'TENANT_ADMIN')).toBe(true);
    expect(isForOthers('/rule-chains', 'CUSTOMER_USER')).toBe(true);
    expect(isForOthers('/dead-letters/1', 'SYS_ADMIN')).toBe(true);
    expect(isForOthers('/queues', 'SYS_ADMIN')).toBe(false);
    expect(isForOthers('/devices/1', 'CUSTOMER_USER')).toBe(false);
    expect(isForOthers('/account', 'SYS_ADMIN')).toBe(false);
    expect(isForOthers('/devicesque', 'SYS_ADMIN')).toBe(false);
  });
});
