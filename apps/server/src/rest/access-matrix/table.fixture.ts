import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome, Row } from './calls.fixture.js';
import { type CallerName, callers } from './world.fixture.js';

/** Where the matrix is kept. */
export const tablePath = join(import.meta.dirname, 'access-matrix.md');

const introduction = `# Who may do what

Every route of the API, called by everybody. A cell is the status of the answer; with \`/\` and the error code of the body
where it is 401. A test compares it with what the server does; after a change that is meant,
\`node dev/run.mjs dev/generate-access-matrix.ts\` writes it anew, and the difference is what to review.

- **sample**: which of several requests to the route, where there are several.
- **object of**: whose the objects are that the request names: a customer's, the public customer's, those of the same tenant
  that belong to no customer, or another tenant's. Empty where it names none.
- **system**: system administrator. **tenant**: administrator of the tenant. **customer**: user of the customer.
  **other customer**: user of another customer of the tenant. **public**: whoever knows the public customer of the tenant.
  **other tenant**: administrator of the other tenant. **expired**: the tenant administrator with a token that ended.
  **none**: no token.

What is called "own" in the name of a sample is the caller's, and what the row is about is the rest of the request.
`;

/** The lines of the table above the rows. */
const heads = ['route', 'sample', 'object of', ...callers];

/** What identifies a row in the table. */
export const labelOf = ({ key, sample, owner, uses }: Row): readonly string[] => [key, sample, uses === 'nothing' ? '' : owner];

/** The statuses of the outcomes as a page, a section for each area of the API. */
export function tableText(outcomes: readonly Outcome[]): string {
  const areas = new Map<string, Map<string, string[]>>();
  for (const { row, status } of outcomes) {
    const rows = areas.get(row.route.area) ?? new Map<string, string[]>();
    areas.set(row.route.area, rows);
    const label = labelOf(row);
    const cells = rows.get(label.join('|')) ?? [...label];
    rows.set(label.join('|'), [...cells, status]);
  }
  const sections = [...areas].map(([area, rows]) => `\n## ${area}\n\n${aligned([heads, ...[...rows.values()].sort(byLabel)])}`);
  return introduction + sections.join('');
}

function byLabel(one: readonly string[], other: readonly string[]): number {
  const [path = '', otherPath = ''] = [one, other].map(([key = '']) => key.replace(/^(\S+) (.*)$/, '$2 $1'));
  return path < otherPath ? -1 : path > otherPath ? 1 : 0;
}

/** A table as the formatter of the repository would have it. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  const [head = [], ...rest] = rows;
  return line(head) + line(widths.map((width) => '-'.repeat(width))) + rest.map(line).join('');
}

/** The statuses of the committed page, by row label and caller. */
export function readTable(): ReadonlyMap<string, Readonly<Record<CallerName, string>>> {
  const text = existsSync(tablePath) ? readFileSync(tablePath, 'utf8') : '';
  const rows = text.split('\n').filter((line) => /^\| (GET|POST|PUT|PATCH|DELETE) /.test(line));
  return new Map(
    rows.map((line) => {
      const cells = line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim());
      const statuses = Object.fromEntries(callers.map((caller, place) => [caller, cells[place + 3] ?? ''])) as Record<CallerName, string>;
      return [cells.slice(0, 3).join('|'), statuses];
    }),
  );
}
