import type { JsonObject, Message } from '@fieldline/model';
import { compactJson, forEachMember, skipSpace } from '@fieldline/model';

/** The body where it is an object; undefined for other bodies and for text that is not JSON. */
export function bodyObject(message: Message): JsonObject | undefined {
  try {
    const { data } = message;
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as JsonObject) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The members of a body that is an object: name and JSON text of the value, in order, so that a node can move
 * values about without changing how their numbers are written (rule-engine.md §13). Undefined for other bodies.
 */
export function membersOf(message: Message): Map<string, string> | undefined {
  if (bodyObject(message) === undefined) return undefined;
  const members = new Map<string, string>();
  const { text } = message;
  forEachMember(text, skipSpace(text, 0), (key, from, to) => members.set(key, compactJson(text.slice(from, to))));
  return members;
}

/** JSON text of an object with these members. */
export function textOfMembers(members: ReadonlyMap<string, string>): string {
  return `{${Array.from(members, ([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}
