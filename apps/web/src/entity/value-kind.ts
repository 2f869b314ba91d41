import type { JsonValue } from '../api/wire.js';

export type ValueKind = 'number' | 'boolean' | 'text' | 'json';

export interface LatestValue {
  readonly tsMs: number;
  /** As the server renders it: `42`, `3.0`, `true`, JSON text. */
  readonly text: string;
  readonly kind: ValueKind;
}

/** Whether there is something to draw; undefined is the kind of what is not there. */
export function isChartable(kind: ValueKind | undefined): boolean {
  return kind === 'number' || kind === 'boolean';
}

/** The kind of a value from the REST API with strict types. */
export function kindOfValue(value: JsonValue): ValueKind {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'text' : 'json';
}

/**
 * The kind of a value that came as text, as on the WebSocket.
 *
 * @param known kind the key had before; keeps `"42"`, sent as text, from being taken for a number
 */
export function kindOfText(text: string, known: ValueKind | undefined): ValueKind {
  if (known === 'text') return 'text';
  if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return 'number';
  if (text === 'true' || text === 'false') return 'boolean';
  if (/^[[{]/.test(text)) {
    try {
      JSON.parse(text);
      return 'json';
    } catch {
      return 'text';
    }
  }
  return 'text';
}

/** A value as a number for the chart; booleans are drawn as 0 and 1, everything else not at all. */
export function chartValue(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : undefined;
}

export function chartValueOfText(text: string, kind: ValueKind): number | undefined {
  if (kind === 'boolean') return text === 'true' ? 1 : 0;
  return kind === 'number' ? Number(text) : undefined;
}

export function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
