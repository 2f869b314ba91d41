import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cliErrors } from '../errors.js';
import { dataFolder, type Environment } from '../settings.js';

/** Which points to export. */
export interface ExportChoice {
  readonly format: 'csv' | 'ndjson';
  /** All if none are named. */
  readonly keys: readonly string[];
  /** Id or name of an entity; all if absent. */
  readonly entity: string | undefined;
  /** Milliseconds since 1970; the end is not part of it. */
  readonly startMs: number;
  readonly endMs: number;
  /** Standard output if absent. */
  readonly file: string | undefined;
}

/** `fieldline backup|restore|check|sql|export …` as it was typed, checked. `dir` is the data folder. */
export type DataCommand = { readonly dir: string } & (
  | { readonly name: 'backup'; readonly to: string }
  | { readonly name: 'restore'; readonly from: string }
  | { readonly name: 'check' }
  | { readonly name: 'sql'; readonly query: string; readonly format: SqlFormat }
  | ({ readonly name: 'export' } & ExportChoice)
);
export type SqlFormat = 'table' | 'csv' | 'ndjson';

export const dataCommands = ['backup', 'restore', 'check', 'sql', 'export'] as const;

/** Times of points are those of the calendar of JavaScript: it begins so long before 1970, and ends as long after it. */
const CALENDAR_MS = 8.64e15;

/** @throws CLI_USAGE, CLI_FILE_UNUSABLE for settings that cannot be read */
export function readDataCommand(name: (typeof dataCommands)[number], args: readonly string[], environment: Environment): DataCommand {
  const { values, positionals } = parsed(args);
  const stray = Object.keys(values).find((option) => !options[name].includes(option));
  if (stray !== undefined) throw cliErrors.USAGE({ fault: `--${stray} does not go with ${name}` });
  const [subject, ...surplus] = positionals;
  const takesNone = name === 'check' || name === 'export';
  if (surplus.length > 0 || (takesNone && subject !== undefined))
    throw cliErrors.USAGE({ fault: `"${(takesNone ? positionals : surplus).join(' ')}" is too much, or quotes are missing` });
  const dir = values.data === undefined ? dataFolder(environment) : resolve(values.data);
  if (name === 'check') return { name, dir };
  if (name === 'export') return { name, dir, ...exportChoice(values) };
  if (subject === undefined) throw cliErrors.USAGE({ fault: missing[name] });
  if (name === 'backup') return { name, dir, to: resolve(subject) };
  if (name === 'restore') return { name, dir, from: resolve(subject) };
  return { name, dir, query: subject, format: oneOf(['table', 'csv', 'ndjson'], values.format ?? 'table') };
}

const options: Readonly<Record<(typeof dataCommands)[number], readonly string[]>> = {
  backup: ['data'],
  restore: ['data'],
  check: ['data'],
  sql: ['data', 'format'],
  export: ['data', 'format', 'key', 'entity', 'from', 'to', 'file'],
};

const missing = {
  backup: 'Name a new folder for the backup',
  restore: 'Name the folder of the backup',
  sql: 'Give the query in quotes, such as "SELECT key, count(*) FROM time_series GROUP BY key"',
} as const;

type Values = ReturnType<typeof parsed>['values'];

function exportChoice({ format, key, entity, from, to, file }: Values): ExportChoice {
  const startMs = from === undefined ? -CALENDAR_MS : timeOf('--from', from);
  const endMs = to === undefined ? CALENDAR_MS + 1 : timeOf('--to', to);
  if (endMs <= startMs) throw cliErrors.USAGE({ fault: '--to must be later than --from' });
  return {
    format: oneOf(['csv', 'ndjson'], format ?? 'csv'),
    keys: key ?? [],
    entity,
    startMs,
    endMs,
    file: file === undefined ? undefined : resolve(file),
  };
}

function oneOf<T extends string>(known: readonly T[], format: string): T {
  const found = known.find((one) => one === format);
  if (found === undefined) throw cliErrors.USAGE({ fault: `"${format}" is no format; say one of ${known.join(', ')} after --format` });
  return found;
}

function timeOf(option: string, text: string): number {
  const timeMs = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isSafeInteger(timeMs))
    throw cliErrors.USAGE({ fault: `${option} takes milliseconds since 1970 or a time such as 2026-11-22T10:00:00Z, not "${text}"` });
  return timeMs;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      // No option has a name that begins with a blank: it is the comment in front of a query.
      args: args.map((argument) => (/^--\s/.test(argument) ? ` ${argument}` : argument)),
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        format: { type: 'string' },
        key: { type: 'string', multiple: true },
        entity: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        file: { type: 'string' },
      },
    });
  } catch (error) {
    throw cliErrors.USAGE({ fault: error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error) }, { cause: error });
  }
}
