import type { ProblemError } from '@fieldline/kernel';
import { mongoErrors } from '../errors.js';
import { DOCUMENT_TEXT_BYTES_MAX, SHORT_TEXT_CHARACTERS } from '../limits.js';
import type { MongoUnit } from './mongo-unit.js';

/**
 * Why a unit is refused before anything waits for it: it has a text that no document of MongoDB holds. What cannot be
 * journalled takes all units along that were given after it, and would be sent again for ever.
 */
export function sizeProblem({ pointChanges, attributeChanges, handOverChanges, deadLetters }: MongoUnit): ProblemError | undefined {
  const isTooLarge =
    [pointChanges, attributeChanges].some((changes) => changes.some((change) => 'value' in change && isLong(change.value))) ||
    handOverChanges.some((change) => 'message' in change && isLongInJson(change.message.text)) ||
    deadLetters.some(({ message }) => isLongInJson(message.text));
  return isTooLarge ? mongoErrors.WRITE_TOO_LARGE({ what: 'bytes of one text', max: DOCUMENT_TEXT_BYTES_MAX }) : undefined;
}

/** Nearly all texts are so short that their bytes need no counting. */
const isLong = (value: unknown): boolean =>
  typeof value === 'string' && value.length > SHORT_TEXT_CHARACTERS && Buffer.byteLength(value) > DOCUMENT_TEXT_BYTES_MAX;

/** There a character may take six bytes. */
const isLongInJson = (text: string): boolean => text.length > SHORT_TEXT_CHARACTERS && isLong(JSON.stringify(text));
