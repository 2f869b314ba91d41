import { alarmSeverities, type TypedValue, valueText, ValueKind, z } from '@fieldline/plugin-sdk';

/** A value of the device as it was last heard of; null where it has none. */
const knownValue = z.strictObject({ kind: z.int().min(1).max(5), value: z.union([z.boolean(), z.number(), z.string()]) }).nullable();
export type KnownValue = z.infer<typeof knownValue>;

const ruleState = z.strictObject({ lastEventTs: z.int(), duration: z.number(), eventCount: z.int() });
/** How far a rule is: time of the last matching event, milliseconds it has held, how often it matched. */
export type RuleState = z.infer<typeof ruleState>;

const alarmState = z.strictObject({
  /** The alarm that is active, as far as the node knows. */
  alarmId: z.string().optional(),
  create: z.partialRecord(z.enum(alarmSeverities), ruleState),
  clear: ruleState.optional(),
});
export type AlarmState = z.infer<typeof alarmState>;

/** What the node remembers of a device from message to message. */
export const deviceState = z.strictObject({
  /** Profile under which the rest came about. */
  profileId: z.string(),
  /** Time of the last update. */
  ts: z.int(),
  /** Values that the profile looks at, by name. */
  values: z.record(z.string(), knownValue),
  alarms: z.record(z.string(), alarmState),
  /** When the node is called next for a rule that must hold for some time. */
  wakeAtMs: z.int().optional(),
});
export type DeviceState = z.infer<typeof deviceState>;

/** A value in the form that state keeps. Whole numbers beyond 2^53 lose digits, which no rule can tell. */
export function knownOf({ kind, value }: TypedValue): NonNullable<KnownValue> {
  return { kind, value: typeof value === 'bigint' ? Number(value) : value };
}

/** Text of a value as alarm details and text conditions see it. */
export function textOf(value: NonNullable<KnownValue>): string {
  return valueText(value as TypedValue);
}

export const isSameValue = (a: KnownValue | undefined, b: KnownValue): boolean => a?.kind === b?.kind && a?.value === b?.value;

/** A constant of a rule as a value. */
export function constantOf(value: string | number | boolean): NonNullable<KnownValue> {
  if (typeof value === 'boolean') return { kind: ValueKind.boolean, value };
  if (typeof value === 'string') return { kind: ValueKind.string, value };
  return { kind: Number.isInteger(value) ? ValueKind.long : ValueKind.double, value };
}
