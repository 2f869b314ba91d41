import type { Clock } from '@fieldline/kernel';
import { valueInColumns, ValueKind, type PointColumns, type StoredValue } from '@fieldline/model';
import { FolderSnapshot, type StoredSeries } from '@fieldline/storage-sqlite';
import { cliErrors } from '../errors.js';
import type { ExportChoice } from './read-data-command.js';
import { csvLine, jsonLine } from './row-text.js';

interface NamedSeries extends StoredSeries {
  readonly name: string;
}

/** How the points of a series are written: what comes before all of them, and each of them. */
interface PointForm {
  readonly head: readonly string[];
  readonly line: (series: NamedSeries, tsMs: number, kind: ValueKind, value: StoredValue) => string;
}

const forms: Readonly<Record<ExportChoice['format'], PointForm>> = {
  csv: {
    head: [csvLine(['entity_type', 'entity_id', 'entity_name', 'key', 'ts', 'time', 'value'])],
    line: ({ entity, name, key }, tsMs, _, value) => csvLine([entity.entityType, entity.id, name, key, tsMs, timeText(tsMs), value]),
  },
  ndjson: {
    head: [],
    line: ({ entity, name, key }, tsMs, kind, value) => {
      const before = jsonLine({ entityType: entity.entityType, entityId: entity.id, entityName: name, key, ts: tsMs });
      // JSON values are values of the line, not text in it.
      const text = kind === ValueKind.json ? String(value) : typeof value === 'bigint' ? String(value) : JSON.stringify(value);
      return `${before.slice(0, -1)},"value":${text}}`;
    },
  },
};

/**
 * Writes the points of a data folder line by line, series after series, each in the order of time.
 *
 * @param write resolves when more may be written
 * @returns how many points and series there were
 * @throws CLI_ENTITY_UNKNOWN, and what `FolderSnapshot` throws
 */
export async function exportPoints(
  { dir, choice, clock }: { readonly dir: string; readonly choice: ExportChoice; readonly clock: Pick<Clock, 'nowMs'> },
  write: (lines: readonly string[]) => Promise<void>,
): Promise<{ readonly points: number; readonly series: number }> {
  const snapshot = new FolderSnapshot({ path: dir, clock });
  try {
    const chosen = chosenSeries(snapshot, choice);
    const { head, line } = forms[choice.format];
    await write(head);
    let points = 0;
    for (const series of chosen) {
      for (const columns of snapshot.points(series.id, { ...choice, limit: Infinity, order: 'ASC' })) {
        points += columns.count;
        await write(linesOfPiece(columns, (tsMs, kind, value) => line(series, tsMs, kind, value)));
      }
    }
    return { points, series: chosen.length };
  } finally {
    snapshot.close();
  }
}

function linesOfPiece(columns: PointColumns, line: (tsMs: number, kind: ValueKind, value: StoredValue) => string): string[] {
  const lines: string[] = [];
  for (let place = 0; place < columns.count; place += 1) {
    lines.push(line(columns.times[place] as number, columns.kinds[place] as ValueKind, valueInColumns(columns, place)));
  }
  return lines;
}

function chosenSeries(snapshot: FolderSnapshot, { keys, entity }: ExportChoice): NamedSeries[] {
  const chosen: NamedSeries[] = [];
  let isKnown = false;
  for (const series of snapshot.series()) {
    const name = snapshot.nameOf(series.entity);
    if (entity !== undefined && series.entity.id !== entity && name !== entity) continue;
    isKnown = true;
    if (keys.length === 0 || keys.includes(series.key)) chosen.push({ ...series, name });
  }
  if (entity !== undefined && !isKnown) throw cliErrors.ENTITY_UNKNOWN({ wanted: entity });
  return chosen;
}

/** As ISO 8601 in UTC; empty for times beyond its years. */
function timeText(tsMs: number): string {
  const date = new Date(tsMs);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
