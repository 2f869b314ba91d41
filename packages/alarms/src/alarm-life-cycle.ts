import type { IdSource } from '@fieldline/kernel';
import type { Alarm, EntityId, JsonValue, TenantId } from '@fieldline/model';
import type { AlarmChange, AlarmRequest, AlarmService, CommitUnit, DataStore } from '@fieldline/ports';
import { isEqualJson } from './equal-json.js';

/**
 * Raises and clears alarms inside the commit of a batch (rule-nodes.md §5).
 *
 * At most one alarm of an originator and type is active: calls for the same pair run one after the other, in
 * the order they were made, so two messages of a batch cannot both find none and create two.
 */
export function alarmLifeCycle(deps: { readonly store: Pick<DataStore, 'reading'>; readonly ids: IdSource }): AlarmService {
  const { store, ids } = deps;
  const turns = new Map<string, Promise<unknown>>();

  /** Runs `act` after everything that was started earlier for the same alarm. */
  const inTurn = <T>(subject: { tenantId: string; originator: EntityId; type: string }, act: () => Promise<T>): Promise<T> => {
    const key = `${subject.tenantId} ${subject.originator.id} ${subject.type}`;
    const before = turns.get(key);
    const turn = before === undefined ? act() : before.then(act, act);
    turns.set(key, turn);
    const forget = (): void => {
      if (turns.get(key) === turn) turns.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  };

  const add = (unit: CommitUnit, alarm: Alarm, change: AlarmChange['change']): AlarmChange => {
    unit.alarm(alarm);
    return { alarm, change };
  };

  return {
    active: (unit, tenantId, originator, type) => store.reading(unit).activeAlarm(tenantId, originator, type),
    byId: (unit, tenantId, id) => store.reading(unit).alarm(tenantId, id),

    raise: (unit, request, nowMs) =>
      inTurn(request, async () => {
        const active = await store.reading(unit).activeAlarm(request.tenantId, request.originator, request.type);
        if (active === undefined) return add(unit, newAlarm(request, ids.next(), nowMs), 'created');
        const updated: Alarm = { ...active, ...settingsOf(request), endMs: nowMs };
        return isEqualJson(updated, active) ? { alarm: active, change: 'unchanged' } : add(unit, updated, 'updated');
      }),

    clear: (unit, alarm, details: JsonValue | undefined, nowMs) =>
      inTurn(alarm, async () => {
        const current = await store.reading(unit).alarm(alarm.tenantId as TenantId, alarm.id);
        if (current === undefined || current.clearedAtMs !== undefined) return undefined;
        return add(unit, { ...current, clearedAtMs: nowMs, ...(details === undefined ? {} : { details }) }, 'cleared');
      }),
  };
}

function newAlarm(request: AlarmRequest, id: string, nowMs: number): Alarm {
  return {
    id,
    tenantId: request.tenantId,
    createdAtMs: nowMs,
    ...(request.customerId === undefined ? {} : { customerId: request.customerId }),
    type: request.type,
    originator: { entityType: request.originator.entityType, id: request.originator.id },
    startMs: request.startMs,
    endMs: request.startMs,
    ...settingsOf(request),
  };
}

/** What a repeated request replaces; start, acknowledgement and assignment stay. */
function settingsOf(request: AlarmRequest) {
  return {
    severity: request.severity,
    details: request.details,
    propagate: request.propagate,
    propagateToOwner: request.propagateToOwner,
    propagateToTenant: request.propagateToTenant,
    propagateRelationTypes: [...request.propagateRelationTypes],
  };
}
