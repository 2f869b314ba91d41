import { entityTypes, type EntityType } from '@fieldline/plugin-sdk';

/** What the palette of ThingsBoard offers; it comes first where all are listed. */
const usual: readonly EntityType[] = [
  'DEVICE',
  'ASSET',
  'ALARM',
  'ENTITY_VIEW',
  'TENANT',
  'CUSTOMER',
  'USER',
  'DASHBOARD',
  'RULE_CHAIN',
  'RULE_NODE',
  'EDGE',
];

/** The entity type as relation types write it: `Rule chain`, but `Entity View`, and a `TB_RESOURCE` is a `Resource`. */
export function entityTypeLabel(entityType: EntityType): string {
  if (entityType === 'ENTITY_VIEW') return 'Entity View';
  const words = entityType.replace(/^TB_/, '').toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const entityTypeLabels: readonly string[] = [...new Set([...usual, ...entityTypes])].map(entityTypeLabel);
