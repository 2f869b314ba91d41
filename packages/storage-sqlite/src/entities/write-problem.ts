import { ProblemError } from '@fieldline/kernel';
import { entityRules, type EntityKind, type UniqueRule } from '@fieldline/model';
import { storageErrors, type EntityChange } from '@fieldline/ports';
import type { WriteFailure } from '../writer/writer-link.js';
import { entityTables, uniqueColumnOf } from './entity-tables.js';

/** Why nothing was written, in the words of the port. `changes` has for each statement the change it came from. */
export function writeProblem(failure: WriteFailure, changes: readonly EntityChange[]): ProblemError {
  if (failure.kind === 'problem') return new ProblemError(failure.problem);
  if (failure.kind === 'unchanged') {
    const change = changes[failure.statement];
    if (change?.change === 'update') return storageErrors.VERSION_CONFLICT({ kind: change.kind, id: change.entity.id });
    if (change?.change === 'require') return storageErrors.REFERENCE_GONE({ kind: change.kind, id: change.id });
    if (change?.change === 'require-fewer') return storageErrors.LIMIT_REACHED({ kind: change.kind, limit: change.limit });
  } else {
    const [name] = failure.columns.split('.');
    const table = Object.values(entityTables).find((known) => known.table === name);
    if (table !== undefined) return storageErrors.NAME_TAKEN({ kind: table.kind, field: fieldOfColumns(table.kind, failure.columns) });
  }
  return storageErrors.UNAVAILABLE({ reason: `the database refused a write (${JSON.stringify(failure)})` });
}

/** The field that SQLite says is taken; `columns` as in `user.email_folded` or `device.tenant_id, device.name`. */
function fieldOfColumns(kind: EntityKind, columns: string): string {
  const last = columns.split('.').at(-1) ?? columns;
  const rules: readonly UniqueRule<EntityKind>[] = entityRules[kind].unique;
  return rules.find((rule) => uniqueColumnOf(rule) === last)?.field ?? last;
}
