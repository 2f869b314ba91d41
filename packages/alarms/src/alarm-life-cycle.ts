import type { IdSource } from '@fieldline/kernel';
import type { Alarm, EntityId, JsonValue, TenantId } from '@fieldline/model';
import type { AlarmChange, AlarmRequest, AlarmService, CommitUnit, DataStore } from '@fieldline/ports';
import { isEqualJson } from './equal-json.js';
import { isPropagated, propagationOf } from './propagation.js';
import { keepShelving } from './shelving.js';
import { systemComment, systemComments } from './system-comments.js';
import { Turns } from './turns.js';

export interface AlarmLifeCycleDeps {
  readonly store: Pick<DataStore, 'reading'>;
  /** Entities besides the originator at which an alarm is shown. */
  readonly propagation: (alarm: Alarm) => Promise<readonly EntityId[]>;
  readonly ids: IdSource;
}

/**
 * Raises and clears alarms inside the commit of a batch (rule-nodes.md §5).
 *
 * At most one alarm of an originator and type is active: calls for the same pair run one after the other, in
 * the order they were made, so two messages of a batch cannot both find none and create two.
 */
export function alarmLifeCycle({ store, ids, propagation }: AlarmLifeCycleDeps): AlarmService {
  const turns = new Turns();
  const inTurn = <T>(subject: { tenantId: string; originator: EntityId; type: string }, act: () => Promise<T>): Promise<T> =>
    turns.take(`${subject.tenantId} ${subject.originator.id} ${subject.type}`, act);

  const propagated = async (alarm: Alarm, before?: Alarm): Promise<Alarm> => {
    if (before !== undefined && isEqualJson(propagationOf(before), propagationOf(alarm))) return alarm;
    const propagatedTo = isPropagated(alarm) ? await propagation(alarm) : [];
    const { propagatedTo: _, ...rest } = alarm;
    return propagatedTo.length === 0 ? rest : { ...rest, propagatedTo: [...propagatedTo] };
  };

  const add = (unit: CommitUnit, alarm: Alarm, change: AlarmChange['change'], base?: Alarm): AlarmChange => {
    unit.alarm(alarm, base);
    return { alarm, change };
  };

  return {
    active: (unit, tenantId, originator, type) => store.reading(unit).activeAlarm(tenantId, originator, type),
    byId: (unit, tenantId, id) => store.reading(unit).alarm(tenantId, id),

    raise: (unit, request, nowMs) =>
      inTurn(request, async () => {
        const active = await store.reading(unit).activeAlarm(request.tenantId, request.originator, request.type);
        if (active === undefined) return add(unit, await propagated(newAlarm(request, ids.next(), nowMs)), 'created');
        const details = keepShelving(active.details, request.details, nowMs);
        const updated = await propagated({ ...active, ...settingsOf(request), details, endMs: nowMs }, active);
        if (isEqualJson(updated, active)) return { alarm: active, change: 'unchanged' };
        if (updated.severity !== active.severity) {
          const entity = systemComment(updated, systemComments.severityChanged(active.severity, updated.severity), { id: ids.next(), nowMs });
          unit.record({ change: 'insert', kind: 'alarmComment', entity });
        }
        return add(unit, updated, 'updated', active);
      }),

    clear: (unit, alarm, details: JsonValue | undefined, nowMs) =>
      inTurn(alarm, async () => {
        const current = await store.reading(unit).alarm(alarm.tenantId as TenantId, alarm.id);
        if (current === undefined || current.clearedAtMs !== undefined) return undefined;
        const kept = details === undefined ? {} : { details: keepShelving(current.details, details, nowMs) };
        return add(unit, { ...current, clearedAtMs: nowMs, ...kept }, 'cleared', current);
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
