import type { Brand } from '@fieldline/kernel';

export type TenantId = Brand<string, 'TenantId'>;
export type CustomerId = Brand<string, 'CustomerId'>;
export type UserId = Brand<string, 'UserId'>;
export type DeviceId = Brand<string, 'DeviceId'>;
export type DeviceProfileId = Brand<string, 'DeviceProfileId'>;
export type RuleChainId = Brand<string, 'RuleChainId'>;
export type RuleNodeId = Brand<string, 'RuleNodeId'>;
export type AlarmId = Brand<string, 'AlarmId'>;

/** Entity types, spelt as ThingsBoard spells them on the wire. */
export const entityTypes = [
  'TENANT',
  'CUSTOMER',
  'USER',
  'DASHBOARD',
  'ASSET',
  'DEVICE',
  'ALARM',
  'RULE_CHAIN',
  'RULE_NODE',
  'ENTITY_VIEW',
  'WIDGETS_BUNDLE',
  'WIDGET_TYPE',
  'TENANT_PROFILE',
  'DEVICE_PROFILE',
  'ASSET_PROFILE',
  'API_USAGE_STATE',
  'TB_RESOURCE',
  'OTA_PACKAGE',
  'EDGE',
  'RPC',
  'QUEUE',
  'NOTIFICATION_TARGET',
  'NOTIFICATION_TEMPLATE',
  'NOTIFICATION_REQUEST',
  'NOTIFICATION',
  'NOTIFICATION_RULE',
  'QUEUE_STATS',
  'DOMAIN',
  'MOBILE_APP',
  'MOBILE_APP_BUNDLE',
  'CALCULATED_FIELD',
  'JOB',
  'ADMIN_SETTINGS',
  'AI_MODEL',
  'API_KEY',
] as const;
export type EntityType = (typeof entityTypes)[number];

/** An entity type together with an id (a UUID as lower-case text). */
export interface EntityId {
  readonly entityType: EntityType;
  readonly id: string;
}

/** ThingsBoard's "no entity": the tenant of system entities, the customer of unassigned ones. */
export const nullUuid = '13814000-1dd2-11b2-8080-808080808080';

/** The tenant that owns what belongs to no tenant: system administrators and system settings. */
export const systemTenantId = nullUuid as TenantId;
