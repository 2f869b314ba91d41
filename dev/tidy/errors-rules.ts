import type { DeclaredError } from '../errors-doc/collect.js';
import { renderErrors } from '../errors-doc/render.js';
import type { Complaint } from './source-files.js';

const kinds = ['invalid-input', 'unauthenticated', 'forbidden', 'not-found', 'conflict', 'limit-exceeded', 'unavailable', 'internal'];

/** Codes declared twice: a code belongs to one error. */
export function repeatedCodes(errors: readonly DeclaredError[]): Complaint[] {
  const first = new Map<string, DeclaredError>();
  return errors.flatMap((error) => {
    const other = first.get(error.code);
    if (other === undefined) {
      first.set(error.code, error);
      return [];
    }
    return [{ path: error.path, line: error.line, message: `declares ${error.code}, which ${other.path}:${other.line} declares already.` }];
  });
}

/** Declarations from which nobody could act. */
export function incompleteErrors(errors: readonly DeclaredError[]): Complaint[] {
  return errors.flatMap(({ path, line, code, kind, message, remedy }) => {
    const missing = [...(kinds.includes(kind) ? [] : ['kind']), ...(message === '' ? ['message'] : []), ...(remedy === '' ? ['remedy'] : [])];
    return missing.length === 0 ? [] : [{ path, line, message: `declares ${code} without ${missing.join(', ')} that can be read from the source.` }];
  });
}

/** docs/errors.md must say what the code says. */
export function staleErrorsPage(errors: readonly DeclaredError[], page: string | undefined): Complaint[] {
  return page === renderErrors(errors) ? [] : [{ path: 'docs/errors.md', message: 'is out of step with the error declarations: run npm run docs.' }];
}
