/** A line of a table (RFC 4180), with its end. */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

/**
 * A field of a table. Texts and names come from devices: one that a spreadsheet would run as a formula gets an apostrophe
 * before it, as spreadsheets write it themselves. Numbers stay as they are.
 */
function csvField(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && !isNumber(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text);
}

/** Date and time in UTC as ISO 8601; empty for times beyond its years. */
export function isoTime(tsMs: number): string {
  const date = new Date(tsMs);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
