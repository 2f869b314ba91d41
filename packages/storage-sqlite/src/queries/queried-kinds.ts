import type { EntityKind, EntityType } from '@fieldline/model';

/** Fields of a kind that queries filter and sort by without reading its documents. */
interface QueriedKind {
  readonly kind: EntityKind;
  readonly entityType: EntityType;
  /** The field people call the entity by. */
  readonly nameField: 'name' | 'email';
}

/** The kinds that entity queries find. */
export const queriedKinds: readonly QueriedKind[] = [
  { kind: 'tenant', entityType: 'TENANT', nameField: 'name' },
  { kind: 'tenantProfile', entityType: 'TENANT_PROFILE', nameField: 'name' },
  { kind: 'customer', entityType: 'CUSTOMER', nameField: 'name' },
  { kind: 'user', entityType: 'USER', nameField: 'email' },
  { kind: 'device', entityType: 'DEVICE', nameField: 'name' },
  { kind: 'deviceProfile', entityType: 'DEVICE_PROFILE', nameField: 'name' },
  { kind: 'asset', entityType: 'ASSET', nameField: 'name' },
  { kind: 'assetProfile', entityType: 'ASSET_PROFILE', nameField: 'name' },
  { kind: 'entityView', entityType: 'ENTITY_VIEW', nameField: 'name' },
  { kind: 'dashboard', entityType: 'DASHBOARD', nameField: 'name' },
  { kind: 'otaPackage', entityType: 'OTA_PACKAGE', nameField: 'name' },
  { kind: 'ruleChain', entityType: 'RULE_CHAIN', nameField: 'name' },
];
