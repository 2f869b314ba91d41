import type { Message } from '@fieldline/model';

/** The body as it is sent: its text, or with `asPlainText` the text inside a JSON string, without quotes. */
export function payloadOf(message: Message, asPlainText: boolean): string {
  const { text } = message;
  if (!asPlainText || !/^\s*"/.test(text)) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    // Not JSON, so there are no quotes that mean something.
    return text;
  }
}
