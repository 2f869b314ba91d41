import type { JsonObject, JsonValue } from './value.js';

/**
 * A JSON value after a merge patch (RFC 7396): of objects each member that the patch names is changed by itself, one that it
 * gives as null is taken away, and everything else is replaced. As deep as the patch is nested.
 */
export function mergePatched(before: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  const members = new Map(Object.entries(isObject(before) ? before : {}));
  for (const [name, change] of Object.entries(patch)) {
    if (change === null) members.delete(name);
    else members.set(name, mergePatched(members.get(name), change));
  }
  return Object.fromEntries(members);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
