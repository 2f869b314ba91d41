import type { Log, LogFields } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';

const levels = ['error', 'warn', 'info', 'debug'] as const;
type Level = (typeof levels)[number];

/**
 * Writes one JSON object a line to standard error: `time`, `level`, `event` and the fields. Standard output
 * stays free for the start-up block and the ready line.
 */
export function jsonLog(least: Level, nowMs: () => number, write: (line: string) => void): Log {
  const shown = new Set<Level>(levels.slice(0, levels.indexOf(least) + 1));
  const at =
    (level: Level) =>
    (event: string, fields?: LogFields): void => {
      if (!shown.has(level)) return;
      write(`${JSON.stringify({ time: new Date(nowMs()).toISOString(), level, event, ...plain(fields) })}\n`);
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

function plain(fields: LogFields | undefined): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (isProblem(value)) result[name] = problemOf(value);
    else if (value instanceof Error) result[name] = { name: value.name, message: value.message, stack: value.stack };
    else if (typeof value === 'bigint') result[name] = value.toString();
    else result[name] = value;
  }
  return result;
}
