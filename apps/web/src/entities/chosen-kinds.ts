import type { EntityRef } from '../api/wire.js';

/** Kinds of entities that a person chooses from, with the name of each. */
export const chosenKinds = {
  DEVICE: 'Device',
  ASSET: 'Asset',
  CUSTOMER: 'Customer',
  USER: 'User',
  RULE_CHAIN: 'Rule chain',
} as const satisfies Partial<Record<EntityRef['entityType'], string>>;
export type ChosenKind = keyof typeof chosenKinds;
