import type { JsonObject, JsonValue } from '@fieldline/plugin-sdk';

/**
 * A field of an entity as text, by its name or by a path such as `additionalInfo.description`: an id is its UUID, objects and
 * lists are JSON. Null is null; undefined where the entity has no such field.
 */
export function fieldText(entity: JsonObject, path: string): string | null | undefined {
  let value: JsonValue | undefined = entity;
  for (const name of path.split('.')) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  if (value === undefined || value === null || typeof value === 'string') return value;
  if (isObject(value) && typeof value['entityType'] === 'string' && typeof value['id'] === 'string') return value['id'];
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
