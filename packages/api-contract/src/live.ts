import * as z from 'zod';
import { aggregations, type DataPoint, entityTypes, valueText } from '@fieldline/model';

// Commands and frames of the WebSocket API: version 1 of the commands (websocket-api.md §3, §4), and ours.

const target = {
  cmdId: z.number().int().describe('Chosen by the client; comes back as subscriptionId.'),
  entityType: z.enum(entityTypes).describe('Type of the entity.'),
  entityId: z.string().describe('Bare UUID of the entity.'),
  keys: z.string().nullish().describe('Comma separated; empty or absent means all.'),
  scope: z.string().nullish().describe('Attribute scope, or LATEST_TELEMETRY.'),
  unsubscribe: z.boolean().nullish().describe('True ends the subscription of this cmdId.'),
};
const time = z.number().int().nullish();
const aggregation = z
  .union([z.enum(aggregations), z.literal('')])
  .nullish()
  .describe('Empty means NONE.');
const window = {
  interval: time.describe('Length of an aggregation interval, ms.'),
  limit: z.number().int().nullish().describe('Points a key at most; 0 or absent means 100.'),
  agg: aggregation,
};

export const attributesCommandSchema = z.object(target);
export const seriesCommandSchema = z.object({
  ...target,
  ...window,
  startTs: time.describe('Start of the history, ms.'),
  timeWindow: time.describe('Length of the history, ms; 0 or absent means latest values only.'),
});
export const historyCommandSchema = z.object({
  ...target,
  ...window,
  startTs: time.describe('Inclusive, ms.'),
  endTs: time.describe('Exclusive, ms.'),
});
export type AttributesCommand = z.infer<typeof attributesCommandSchema>;
export type SeriesCommand = z.infer<typeof seriesCommandSchema>;
export type HistoryCommand = z.infer<typeof historyCommandSchema>;

/** Asks for the account of a rule chain as it changes: ours, in the new envelope only (docs/api.md). */
const ledgerCommandSchema = z.object({
  cmdId: target.cmdId.describe('Chosen by the client; comes back as cmdId.'),
  ruleChainId: z.string().describe('Bare UUID of the rule chain.'),
});
const unsubscribeSchema = z.object({ cmdId: target.cmdId.describe('That of the command to end.') });

/** A command about the values of an entity, of either envelope, with its type. */
export type ValuesCommand =
  | ({ readonly type: 'ATTRIBUTES' } & AttributesCommand)
  | ({ readonly type: 'TIMESERIES' } & SeriesCommand)
  | ({ readonly type: 'TIMESERIES_HISTORY' } & HistoryCommand);
export type LedgerCommand = { readonly type: 'RULE_CHAIN_LEDGER' } & z.infer<typeof ledgerCommandSchema>;
/** One command, with its type. */
export type LiveCommand = ValuesCommand | LedgerCommand | ({ readonly type: 'RULE_CHAIN_LEDGER_UNSUBSCRIBE' } & z.infer<typeof unsubscribeSchema>);

const authCommandSchema = z.object({ cmdId: z.number().nullish(), token: z.string().nullish(), apiKey: z.string().nullish() });
const authEnvelopeSchema = z.object({ authCmd: authCommandSchema.nullish() });

const envelopeSchema = z.object({
  authCmd: authCommandSchema.nullish(),
  cmds: z
    .array(
      z.discriminatedUnion('type', [
        attributesCommandSchema.extend({ type: z.literal('ATTRIBUTES') }),
        seriesCommandSchema.extend({ type: z.literal('TIMESERIES') }),
        historyCommandSchema.extend({ type: z.literal('TIMESERIES_HISTORY') }),
        ledgerCommandSchema.extend({ type: z.literal('RULE_CHAIN_LEDGER') }),
        unsubscribeSchema.extend({ type: z.literal('RULE_CHAIN_LEDGER_UNSUBSCRIBE') }),
      ]),
    )
    .nullish(),
});

