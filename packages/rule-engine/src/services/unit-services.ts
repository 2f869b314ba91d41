import type { Alarm, JsonValue, TenantId } from '@fieldline/model';
import type { AlarmsService, AttributesService, SaveActions, Services, TimeSeriesService } from '@fieldline/plugin-sdk';
import { type CommitUnit, type DataStore, type NodeServices, ValueUse } from '@fieldline/ports';
import type { unitNeeds } from '../engine-parts.js';
import type { LatePoints } from './late-points.js';

/** The services of a tenant's nodes that belong to one unit: what they write is committed with it. */
export type UnitServices = Pick<Services, (typeof unitNeeds)[number]>;

export interface UnitServicesParts {
  readonly services: NodeServices;
  readonly store: Pick<DataStore, 'reading' | 'range' | 'aggregate'>;
  readonly alarmToJson: (alarm: Alarm) => JsonValue;
}

interface Bound {
  readonly unit: CommitUnit;
  readonly late: LatePoints;
  readonly nowMs: number;
  readonly tenantId: TenantId;
}

/** Binds what other use cases offer to a unit, its time and a tenant. */
export function unitServices(parts: UnitServicesParts, bound: Bound): UnitServices {
  const { devices } = parts.services;
  return {
    timeSeries: timeSeriesOf(parts, bound),
    attributes: attributesOf(parts, bound),
    alarms: alarmsOf(parts, bound),
    rpc: {
      call: (message, { timeoutMs }) => devices.call(message, { timeoutMs }),
      reply: (device, answer) => devices.reply(bound.tenantId, device, answer),
    },
  };
}

function timeSeriesOf({ services: { telemetry, ttls }, store }: UnitServicesParts, { unit, late, nowMs, tenantId }: Bound): TimeSeriesService {
  return {
    save: (message, { ttlMs: said, useServerTime, actions }) => {
      const { originator } = message;
      const ttlMs = said === 0 ? ttls.ttlOf(tenantId, originator) : said;
      const options = { ttlMs: ttlMs ?? 0, useServerTime, nowMs, uses: actions === undefined ? undefined : usesOf(actions) };
      return telemetry.saveMessage(ttlMs === undefined ? late.of(tenantId, originator) : unit, message, options);
    },
    put(entity, point, said) {
      const ttlMs = said === 0 ? ttls.ttlOf(tenantId, entity) : said;
      telemetry.savePoint(ttlMs === undefined ? late.of(tenantId, entity) : unit, { ...point, tenantId, entity, ttlMs: ttlMs ?? 0 });
    },
    latest: (entity, keys) => store.reading(unit).latest(tenantId, entity, keys),
    range: (entity, { key, startMs, endMs }, order, limit) => store.range(tenantId, entity, { key, startMs, endMs, order, limit }),
    async aggregate(entity, { key, startMs, endMs }, aggregation) {
      const found = await store.aggregate(tenantId, entity, { key, startMs, endMs, intervalMs: Math.max(1, endMs - startMs), aggregation });
      return found[0];
    },
  };
}

function attributesOf({ services: { telemetry }, store }: UnitServicesParts, { unit, nowMs, tenantId }: Bound): AttributesService {
  return {
    save: async (message, { scope, onlyOnChange, actions }) => {
      const values = telemetry.attributeValues(message);
      const uses = actions === undefined ? undefined : usesOf({ ...actions, latest: false });
      return telemetry.saveAttributes(unit, { tenantId: message.tenantId, entity: message.originator, scope, values, onlyOnChange, nowMs, uses });
    },
    async put(entity, scope, values) {
      await telemetry.saveAttributes(unit, { tenantId, entity, scope, values, onlyOnChange: false, nowMs });
    },
    read: (entity, scope, keys) => store.reading(unit).attributes(tenantId, entity, scope, keys),
    remove: (entity, scope, keys) => telemetry.removeAttributes(unit, { tenantId, entity, scope, keys }),
  };
}

function alarmsOf({ services: { alarms }, alarmToJson }: UnitServicesParts, { unit, nowMs }: Bound): AlarmsService {
  return {
    active: (message, type) => alarms.active(unit, message.tenantId, message.originator, type),
    byId: (message, id) => alarms.byId(unit, message.tenantId, id),
    async raise(message, { originator, ...wanted }) {
      const { tenantId, customerId } = message;
      const { alarm, change } = await alarms.raise(unit, { ...wanted, tenantId, customerId, originator: originator ?? message.originator }, nowMs);
      return { alarm, change: change === 'cleared' ? 'unchanged' : change };
    },
    clear: async (_message, alarm, details) => (await alarms.clear(unit, alarm, details, nowMs))?.alarm,
    toJson: alarmToJson,
  };
}

function usesOf({ history, latest, push }: SaveActions): number {
  return (history ? ValueUse.history : 0) + (latest ? ValueUse.latest : 0) + (push ? ValueUse.push : 0);
}
