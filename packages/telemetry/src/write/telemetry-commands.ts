import { valueJson } from '@fieldline/api-contract';
import type { Clock, IdSource, Log } from '@fieldline/kernel';
import type { ActionType, AttributeScope, DataPoint, EntityAction, EntityId, JsonObject, JsonValue, TenantId, TypedValue } from '@fieldline/model';
import { actionMessages, attributeScopes, auditLogOf, secretAttributes } from '@fieldline/model';
import type { CommandContext, CommitUnit, DataStore, ProfileTtls, RuleMessages, TelemetryCommands } from '@fieldline/ports';
import { checkValue, KeyCheck } from './key-check.js';

export interface TelemetryCommandsDeps {
  readonly store: Pick<DataStore, 'begin' | 'commit' | 'reading'>;
  readonly messages: RuleMessages;
  readonly ttls: ProfileTtls;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}

/** The entity a command is about, as actions name it. */
interface Target {
  readonly entity: EntityId;
  readonly entityName: string;
  readonly customerId?: string | undefined;
}

/** What people and programs write over REST, stored at once and then told to the rule chain (rest-api.md §6.7 to §6.10). */
export function telemetryCommands(deps: TelemetryCommandsDeps): TelemetryCommands {
  const { store, clock, ids, messages, ttls, log } = deps;
  const keys = new KeyCheck();

  const check = (key: string, { value }: TypedValue): void => checkValue(keys, key, value);

  const finish = async (unit: CommitUnit, action: EntityAction): Promise<void> => {
    unit.record({ change: 'insert', kind: 'auditLog', entity: auditLogOf(action, { id: ids.next(), nowMs: clock.nowMs() }) });
    await store.commit(unit);
    const told = actionMessages(action);
    messages.send(told).catch((error: unknown) => log.error('action-messages-lost', { count: told.length, error }));
  };

  return {
    async saveAttributes(context, { values, scope, ...target }) {
      for (const value of values) check(value.key, value);
      const unit = store.begin();
      const lastUpdateMs = clock.nowMs();
      for (const { key, kind, value } of values) {
        unit.attribute({ tenantId: context.tenantId, entity: target.entity, scope, key, kind, value, lastUpdateMs });
      }
      const body = Object.fromEntries(values.map((value) => [value.key, valueJson(value)]));
      await finish(unit, actionOf(context, target, 'ATTRIBUTES_UPDATED', body, { metadata: { scope }, data: { scope, attributes: body } }));
    },

    async removeAttributes(context, { keys: asked, scope, ...target }) {
      const unit = store.begin();
      const found = await store.reading(unit).attributes(context.tenantId, target.entity, scope, asked);
      const removed = found.map(({ key }) => key);
      for (const key of removed) unit.removeAttribute({ tenantId: context.tenantId, entity: target.entity, scope, key });
      const body = { attributes: [...asked] };
      await finish(unit, actionOf(context, target, 'ATTRIBUTES_DELETED', body, { metadata: { scope }, data: { scope, ...body } }));
      return removed;
    },

    async saveTelemetry(context, { points, ttlMs: said, ...target }) {
      for (const point of points) check(point.key, point);
      const ttlMs = said === 0 ? await ttls.readTtlOf(context.tenantId, target.entity) : said;
      const unit = store.begin();
      for (const { key, tsMs, kind, value } of points) unit.point(context.tenantId, target.entity, key, tsMs, kind, value, ttlMs);
      const body = { timeseries: byTime(points) };
      await finish(unit, actionOf(context, target, 'TIMESERIES_UPDATED', body, { data: { points: points.length } }));
    },

    async removeTelemetry(context, { keys: asked, startMs, endMs, latest, ...target }) {
      const unit = store.begin();
      for (const key of asked) unit.removePoints({ tenantId: context.tenantId, entity: target.entity, key, startMs, endMs, latest });
      const body = { timeseries: [...asked], startTs: startMs, endTs: endMs };
      await finish(unit, actionOf(context, target, 'TIMESERIES_DELETED', body, { data: body }));
    },

    async copyAttributes(tenantId: TenantId, { from, to, keys: wanted, startMs, endMs }) {
      const unit = store.begin();
      for (const scope of attributeScopes) {
        // A copy would be seen by whoever sees the view, so secrets stay with their device.
        const keys = wanted[scope].filter((key) => !secretAttributes.has(key));
        if (keys.length === 0) continue;
        for (const { key, kind, value, lastUpdateMs } of await store.reading(unit).attributes(tenantId, from, scope, keys)) {
          const isInside = lastUpdateMs >= startMs && (endMs === 0 || lastUpdateMs <= endMs);
          if (isInside) unit.attribute({ tenantId, entity: to, scope, key, kind, value, lastUpdateMs });
        }
      }
      if (!unit.isEmpty) await store.commit(unit);
    },
  };
}

function actionOf(
  { tenantId, user }: CommandContext,
  target: Target,
  type: ActionType,
  body: JsonValue,
  more: { readonly metadata?: { readonly scope: AttributeScope }; readonly data: JsonObject },
): EntityAction {
  return { type, tenantId, user, ...target, body, ...more };
}

/** The points as the message carries them: one object for each time, in the order of the times. */
function byTime(points: readonly DataPoint[]): { ts: number; values: Record<string, JsonValue> }[] {
  const groups = new Map<number, Record<string, JsonValue>>();
  for (const point of points) {
    const values = groups.get(point.tsMs) ?? {};
    values[point.key] = valueJson(point);
    groups.set(point.tsMs, values);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([ts, values]) => ({ ts, values }));
}
