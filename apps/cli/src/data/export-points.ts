import { isProblem, type Clock, type ProblemError } from '@fieldline/kernel';
import { valueInColumns, ValueKind, type PointColumns, type StoredValue } from '@fieldline/model';
import { FolderSnapshot, type StoredSeries } from '@fieldline/storage-sqlite';
import { cliErrors } from '../errors.js';
import type { ExportChoice } from './read-data-command.js';
import { csvCell, csvLine, jsonLine } from './row-text.js';

interface NamedSeries extends StoredSeries {
  readonly name: string;
}

/** The line of a point. */
type LineOfPoint = (tsMs: number, kind: ValueKind, value: StoredValue) => string;

/** How points are written: what comes before all of them, and the lines of a series, of which all begin alike. */
interface PointForm {
  readonly head: readonly string[];
  readonly lineOf: (series: NamedSeries) => LineOfPoint;
}

const forms: Readonly<Record<ExportChoice['format'], PointForm>> = {
  csv: {
    head: [csvLine(['entity_type', 'entity_id', 'entity_name', 'key', 'ts', 'time', 'value'])],
    lineOf: ({ entity, name, key }) => {
      const before = csvLine([entity.entityType, entity.id, name, key]);
      return (tsMs, _, value) => `${before},${tsMs},${timeText(tsMs)},${csvCell(value)}`;
    },
  },
  ndjson: {
    head: [],
    lineOf: ({ entity, name, key }) => {
      const before = jsonLine({ entityType: entity.entityType, entityId: entity.id, entityName: name, key }).slice(0, -1);
      // JSON values are values of the line, not text in it.
      const text = (kind: ValueKind, value: StoredValue): string => (kind === ValueKind.string ? JSON.stringify(value) : String(value));
      return (tsMs, kind, value) => `${before},"ts":${tsMs},"value":${text(kind, value)}}`;
    },
  },
};

/**
 * Writes the points of a data folder line by line, series after series, each in the order of time.
 *
 * @param write resolves when more may be written; false when no more is wanted
 * @param onDamaged told of each damaged block, and of each series that cannot be read on: their points are left out
 * @returns how many points and series were written
 * @throws CLI_ENTITY_UNKNOWN, and what `FolderSnapshot` throws
 */
export async function exportPoints(
  { dir, choice, clock }: { readonly dir: string; readonly choice: ExportChoice; readonly clock: Pick<Clock, 'nowMs'> },
  write: (lines: readonly string[]) => Promise<boolean>,
  onDamaged: (problem: ProblemError) => void,
): Promise<{ readonly points: number; readonly series: number }> {
  const snapshot = new FolderSnapshot({ path: dir, clock, onDamaged });
  try {
    const chosen = chosenSeries(snapshot, choice);
    const { head, lineOf } = forms[choice.format];
    let points = 0;
    let isWanted = await write(head);
    for (const series of chosen) {
      const line = lineOf(series);
      for (const columns of asFarAsReadable(snapshot.points(series.id, { ...choice, limit: Infinity, order: 'ASC' }), onDamaged)) {
        if (!isWanted) return { points, series: chosen.length };
        points += columns.count;
        isWanted = await write(linesOfPiece(columns, line));
      }
    }
    return { points, series: chosen.length };
  } finally {
    snapshot.close();
  }
}

/** What cannot be read of a series keeps no other from being written. */
function* asFarAsReadable(pieces: Iterable<PointColumns>, onDamaged: (problem: ProblemError) => void): Iterable<PointColumns> {
  try {
    yield* pieces;
  } catch (error) {
    if (!isProblem(error) || error.code !== 'STORAGE_CORRUPT') throw error;
    onDamaged(error);
  }
}

function linesOfPiece(columns: PointColumns, line: LineOfPoint): string[] {
  const lines: string[] = [];
  for (let place = 0; place < columns.count; place += 1) {
    lines.push(line(columns.times[place] as number, columns.kinds[place] as ValueKind, valueInColumns(columns, place)));
  }
  return lines;
}

function chosenSeries(snapshot: FolderSnapshot, { keys, entity }: ExportChoice): NamedSeries[] {
  const chosen: NamedSeries[] = [];
  const names = new Map<string, string>();
  let isKnown = false;
  for (const series of snapshot.series()) {
    // An entity has many series, and its name is looked up once.
    const { entityType, id } = series.entity;
    const name = names.get(`${entityType} ${id}`) ?? snapshot.nameOf(series.entity);
    names.set(`${entityType} ${id}`, name);
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
