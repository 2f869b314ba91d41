import type { JsonValue, Message } from '@fieldline/model';

/** What a body is, in words for an error. */
export function bodyForm(body: JsonValue | undefined): string {
  if (body === undefined) return 'not JSON';
  if (body === null) return 'null';
  if (Array.isArray(body)) return 'an array';
  return typeof body === 'object' ? 'an object' : `a ${typeof body}`;
}

/** The body of a message as JSON, or undefined where its text is none. */
export function bodyOf(message: Message): JsonValue | undefined {
  try {
    return message.data;
  } catch {
    // The only thing `data` throws is the parser's SyntaxError; callers turn it into a coded error.
    return undefined;
  }
}
