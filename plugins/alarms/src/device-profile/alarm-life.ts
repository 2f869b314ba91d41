import {
  type Alarm,
  type AlarmsService,
  alarmSeverities,
  type AlarmSeverity,
  type JsonValue,
  type Message,
  type Metadata,
} from '@fieldline/plugin-sdk';
import type { AlarmRule } from './alarm-rules.js';
import { type AlarmState, type RuleState, textOf } from './device-state.js';
import type { DeviceValues } from './device-values.js';
import { type AlarmDefinition, nameOf, type Rule } from './profile-rules.js';
import { progress, type Progress, progressInTime } from './rule-progress.js';

/** What happened to an alarm, by the way out of the node. */
export interface AlarmEvent {
  readonly to: 'Alarm Created' | 'Alarm Updated' | 'Alarm Severity Updated' | 'Alarm Cleared';
  readonly alarm: Alarm;
  readonly flags: Metadata;
}

/** Why rules are looked at: values changed, or time passed. */
export type Occasion = { readonly changed: ReadonlySet<string>; readonly tsMs: number } | { readonly changed?: undefined; readonly tsMs: number };

export interface AlarmCall {
  readonly occasion: Occasion;
  readonly values: DeviceValues;
  readonly nowMs: number;
  /** Time of the last update: when a new alarm begins. */
  readonly dataMs: number;
  readonly message: Message;
  readonly alarms: AlarmsService;
}

/** Looks at one alarm of a profile. Returns its state afterwards and what happened, if anything did. */
export async function lookAt(
  definition: AlarmDefinition,
  before: AlarmState,
  call: AlarmCall,
): Promise<{ readonly state: AlarmState; readonly event?: AlarmEvent }> {
  const create = { ...before.create };
  for (const [severity, rule] of definition.create) {
    const found = progressOf(rule, create[severity], call);
    if (found === undefined) continue;
    setOrDelete(create, severity, found.state);
    if (found.verdict !== 'true') continue;
    const event = await raised(definition, severity, rule, { ...call, progress: found });
    const alarmId = event?.alarm.id ?? before.alarmId;
    return { state: { create, ...(alarmId === undefined ? {} : { alarmId }) }, ...(event === undefined ? {} : { event }) };
  }
  return lookAtClearRule(definition, { ...before, create }, call);
}

async function lookAtClearRule(
  { clear, profile }: AlarmDefinition,
  state: AlarmState,
  call: AlarmCall,
): Promise<{ readonly state: AlarmState; readonly event?: AlarmEvent }> {
  const { message, alarms, values } = call;
  const found = clear === undefined ? undefined : progressOf(clear, state.clear, call);
  if (clear === undefined || found === undefined) return { state };
  const active = await alarms.active(message, profile.alarmType);
  if (active === undefined) return { state };
  if (found.verdict !== 'true') {
    const { clear: _clear, ...others } = state;
    return { state: found.state === undefined ? others : { ...others, clear: found.state } };
  }
  const alarm = await alarms.clear(message, active, detailsOf(clear.rule, values));
  const flags = { isClearedAlarm: 'true', ...amountFlags(clear, found, call) };
  return { state: { create: {} }, ...(alarm === undefined ? {} : { event: { to: 'Alarm Cleared', alarm, flags } }) };
}

/** Undefined where the occasion does not concern the rule. */
function progressOf(rule: Rule, before: RuleState | undefined, { occasion, values }: AlarmCall): Progress | undefined {
  const { changed, tsMs } = occasion;
  if (changed === undefined) return progressInTime(rule, before, tsMs, values);
  return [...rule.names].some((name) => changed.has(name)) ? progress(rule, before, tsMs, values) : undefined;
}

/** Raises the alarm, or confirms the one that is active; one that is more severe stays as it is. */
async function raised(
  { profile }: AlarmDefinition,
  severity: AlarmSeverity,
  rule: Rule,
  call: AlarmCall & { readonly progress: Progress },
): Promise<AlarmEvent | undefined> {
  const { message, alarms, nowMs, dataMs, values } = call;
  const active = await alarms.active(message, profile.alarmType);
  if (active !== undefined && rank(severity) > rank(active.severity)) return undefined;
  const { alarm } = await alarms.raise(message, {
    type: profile.alarmType,
    severity,
    startMs: dataMs <= 0 || dataMs > nowMs ? nowMs : dataMs,
    details: detailsOf(rule.rule, values) ?? active?.details ?? {},
    propagate: profile.propagate ?? false,
    propagateToOwner: profile.propagateToOwner ?? false,
    propagateToTenant: profile.propagateToTenant ?? false,
    propagateRelationTypes: profile.propagateRelationTypes ?? [],
  });
  const amount = amountFlags(rule, call.progress, call);
  if (active === undefined) return { to: 'Alarm Created', alarm, flags: { isNewAlarm: 'true', ...amount } };
  if (active.severity === severity) return { to: 'Alarm Updated', alarm, flags: { isExistingAlarm: 'true', ...amount } };
  return { to: 'Alarm Severity Updated', alarm, flags: { isExistingAlarm: 'true', isSeverityUpdated: 'true', ...amount } };
}

const rank = (severity: AlarmSeverity): number => alarmSeverities.indexOf(severity);

/** Undefined where the rule says nothing about details. */
function detailsOf({ alarmDetails, dashboardId, condition }: AlarmRule, values: DeviceValues): JsonValue | undefined {
  if (!alarmDetails && !dashboardId) return undefined;
  let data = alarmDetails ?? '';
  for (const { key } of condition.condition) {
    const name = nameOf(key);
    const value = name === undefined ? undefined : values.get(name);
    if (value !== undefined) data = data.replaceAll(`\${${key.key}}`, () => textOf(value));
  }
  return { ...(alarmDetails ? { data } : {}), ...(dashboardId ? { dashboardId: dashboardId.id } : {}) };
}

function amountFlags({ spec }: Rule, { state }: Progress, { occasion, nowMs }: AlarmCall): Metadata {
  if (state === undefined) return {};
  if (spec.type === 'REPEATING') return { alarmConditionRepeats: String(state.eventCount) };
  const waited = occasion.changed === undefined ? Math.max(0, nowMs - state.lastEventTs) : 0;
  return { alarmConditionDuration: String(state.duration + waited) };
}

function setOrDelete(states: Partial<Record<AlarmSeverity, RuleState>>, severity: AlarmSeverity, state: RuleState | undefined): void {
  if (state === undefined) delete states[severity];
  else states[severity] = state;
}
