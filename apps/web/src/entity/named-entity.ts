import { kindText } from '../entities/entity-address.js';
import type { EntityRef } from '../api/wire.js';

/** Whom a page is about. */
export interface NamedEntity extends EntityRef {
  readonly name: string;
}

/** What sentences call an entity of a kind, such as "device". */
export function nounOf({ entityType }: EntityRef): string {
  return kindText(entityType).toLowerCase();
}
