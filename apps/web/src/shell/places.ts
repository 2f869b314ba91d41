import {
  type Icon,
  IconBell,
  IconBuilding,
  IconBuildingFactory2,
  IconCpu,
  IconGauge,
  IconHistory,
  IconLicense,
  IconMailX,
  IconRoute2,
  IconRouter,
  IconSettings,
  IconSitemap,
  IconStack2,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { Authority } from '../api/signed-in.js';

export interface Place {
  readonly to: string;
  readonly name: string;
  readonly icon: Icon;
  readonly group: 'work' | 'administration';
  /** Who has something to do there. */
  readonly for: readonly Authority[];
}

const tenant: readonly Authority[] = ['TENANT_ADMIN'];
const tenantAndCustomer: readonly Authority[] = ['TENANT_ADMIN', 'CUSTOMER_USER'];
const system: readonly Authority[] = ['SYS_ADMIN'];
const administrators: readonly Authority[] = ['TENANT_ADMIN', 'SYS_ADMIN'];

const places: readonly Place[] = [
  { to: '/tenants', name: 'Tenants', icon: IconBuilding, group: 'work', for: system },
  { to: '/tenant-profiles', name: 'Tenant profiles', icon: IconLicense, group: 'work', for: system },
  { to: '/devices', name: 'Devices', icon: IconCpu, group: 'work', for: tenantAndCustomer },
  { to: '/assets', name: 'Assets', icon: IconBuildingFactory2, group: 'work', for: tenantAndCustomer },
  { to: '/alarms', name: 'Alarms', icon: IconBell, group: 'work', for: tenantAndCustomer },
  { to: '/rule-chains', name: 'Rule chains', icon: IconSitemap, group: 'work', for: tenant },
  { to: '/traces', name: 'Traces', icon: IconRoute2, group: 'work', for: tenant },
  { to: '/dead-letters', name: 'Dead letters', icon: IconMailX, group: 'work', for: tenant },
  { to: '/queues', name: 'Queues', icon: IconStack2, group: 'work', for: administrators },
  { to: '/broker', name: 'MQTT broker', icon: IconRouter, group: 'work', for: tenant },
  { to: '/customers', name: 'Customers', icon: IconUsersGroup, group: 'administration', for: tenant },
  { to: '/users', name: 'Users', icon: IconUsers, group: 'administration', for: tenant },
  { to: '/audit-log', name: 'Audit log', icon: IconHistory, group: 'administration', for: tenant },
  { to: '/usage', name: 'Usage', icon: IconGauge, group: 'administration', for: tenant },
  { to: '/settings', name: 'Settings', icon: IconSettings, group: 'work', for: system },
];

/** Where somebody has something to do, in the order of the navigation. */
export function placesFor(authority: Authority | undefined): readonly Place[] {
  return authority === undefined ? [] : places.filter((place) => place.for.includes(authority));
}

/** Where the app opens. */
export function startFor(authority: Authority | undefined): string {
  return placesFor(authority)[0]?.to ?? '/devices';
}

/** Whether a page belongs to a place of somebody else. Pages that belong to no place are everybody's. */
export function isForOthers(path: string, authority: Authority | undefined): boolean {
  const place = places.find(({ to }) => path === to || path.startsWith(`${to}/`));
  return place !== undefined && (authority === undefined || !place.for.includes(authority));
}
