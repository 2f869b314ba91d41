import type { ImportRequest, ImportResult } from '@fieldline/api-contract';
import { API_IMPORT_ERRORS_TOLD_MAX } from '@fieldline/api-contract';
import type { DirectoryDeps, ImportedRow, ImportKind, RefusedRow } from '@fieldline/directory';
import { BulkImport } from '@fieldline/directory';
import { isProblem } from '@fieldline/kernel';
import type { Caller, TelemetryCommands } from '@fieldline/ports';
import { contextOf } from './command-context.js';
import type { TableRow } from './import-rows.js';
import { tableRows } from './import-rows.js';
import { IMPORT_ROWS_PER_WRITE } from './limits.js';

export interface ImportOptions {
  readonly isDryRun: boolean;
  /** Line to begin with, from 1. */
  readonly fromLine: number;
}

type ImportDeps = DirectoryDeps & { readonly commands: TelemetryCommands };

/**
 * Imports a table: some hundred lines at a time, first the entities, then their values. Lines that cannot be taken over
 * are told and do not hold up the others.
 *
 * @throws CONTRACT_CSV_* where the text is no table; then nothing was written
 * @throws STORAGE_UNAVAILABLE where writing is not possible; what was written stays, and the same import may be sent again
 */
export async function importTable(
  deps: ImportDeps,
  kind: ImportKind,
  caller: Caller,
  request: ImportRequest,
  { isDryRun, fromLine }: ImportOptions,
): Promise<ImportResult> {
  const rows = tableRows(request, fromLine);
  const importer = await BulkImport.start(deps, kind, caller, isDryRun);
  const result: ImportResult = { created: 0, updated: 0, errors: 0, errorsList: [] };
  const refuse = (line: number, reason: string): void => {
    result.errors += 1;
    if (result.errorsList.length < API_IMPORT_ERRORS_TOLD_MAX) result.errorsList.push(`Line ${line}: ${reason}`);
  };
  for (let first = 0; first < rows.length; first += IMPORT_ROWS_PER_WRITE) {
    const slice = rows.slice(first, first + IMPORT_ROWS_PER_WRITE);
    const readable = slice.filter(({ fault }) => fault === undefined);
    const taken = await importer.take(readable.map(({ row }) => row));
    const outcomes = new Map(taken.map((one) => [one.line, one]));
    const isWritten = ({ outcome }: ImportedRow): boolean => !isDryRun && (outcome === 'created' || request.mapping.update === true);
    const failed = await saveValues(deps, caller, readable, (line) => {
      const outcome = outcomes.get(line);
      return outcome !== undefined && 'outcome' in outcome && isWritten(outcome) ? outcome : undefined;
    });
    for (const { row, fault } of slice) {
      const outcome = outcomes.get(row.line);
      const reason = fault ?? reasonOf(outcome) ?? failed.get(row.line);
      if (reason !== undefined) refuse(row.line, reason);
      else if (outcome !== undefined && 'outcome' in outcome) result[outcome.outcome] += 1;
    }
  }
  return result;
}

function reasonOf(outcome: ImportedRow | RefusedRow | undefined): string | undefined {
  return outcome !== undefined && 'error' in outcome ? outcome.error.message : undefined;
}

/** Writes the values of lines whose entity is there, together; the lines that failed, with the reason. */
async function saveValues(
  { commands, clock }: ImportDeps,
  caller: Caller,
  rows: readonly TableRow[],
  targetOf: (line: number) => ImportedRow | undefined,
): Promise<ReadonlyMap<number, string>> {
  const context = contextOf(caller);
  const failed = new Map<number, string>();
  const save = async ({ row, attributes, series }: TableRow): Promise<void> => {
    const target = targetOf(row.line);
    if (target === undefined) return;
    const { entity, name: entityName, customerId } = target;
    const tsMs = clock.nowMs();
    const points = series.map((value) => ({ ...value, tsMs }));
    try {
      for (const { scope, values } of attributes) await commands.saveAttributes(context, { entity, entityName, customerId, scope, values });
      if (points.length > 0) await commands.saveTelemetry(context, { entity, entityName, customerId, points, ttlMs: 0 });
    } catch (error) {
      if (!isProblem(error) || error.retry === 'later') throw error;
      failed.set(row.line, `It was saved, but not its values: ${error.message}`);
    }
  };
  await Promise.all(rows.map(save));
  return failed;
}
