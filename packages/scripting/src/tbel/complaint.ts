import { scriptErrors } from '../errors.js';
import { placeOf } from '../script-text.js';

/** Refuses a script at an offset of its text. */
export type Complain = (reason: string, at: number) => never;

export function complainerAbout(source: string): Complain {
  return (reason, at) => {
    throw scriptErrors.COMPILE_FAILED({ reason, ...placeOf(source, Math.min(at, source.length)) });
  };
}
