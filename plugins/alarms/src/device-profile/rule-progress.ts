import { alarmNodeErrors } from '../errors.js';
import type { Spec } from './alarm-rules.js';
import { holds, numberOf } from './conditions.js';
import type { RuleState } from './device-state.js';
import type { DeviceValues } from './device-values.js';
import type { Rule } from './profile-rules.js';
import { isActive } from './schedules.js';

/** What a rule says, and how far it is then; without state it begins anew. */
export interface Progress {
  readonly verdict: 'true' | 'false' | 'not-yet';
  readonly state: RuleState | undefined;
}

const fresh: RuleState = { lastEventTs: 0, duration: 0, eventCount: 0 };

/**
 * Looks at a rule because of an update.
 *
 * @param tsMs time of the update
 * @throws ALARM_NODE_AMOUNT_INVALID, ALARM_NODE_TIME_ZONE_UNKNOWN
 */
export function progress({ rule, spec }: Rule, before: RuleState | undefined, tsMs: number, values: DeviceValues): Progress {
  if (!isActive(rule.schedule, tsMs, values) || !holds(rule.condition.condition, values)) return { verdict: 'false', state: undefined };
  const state = before ?? fresh;
  switch (spec.type) {
    case 'SIMPLE':
      return { verdict: 'true', state: undefined };
    case 'DURATION': {
      const isFirst = state.lastEventTs === 0;
      const gained = isFirst ? 0 : Math.max(0, tsMs - state.lastEventTs);
      const next = { ...state, lastEventTs: isFirst ? tsMs : Math.max(tsMs, state.lastEventTs), duration: state.duration + gained };
      return { verdict: next.duration > requiredOf(spec, values) ? 'true' : 'not-yet', state: next };
    }
    case 'REPEATING': {
      const next = { ...state, eventCount: state.eventCount + 1 };
      return { verdict: next.eventCount >= requiredOf(spec, values) ? 'true' : 'not-yet', state: next };
    }
  }
}

/** Looks at a rule because time has passed: only at those that must hold for some time and have begun to. */
export function progressInTime({ rule, spec }: Rule, before: RuleState | undefined, nowMs: number, values: DeviceValues): Progress | undefined {
  if (spec.type !== 'DURATION' || before === undefined || before.lastEventTs === 0) return undefined;
  if (!isActive(rule.schedule, nowMs, values)) return { verdict: 'false', state: undefined };
  const duration = before.duration + Math.max(0, nowMs - before.lastEventTs);
  return { verdict: duration > requiredOf(spec, values) ? 'true' : 'not-yet', state: before };
}

/** The first instant at which `progressInTime` may say true where an update could not yet; undefined where only an update can change something. */
export function dueMs({ spec }: Rule, state: RuleState | undefined, values: DeviceValues): number | undefined {
  if (spec.type !== 'DURATION' || state === undefined || state.lastEventTs === 0) return undefined;
  const left = requiredOf(spec, values) - state.duration;
  return left < 0 ? undefined : state.lastEventTs + left + 1;
}

const unitMs = { SECONDS: 1_000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 } as const;

/** Milliseconds of a duration, or a number of matches. */
function requiredOf(spec: Exclude<Spec, { readonly type: 'SIMPLE' }>, values: DeviceValues): number {
  const { defaultValue, dynamicValue } = spec.predicate;
  const dynamic = values.dynamic(dynamicValue);
  const amount = dynamic === undefined ? (defaultValue ?? 0) : numberOf(dynamic);
  if (amount === undefined || (dynamic !== undefined && !Number.isInteger(amount))) {
    throw alarmNodeErrors.AMOUNT_INVALID({ key: dynamicValue?.sourceAttribute ?? '', value: String(dynamic?.value) });
  }
  return spec.type === 'DURATION' ? amount * unitMs[spec.unit] : amount;
}
