import type { EntityKind } from './entities.js';
import type { EntityType } from './entity-id.js';
import type { RuleChain, RuleNode } from './rule-chain.js';

// Which entities queries know, and what their entity fields are called (rest-api.md §23.4).

/** The types that entity queries find, with the kind that keeps them: rule nodes are kept by their chain. Of all others they find nothing. */
export const queriedKinds = {
  TENANT: 'tenant',
  TENANT_PROFILE: 'tenantProfile',
  CUSTOMER: 'customer',
  USER: 'user',
  DEVICE: 'device',
  DEVICE_PROFILE: 'deviceProfile',
  ASSET: 'asset',
  ASSET_PROFILE: 'assetProfile',
  ENTITY_VIEW: 'entityView',
  DASHBOARD: 'dashboard',
  OTA_PACKAGE: 'otaPackage',
  RULE_CHAIN: 'ruleChain',
  RULE_NODE: 'ruleChain',
} as const satisfies Partial<Record<EntityType, EntityKind>>;
export type QueriedType = keyof typeof queriedKinds;

export const queriedTypes = Object.keys(queriedKinds) as readonly QueriedType[];

export const isQueriedType = (entityType: EntityType): entityType is QueriedType => Object.hasOwn(queriedKinds, entityType);

/** The types that relation queries find where they name none. */
export const relatedTypes: readonly QueriedType[] = ['TENANT', 'CUSTOMER', 'USER', 'DASHBOARD', 'ASSET', 'DEVICE', 'ENTITY_VIEW'];

/**
 * Where an entity field comes from. `field`: a field of the entity. `first`: the first of these fields that is there
 * and not empty. `person`: given and family name, else the email. `constant`: always this. All others: what they say.
 */
export type FieldSource =
  | { readonly from: 'field'; readonly field: string }
  | { readonly from: 'first'; readonly fields: readonly [string, string] }
  | { readonly from: 'constant'; readonly text: string }
  | { readonly from: 'createdTime' | 'additionalInfo' | 'person' | 'ownerName' | 'ownerType' | 'root' };

type Sources = Readonly<Record<string, FieldSource>>;

const field = (name: string): FieldSource => ({ from: 'field', field: name });
const fields = (...names: readonly string[]): Sources => Object.fromEntries(names.map((name) => [name, field(name)]));
const called = (name: string, ...keys: readonly string[]): Sources => Object.fromEntries(keys.map((key) => [key, field(name)]));

const owner: Sources = { ownerName: { from: 'ownerName' }, ownerType: { from: 'ownerType' } };
const labelled: Sources = {
  ...fields('name', 'type', 'label'),
  ...owner,
  title: field('name'),
  displayName: { from: 'first', fields: ['label', 'name'] },
};
const contact: Sources = {
  ...fields('email', 'country', 'state', 'city', 'address', 'address2', 'zip', 'phone'),
  ...called('name', 'title', 'name', 'label', 'displayName'),
};

const sources: { readonly [T in QueriedType]: Sources } = {
  TENANT: { ...contact, region: { from: 'constant', text: 'Global' } },
  TENANT_PROFILE: fields('name'),
  CUSTOMER: contact,
  USER: { ...fields('firstName', 'lastName', 'email', 'phone'), ...called('email', 'name', 'label', 'title'), displayName: { from: 'person' } },
  DEVICE: labelled,
  DEVICE_PROFILE: { ...fields('name'), type: { from: 'constant', text: 'DEFAULT' } },
  ASSET: labelled,
  ASSET_PROFILE: fields('name'),
  ENTITY_VIEW: { ...fields('name', 'type'), ...owner, ...called('name', 'title', 'displayName') },
  DASHBOARD: { ...called('name', 'title', 'name', 'displayName'), ...owner },
  OTA_PACKAGE: fields('name', 'type'),
  RULE_CHAIN: fields('name'),
  RULE_NODE: fields('name'),
};

/** Where an entity field of a type comes from; undefined where the type has no such field. */
export function fieldSource(entityType: QueriedType, key: string): FieldSource | undefined {
  switch (key) {
    case 'createdTime':
    case 'additionalInfo':
      return { from: key };
    case 'entityType':
      return { from: 'constant', text: entityType };
    case 'parentId':
      return { from: 'root' };
    default:
      return Object.hasOwn(sources[entityType], key) ? sources[entityType][key] : undefined;
  }
}

/** A rule node as queries see it. */
export interface QueriedNode {
  readonly id: string;
  readonly tenantId: string;
  readonly createdAtMs: number;
  readonly name: string;
  readonly additionalInfo: NodeInfo;
}

/** What the compatible API calls the additional info of a rule node. */
export interface NodeInfo {
  readonly layoutX: number;
  readonly layoutY: number;
  readonly description: string;
}

export const nodeInfo = ({ layout, description = '' }: RuleNode): NodeInfo => ({ layoutX: layout.x, layoutY: layout.y, description });

/** The nodes of a chain as queries see them: as old as their chain. */
export function queriedNodes({ nodes, tenantId, createdAtMs }: RuleChain): readonly QueriedNode[] {
  return nodes.map((node) => ({ id: node.id, tenantId, createdAtMs, name: node.name, additionalInfo: nodeInfo(node) }));
}
