import { isProblem } from '@fieldline/kernel';
import type { ProblemError } from '@fieldline/kernel';
import { restErrors } from './errors.js';

/** What the compatible API says of a body that cannot be used, by what is wrong with it (rest-api.md §6.7 and §6.8). */
export interface BodyFailures {
  readonly notJson: () => ProblemError;
  readonly notObject: () => ProblemError;
  readonly nullValue: () => ProblemError;
}

export const attributeFailures: BodyFailures = {
  notJson: restErrors.ATTRIBUTES_NOT_JSON,
  notObject: restErrors.ATTRIBUTES_NOT_OBJECT,
  nullValue: restErrors.ATTRIBUTES_NULL,
};
export const seriesFailures: BodyFailures = {
  notJson: restErrors.SERIES_NOT_JSON,
  notObject: restErrors.SERIES_UNREADABLE,
  nullValue: restErrors.SERIES_UNREADABLE,
};

/** Reads a body; faults of its form get the sentences that clients know, faults of single keys keep their own. */
export function readBody<T>(text: string, failures: BodyFailures, read: () => T): T {
  if (!isJson(text)) throw failures.notJson();
  try {
    return read();
  } catch (error) {
    if (!isProblem(error)) throw error;
    if (error.code === 'TELEMETRY_BODY_INVALID') throw failures.notObject();
    if (error.code === 'TELEMETRY_VALUE_NULL') throw failures.nullValue();
    if (error.code === 'TELEMETRY_KEY_INVALID' && String(error.details?.['key']).trim() === '') throw restErrors.KEY_BLANK();
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The only thing the parser throws is a SyntaxError, which is the answer.
    return false;
  }
}
