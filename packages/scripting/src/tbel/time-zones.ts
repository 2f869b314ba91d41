// The sandbox knows no time zones, and gives scripts nothing that could look one up. So the zones that a script names in
// its text are looked up when it is compiled, and go into the sandbox as tables.

/** The zones named in a script as the text of a JavaScript object: for each the list described in date-functions.ts. */
export function zonesIn(source: string): string {
  const names = [...new Set(source.match(NAME))].slice(0, ZONES_MAX).filter(isZone);
  return `{__proto__:null,${names.map((name) => `${JSON.stringify(name)}:${tableOf(name)}`).join(',')}}`;
}

const NAME = /\b(?:[A-Z][A-Za-z]+(?:\/[A-Z][A-Za-z_+-]*\d*)+|[CEMW]ET|[ECMP]ST\d[ECMP]DT)\b/g;

/** More no script needs; each takes some milliseconds to look up. */
const ZONES_MAX = 20;
const YEAR_FROM = 1970;
const YEAR_TO = 2060;
const DAY_MS = 86_400_000;

const tables = new Map<string, string>();

function tableOf(name: string): string {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const table = periodsOf(name);
  // There are some six hundred zones, and no name that is none gets here.
  tables.set(name, table);
  return table;
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function periodsOf(name: string): string {
  const format = formatOf(name);
  const end = Date.UTC(YEAR_TO, 0);
  const periods = [periodText(name, format, -Infinity, Date.UTC(YEAR_FROM, 0))];
  let offset = offsetAt(format, Date.UTC(YEAR_FROM, 0));
  for (let ms = Date.UTC(YEAR_FROM, 0); ms < end; ms += 20 * DAY_MS) {
    const next = offsetAt(format, ms + 20 * DAY_MS);
    if (next === offset) continue;
    const changeMs = changeIn(format, ms, ms + 20 * DAY_MS, offset);
    periods.unshift(periodText(name, format, changeMs, changeMs));
    offset = next;
  }
  return `[${periods.join(',')}]`;
}

/** The first minute of an interval that does not have the offset of its begin. */
function changeIn(format: Intl.DateTimeFormat, fromMs: number, toMs: number, offset: number): number {
  let low = fromMs;
  let high = toMs;
  while (high - low > 60_000) {
    const middle = low + Math.floor((high - low) / 120_000) * 60_000;
    if (offsetAt(format, middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
}

function offsetAt(format: Intl.DateTimeFormat, ms: number): number {
  const shown = nameAt(format, ms);
  const match = /([-+])(\d\d):(\d\d)(?::(\d\d))?/.exec(shown);
  if (match === null) return 0;
  const [, sign, hours, minutes, seconds] = match;
  return (sign === '-' ? -1_000 : 1_000) * (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds ?? 0));
}

const nameAt = (format: Intl.DateTimeFormat, ms: number): string => format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';

function periodText(timeZone: string, format: Intl.DateTimeFormat, fromMs: number, ms: number): string {
  const [long, short] = (['long', 'short'] as const).map((style) => nameAt(new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: style }), ms));
  return `[${fromMs},${offsetAt(format, ms)},${JSON.stringify(long)},${JSON.stringify(short)}]`;
}
