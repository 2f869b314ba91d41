import type { Message } from '@fieldline/model';
import { compactJson, forEachElement, skipSpace } from '@fieldline/model';

/** The JSON texts of the elements of a body that is an array, in order; numbers stay as they were written. Undefined for other bodies. */
export function elementsOf(message: Message): readonly string[] | undefined {
  if (!Array.isArray(message.data)) return undefined;
  const elements: string[] = [];
  const { text } = message;
  forEachElement(text, skipSpace(text, 0), (from, to) => elements.push(compactJson(text.slice(from, to))));
  return elements;
}
