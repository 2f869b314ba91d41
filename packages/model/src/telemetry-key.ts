/** A telemetry or attribute key is at most this long: ThingsBoard's limit, and what clients expect. */
export const TELEMETRY_KEY_LENGTH_MAX = 255;

/** A stored string or JSON text is at most this long: one value must not fill a batch by itself. */
export const TELEMETRY_TEXT_LENGTH_MAX = 1_000_000;

/** What is wrong with a key of telemetry or attributes, as the end of a sentence; undefined where nothing is. */
export function telemetryKeyFault(key: string): string | undefined {
  if (key.trim() === '') return 'is blank';
  if (key.length > TELEMETRY_KEY_LENGTH_MAX) return `is longer than ${TELEMETRY_KEY_LENGTH_MAX} characters`;
  // Keys end up in dashboards and templates of other programs, so markup is kept out (device-api.md §2.3).
  if (/[<>]/.test(key)) return 'contains markup';
  if (/\{\{.*\}\}/.test(key)) return 'contains a template expression';
  return undefined;
}
