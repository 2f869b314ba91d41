import type { JsonObject } from '../../api/wire.js';
import { type ChosenKind, chosenKinds } from '../../entities/chosen-kinds.js';

/** Fields that hold the id of an entity, with the field that says what kind of entity. */
const kindFields: Readonly<Record<string, string>> = { entityId: 'entityType', originatorId: 'originatorType' };

/** What kind of entity a field names, where people can choose one of that kind by its name. */
export function entityKindOf(field: string, object: JsonObject): ChosenKind | undefined {
  const kind = object[kindFields[field] ?? ''];
  return typeof kind === 'string' && Object.hasOwn(chosenKinds, kind) ? (kind as ChosenKind) : undefined;
}
