const DAY_MS = 86_400_000;
const ISO_8601 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d\d)(?::?(\d\d))?)?$/;

/**
 * A time in ISO 8601: a date with hours and minutes, then seconds, their fraction and a zone where they are told; a fraction of
 * a millisecond is cut, and without a zone it is UTC (kaa.md §5.2).
 *
 * @returns milliseconds since 1970; undefined where the text is no time, or one that no calendar has
 */
export function parseIso8601(text: string): number | undefined {
  const parts = ISO_8601.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second = '0', fraction = '', , sign, zoneHours = '0', zoneMinutes = '0'] = parts;
  const millis = Number(fraction.padEnd(3, '0').slice(0, 3));
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [number, number, number, number, number, number];
  if (h > 23 || mi > 59 || s > 59 || Number(zoneHours) > 23 || Number(zoneMinutes) > 59) return undefined;
  const monthStart = startOfMonth(y, mo);
  if (mo < 1 || mo > 12 || d < 1 || monthStart + (d - 1) * DAY_MS >= startOfMonth(y, mo + 1)) return undefined;
  const local = monthStart + (d - 1) * DAY_MS + ((h * 60 + mi) * 60 + s) * 1000 + millis;
  const zoneMs = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return sign === '-' ? local + zoneMs : local - zoneMs;
}

/** `Date.UTC` takes years below 100 for those of the last century, and 400 years have the same days always. */
function startOfMonth(year: number, month: number): number {
  return Date.UTC(year + 400, month - 1, 1) - 146_097 * DAY_MS;
}
