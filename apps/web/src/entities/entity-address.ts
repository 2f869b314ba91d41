import type { EntityRef } from '../api/wire.js';

const pages: Partial<Record<EntityRef['entityType'], string>> = {
  DEVICE: '/devices',
  ASSET: '/assets',
  CUSTOMER: '/customers',
  RULE_CHAIN: '/rule-chains',
};

/** The page of an entity; undefined where its kind has none. */
export function addressOf({ entityType, id }: EntityRef): string | undefined {
  const page = pages[entityType];
  return page === undefined ? undefined : `${page}/${id}`;
}

/** The kind of an entity in words, such as "Rule chain". */
export function kindText(entityType: EntityRef['entityType']): string {
  const text = entityType.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
