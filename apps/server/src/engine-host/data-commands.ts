import type { PropagationSources } from '@fieldline/alarms';
import { AlarmDesk, alarmPropagation } from '@fieldline/alarms';
import { kindOf } from '@fieldline/directory';
import type { Clock, IdSource, Log } from '@fieldline/kernel';
import type { Alarm, EntityId, ReadRelations, TenantId } from '@fieldline/model';
import { entitiesAbove } from '@fieldline/model';
import type { DataCommands, DataStore, EntityStore, ProfileTtls, RuleMessages } from '@fieldline/ports';
import { telemetryCommands } from '@fieldline/telemetry';

export interface DataCommandsDeps {
  readonly store: DataStore;
  readonly entities: EntityStore;
  readonly messages: RuleMessages;
  readonly ttls: ProfileTtls;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}

/** Where alarms are shown besides their originators, as the entities stand. */
export function propagationIn(entities: EntityStore): (alarm: Alarm) => Promise<readonly EntityId[]> {
  const sources: PropagationSources = {
    above(tenantId, entity, relationTypes, limit) {
      const only = relationTypes.length === 0 ? {} : { type: relationTypes };
      const read: ReadRelations = (ids, direction, most) =>
        entities.findAll('relation', tenantId, { [direction === 'FROM' ? 'fromId' : 'toId']: ids, typeGroup: 'COMMON', ...only }, most);
      return entitiesAbove(read, entity, limit);
    },
    async customerOf(tenantId, { entityType, id }) {
      const kind = kindOf(entityType);
      if (kind === undefined) return undefined;
      const entity = await entities.find(kind, tenantId, id);
      return entity !== undefined && 'customerId' in entity ? entity.customerId : undefined;
    },
  };
  return alarmPropagation(sources);
}

/** The commands of the data plane, for whoever owns its store. */
export function dataCommands(deps: DataCommandsDeps): DataCommands {
  const { store, entities } = deps;
  const desk = new AlarmDesk({ ...deps, propagation: propagationIn(entities) });
  return {
    ...telemetryCommands(deps),
    saveAlarm: (...args) => desk.saveAlarm(...args),
    acknowledgeAlarm: (...args) => desk.acknowledgeAlarm(...args),
    clearAlarm: (...args) => desk.clearAlarm(...args),
    assignAlarm: (...args) => desk.assignAlarm(...args),
    shelveAlarm: (...args) => desk.shelveAlarm(...args),
    removeAlarm: (...args) => desk.removeAlarm(...args),
    unassignAlarmsOf: (...args) => desk.unassignAlarmsOf(...args),
    async removeEntities(tenantId: TenantId, removed: readonly EntityId[]) {
      const unit = store.begin();
      for (const entity of removed) unit.removeEntity(tenantId, entity);
      await store.commit(unit);
    },
    async removeTenant(tenantId: TenantId) {
      const unit = store.begin();
      unit.removeTenant(tenantId);
      await store.commit(unit);
    },
  };
}
