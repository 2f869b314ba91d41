import type { WireLedger } from '@fieldline/api-contract';

/** One point as the WebSocket API sends it: time and text, or null where a series has no value. */
export interface LivePoint {
  readonly tsMs: number;
  readonly value: string | null;
}

/** Says that a series or an attribute has no value any more: an empty text at time 0. */
export function isRemoval({ tsMs, value }: LivePoint): boolean {
  return tsMs === 0 && value === '';
}

export interface LiveFrame {
  readonly subscriptionId: number;
  /** 0 when all is well (websocket-api.md §11). */
  readonly errorCode: number;
  readonly errorMessage: string | undefined;
  readonly points: ReadonlyMap<string, readonly LivePoint[]>;
  /** The account of a rule chain, null where the chain does not run; absent in frames about values. */
  readonly ledger?: WireLedger | null;
}

/** Reads a frame of the telemetry and attribute subscriptions (websocket-api.md §4.1) or of an account; undefined for any other. */
export function readFrame(text: string): LiveFrame | undefined {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(frame)) return undefined;
  if (frame['cmdUpdateType'] === 'RULE_CHAIN_LEDGER' && typeof frame['cmdId'] === 'number') {
    // The server's own contract, which its tests hold it to; nothing else writes these frames.
    return { subscriptionId: frame['cmdId'], errorCode: 0, errorMessage: undefined, points: new Map(), ledger: frame['data'] as WireLedger | null };
  }
  if (typeof frame['subscriptionId'] !== 'number') return undefined;
  const { errorCode, errorMsg, data } = frame;
  return {
    subscriptionId: frame['subscriptionId'],
    errorCode: typeof errorCode === 'number' ? errorCode : 0,
    errorMessage: typeof errorMsg === 'string' ? errorMsg : undefined,
    points: new Map(isRecord(data) ? Object.entries(data).map(([key, list]) => [key, readPoints(list)]) : []),
  };
}

function readPoints(list: unknown): LivePoint[] {
  if (!Array.isArray(list)) return [];
  const points: LivePoint[] = [];
  for (const entry of list as unknown[]) {
    if (!Array.isArray(entry)) continue;
    const [tsMs, value] = entry as unknown[];
    if (typeof tsMs === 'number') points.push({ tsMs, value: typeof value === 'string' ? value : null });
  }
  return points;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
