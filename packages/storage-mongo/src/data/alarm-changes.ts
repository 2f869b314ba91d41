import { mergeAlarm, type Alarm, type EntityId, type TenantId } from '@fieldline/model';
import type { AlarmChange } from './mongo-unit.js';

/** Alarms that were read, with what changes make of them. */
export class ChangedAlarms {
  readonly #alarms: Map<string, Alarm>;

  constructor(read: Iterable<Alarm>) {
    this.#alarms = new Map([...read].map((alarm) => [alarm.id, alarm]));
  }

  values(): readonly Alarm[] {
    return [...this.#alarms.values()];
  }

  get(id: string): Alarm | undefined {
    return this.#alarms.get(id);
  }

  delete(id: string): void {
    this.#alarms.delete(id);
  }

  /** Does what `CommitUnit.alarm` and `removeAlarm` say. @returns the alarm as it is now, if there is one */
  apply(change: AlarmChange): Alarm | undefined {
    if ('removedId' in change) {
      if (this.#alarms.get(change.removedId)?.tenantId === change.tenantId) this.#alarms.delete(change.removedId);
      return undefined;
    }
    const { alarm, base } = change;
    const stored = this.#alarms.get(alarm.id);
    if (base !== undefined && stored === undefined) return undefined;
    const written = base === undefined || stored === undefined ? alarm : mergeAlarm(stored, base, alarm);
    this.#alarms.set(written.id, written);
    return written;
  }
}

export const changedId = (change: AlarmChange): string => ('removedId' in change ? change.removedId : change.alarm.id);

/** True for the uncleared alarm of an originator and type. */
export function isActive(alarm: Alarm, tenantId: TenantId, { entityType, id }: EntityId, type: string): boolean {
  const { originator, clearedAtMs } = alarm;
  const isOfOriginator = originator.id === id && originator.entityType === entityType;
  return isOfOriginator && alarm.tenantId === tenantId && alarm.type === type && clearedAtMs === undefined;
}
