import type { Alarm, JsonValue } from '@fieldline/model';
import type { AlarmsService, AttributesService, RpcService, TimeSeriesService } from '@fieldline/plugin-sdk';
import type { CommitUnit, NodeServices } from '@fieldline/ports';

/** The services of nodes, bound to one unit: what they write is committed with it. */
export interface UnitServices {
  readonly timeSeries: TimeSeriesService;
  readonly attributes: AttributesService;
  readonly alarms: AlarmsService;
  readonly rpc: RpcService;
}

/** Binds what other use cases offer to a unit and its time. */
export function unitServices(
  services: NodeServices,
  alarmToJson: (alarm: Alarm) => JsonValue,
  bound: { readonly unit: CommitUnit; readonly nowMs: number },
): UnitServices {
  const { telemetry, alarms, devices } = services;
  const { unit, nowMs } = bound;
  return {
    timeSeries: {
      save: (message, { ttlMs, useServerTime }) => telemetry.saveMessage(unit, message, { ttlMs, useServerTime, nowMs }),
    },
    attributes: {
      save: async (message, { scope, onlyOnChange }) => {
        const values = telemetry.attributeValues(message);
        return telemetry.saveAttributes(unit, { tenantId: message.tenantId, entity: message.originator, scope, values, onlyOnChange, nowMs });
      },
    },
    alarms: {
      active: (message, type) => alarms.active(unit, message.tenantId, message.originator, type),
      byId: (message, id) => alarms.byId(unit, message.tenantId, id),
      async raise(message, { originator, ...wanted }) {
        const { tenantId, customerId } = message;
        const { alarm, change } = await alarms.raise(unit, { ...wanted, tenantId, customerId, originator: originator ?? message.originator }, nowMs);
        return { alarm, change: change === 'cleared' ? 'unchanged' : change };
      },
      clear: async (_message, alarm, details) => (await alarms.clear(unit, alarm, details, nowMs))?.alarm,
      toJson: alarmToJson,
    },
    rpc: { call: (message, { timeoutMs }) => devices.call(message, { timeoutMs }) },
  };
}