const legacyEnvelopeSchema = z.object({
  attrSubCmds: z.array(attributesCommandSchema).nullish(),
  tsSubCmds: z.array(seriesCommandSchema).nullish(),
  historyCmds: z.array(historyCommandSchema).nullish(),
});

/**
 * The commands in one text frame of `/api/ws` or, with `isLegacy`, of `/api/ws/plugins/telemetry`, in order. Undefined
 * where the frame cannot be read.
 */
export function parseLiveCommands(text: string, isLegacy: boolean): readonly LiveCommand[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Not JSON: the caller answers as websocket-api.md §3.4 says.
    return undefined;
  }
  if (isLegacy) {
    const parsed = legacyEnvelopeSchema.safeParse(json);
    if (!parsed.success) return undefined;
    const { attrSubCmds, tsSubCmds, historyCmds } = parsed.data;
    return [
      ...(attrSubCmds ?? []).map((command) => ({ ...command, type: 'ATTRIBUTES' as const })),
      ...(tsSubCmds ?? []).map((command) => ({ ...command, type: 'TIMESERIES' as const })),
      ...(historyCmds ?? []).map((command) => ({ ...command, type: 'TIMESERIES_HISTORY' as const })),
    ];
  }
  const parsed = envelopeSchema.safeParse(json);
  if (!parsed.success) return undefined;
  return parsed.data.cmds ?? [];
}

/** What a socket shows to prove who opened it. */
export type LiveCredential = { readonly token: string } | { readonly apiKey: string };

/**
 * Who sends the first message of `/api/ws`, whatever else is in it: a command that cannot be read is answered by
 * an error frame and does not keep its sender from signing in.
 */
export function parseLiveAuth(text: string): LiveCredential | 'unreadable' | 'missing' {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Not JSON: the caller closes the socket as websocket-api.md §1 says.
    return 'unreadable';
  }
  const parsed = authEnvelopeSchema.safeParse(json);
  if (!parsed.success) return 'unreadable';
  const { authCmd } = parsed.data;
  if (authCmd === undefined || authCmd === null) return 'missing';
  const { token, apiKey } = authCmd;
  // The key wins where both are given.
  return apiKey === undefined || apiKey === null || apiKey === '' ? { token: token ?? '' } : { apiKey };
}

/** Values of a frame: key to `[ts, text]` pairs. */
export type LiveData = Record<string, [number, string | null][]>;

/** Error codes of frames (websocket-api.md §11). */
export const liveErrorCodes = { internal: 1, badRequest: 2, unauthorized: 3 } as const;

/** A frame with values; keys in alphabetical order. `latestValues` gives the time of the last pair of each key. */
export function liveFrame(subscriptionId: number, data: LiveData): string {
  const sorted: LiveData = {};
  const latestValues: Record<string, number> = {};
  for (const key of Object.keys(data).sort()) {
    const pairs = data[key] ?? [];
    Object.defineProperty(sorted, key, { value: pairs, enumerable: true });
    Object.defineProperty(latestValues, key, { value: pairs.at(-1)?.[0] ?? 0, enumerable: true });
  }
  return JSON.stringify({ subscriptionId, errorCode: 0, errorMsg: null, data: sorted, latestValues });
}

/** @param ledger JSON text of a `WireLedger`; `null` where the chain does not run */
export function ledgerFrame(cmdId: number, ledger: string): string {
  return `{"cmdId":${cmdId},"cmdUpdateType":"RULE_CHAIN_LEDGER","data":${ledger}}`;
}

export function liveErrorFrame(subscriptionId: number, errorCode: number, errorMsg: string): string {
  return JSON.stringify({ subscriptionId, errorCode, errorMsg, data: null, latestValues: {} });
}

/** Points as the pairs of a frame, in the order given. */
export function liveDataOf(points: readonly DataPoint[]): LiveData {
  const data: LiveData = Object.create(null) as LiveData;
  for (const point of points) (data[point.key] ??= []).push([point.tsMs, valueText(point)]);
  return data;
}
