import type { AlarmsService, AttributesService, EntitiesService, FoundEntity, Message, TenantId, TimeSeriesService } from '@fieldline/plugin-sdk';
import { type AlarmEvent, lookAt, type Occasion } from './alarm-life.js';
import { type DeviceState, isSameValue, type KnownValue } from './device-state.js';
import { DeviceValues, type Owners } from './device-values.js';
import type { DeviceUpdate } from './device-updates.js';
import { WAKE_OVERDUE_MS } from '../limits.js';
import { profileRules, type ProfileRules } from './profile-rules.js';
import { dueMs } from './rule-progress.js';
import { currentValues, isField, ownersOf } from './stored-values.js';

/** What a visit needs of the context of the node. */
export interface VisitContext {
  readonly alarms: AlarmsService;
  readonly attributes: AttributesService;
  readonly entities: EntitiesService;
  readonly timeSeries: TimeSeriesService;
  readonly nowMs: number;
  readonly tenantId: TenantId;
  readonly state: DeviceState | undefined;
}

/**
 * One message, or one call of the timer, for one device: state is taken up, carried from update to update and given back,
 * and what happened to alarms is gathered on the way.
 */
export class DeviceVisit {
  readonly events: AlarmEvent[] = [];
  readonly #message: Message;
  readonly #context: VisitContext;
  readonly #rules: ProfileRules;
  readonly #owners: Owners;
  #state: DeviceState;
  #isChanged: boolean;

  private constructor(message: Message, context: VisitContext, begun: Begun) {
    this.#message = message;
    this.#context = context;
    this.#rules = begun.rules;
    this.#owners = begun.owners;
    this.#state = begun.state;
    this.#isChanged = begun.isChanged;
  }

  /** @throws ALARM_NODE_RULES_INVALID */
  static async begin(message: Message, context: VisitContext, profile: FoundEntity): Promise<DeviceVisit> {
    const rules = profileRules(profile);
    const before = context.state?.profileId === profile.entity.id ? context.state : undefined;
    const ids = new Set(rules.alarms.map(({ id }) => id));
    const alarms = Object.fromEntries(Object.entries(before?.alarms ?? {}).filter(([id]) => ids.has(id)));
    const values = await currentValues(message.originator, rules, before?.values ?? {}, context);
    const wake = before?.wakeAtMs === undefined ? {} : { wakeAtMs: before.wakeAtMs };
    const state = { profileId: profile.entity.id, ts: before?.ts ?? NEVER, values, alarms, ...wake };
    const owners = await ownersOf(message.originator, rules, context);
    const isComplete = before !== undefined && [...rules.names].every((name) => isField(name) || Object.hasOwn(before.values, name));
    return new DeviceVisit(message, context, { rules, owners, state, isChanged: !isComplete });
  }

  get hasRules(): boolean {
    return this.#rules.alarms.length > 0;
  }

  /** Takes the values of an update over and looks at what it changes. */
  async update({ tsMs, values }: DeviceUpdate): Promise<void> {
    const next: Record<string, KnownValue> = { ...this.#state.values };
    const changed = new Set<string>();
    for (const [name, value] of values) {
      if (!this.#rules.names.has(name)) continue;
      if (this.#state.ts !== tsMs || !isSameValue(next[name], value)) changed.add(name);
      next[name] = value;
    }
    if (changed.size === 0) return;
    this.#set({ ...this.#state, ts: tsMs, values: next });
    await this.#lookAtAll({ changed, tsMs });
  }

  /** Looks at rules that must hold for some time. A call that another one has taken the place of does nothing. */
  async timer(): Promise<void> {
    const { wakeAtMs, ...state } = this.#state;
    if (wakeAtMs === undefined || wakeAtMs > this.#context.nowMs) return;
    this.#set(state);
    await this.#lookAtAll({ tsMs: this.#context.nowMs });
  }

  /** Somebody cleared or removed the alarm: what led to it begins anew. */
  forgetAlarm(ended: EndedAlarm): void {
    const alarms = { ...this.#state.alarms };
    for (const { id, profile } of this.#rules.alarms) {
      const { alarmId } = alarms[id] ?? {};
      if (alarmId === undefined ? profile.alarmType === ended.type : alarmId === ended.id) alarms[id] = { create: {} };
    }
    this.#set({ ...this.#state, alarms });
  }

  /** The state to keep where it changed, and when to be called again where that was not arranged before. */
  end(occasion: 'message' | 'timer'): { readonly state?: DeviceState; readonly wakeAtMs?: number } {
    const due = this.#due(occasion);
    const { wakeAtMs } = this.#state;
    const isArranged = wakeAtMs !== undefined && due !== undefined && wakeAtMs <= due && wakeAtMs > this.#context.nowMs - WAKE_OVERDUE_MS;
    if (due === undefined || isArranged) return this.#isChanged ? { state: this.#state } : {};
    return { state: { ...this.#state, wakeAtMs: due }, wakeAtMs: due };
  }

  #set(state: DeviceState): void {
    this.#state = state;
    this.#isChanged = true;
  }

  get #values(): DeviceValues {
    return new DeviceValues(this.#state.values, this.#owners);
  }

  async #lookAtAll(occasion: Occasion): Promise<void> {
    const { alarms, nowMs } = this.#context;
    const values = this.#values;
    const states = { ...this.#state.alarms };
    for (const definition of this.#rules.alarms) {
      const call = { occasion, values, nowMs, dataMs: this.#state.ts, message: this.#message, alarms };
      const { state, event } = await lookAt(definition, states[definition.id] ?? { create: {} }, call);
      states[definition.id] = state;
      if (event !== undefined) this.events.push(event);
    }
    this.#set({ ...this.#state, alarms: states });
  }

  /**
   * The earliest instant at which time alone may change something. What is due already was looked at by the timer; after
   * a message, whose times may lie behind ours, it has yet to be.
   */
  #due(occasion: 'message' | 'timer'): number | undefined {
    const values = this.#values;
    const { nowMs } = this.#context;
    let earliest: number | undefined;
    for (const { id, create, clear } of this.#rules.alarms) {
      const state = this.#state.alarms[id];
      const rules = [
        ...create.map(([severity, rule]) => [rule, state?.create[severity]] as const),
        ...(clear ? [[clear, state?.clear] as const] : []),
      ];
      for (const [rule, ofRule] of rules) {
        const due = dueMs(rule, ofRule, values);
        if (due === undefined || (occasion === 'timer' && due <= nowMs)) continue;
        earliest = Math.min(earliest ?? Number.POSITIVE_INFINITY, Math.max(due, nowMs));
      }
    }
    return earliest;
  }
}

interface Begun {
  readonly rules: ProfileRules;
  readonly owners: Owners;
  readonly state: DeviceState;
  readonly isChanged: boolean;
}

/** An alarm that somebody cleared or removed. */
export interface EndedAlarm {
  readonly id: string;
  readonly type: string;
}

/** Time of the last update of a device that nothing was heard of: whatever comes is a change. */
const NEVER = -1;
