import { mongoErrors } from '../errors.js';
import { DOCUMENT_TEXT_BYTES_MAX, SHORT_TEXT_CHARACTERS } from '../limits.js';
import type { MongoUnit } from './mongo-unit.js';

/**
 * Refuses a unit with a text that no document of MongoDB holds, before anything waits for it: what cannot be journalled
 * takes all units along that were given after it, and would be sent again for ever.
 *
 * @throws MONGO_WRITE_TOO_LARGE
 */
export function checkSize({ pointChanges, attributeChanges, handOverChanges, deadLetters }: MongoUnit): void {
  for (const change of pointChanges) if ('value' in change) checkText(change.value);
  for (const change of attributeChanges) if ('value' in change) checkText(change.value);
  for (const change of handOverChanges) if ('message' in change) checkEscaped(change.message.text);
  for (const { message } of deadLetters) checkEscaped(message.text);
}

function checkText(value: unknown): void {
  // Nearly all texts are so short that their bytes need no counting.
  if (typeof value !== 'string' || value.length <= SHORT_TEXT_CHARACTERS) return;
  if (Buffer.byteLength(value) > DOCUMENT_TEXT_BYTES_MAX)
    throw mongoErrors.WRITE_TOO_LARGE({ what: 'bytes of one text', max: DOCUMENT_TEXT_BYTES_MAX });
}

/** A text that is kept in JSON, where a character may take six bytes. */
function checkEscaped(text: string): void {
  if (text.length > SHORT_TEXT_CHARACTERS) checkText(JSON.stringify(text));
}
