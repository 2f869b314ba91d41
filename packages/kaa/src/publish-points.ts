import { TELEMETRY_KEY_LENGTH_MAX, telemetryKeyFault, typedValue, ValueKind, type DataPoint, type TypedValue } from '@fieldline/model';
import { actingUserOf, type Caller, type EntityAccess, type EntityStore, type TelemetryCommands } from '@fieldline/ports';
import { endpointsOf, entityOf, requireApplication } from './applications.js';
import { kaaErrors } from './errors.js';
import { PUBLISHED_VALUES_MAX } from './limits.js';
import { hasOwnKey, keyOfValue } from './series-keys.js';

/** What a value of a published point may be. */
export type PublishedValue = number | string | boolean | null;

/** Points by endpoint and series. */
export type PublishedPoints = Readonly<
  Record<string, Readonly<Record<string, readonly { readonly tsMs: number; readonly values: Readonly<Record<string, PublishedValue>> }[]>>>
>;

interface PublishDeps {
  readonly entities: Pick<EntityStore, 'findAllInfos'>;
  readonly commands: Pick<TelemetryCommands, 'saveTelemetry'>;
  readonly access: EntityAccess;
}

/**
 * Stores points endpoint by endpoint, after all of them have been checked.
 *
 * @throws KAA_NAME_UNKNOWN, KAA_ENDPOINT_UNKNOWN, KAA_POINTS_TOO_MANY, KAA_VALUE_NAME_INVALID, and what `saveTelemetry` throws
 */
export async function publishPoints({ entities, commands, access }: PublishDeps, caller: Caller, appVersion: string, published: PublishedPoints) {
  const application = await requireApplication(entities, caller, { version: appVersion });
  const known = new Map((await endpointsOf(entities, caller, application, Object.keys(published))).map((endpoint) => [endpoint.id, endpoint]));
  let values = 0;
  const writes = [];
  for (const [endpointId, ofEndpoint] of Object.entries(published)) {
    const endpoint = known.get(endpointId);
    if (endpoint === undefined) throw kaaErrors.ENDPOINT_UNKNOWN({ endpointId, application: application.name });
    const points = pointsOf(ofEndpoint);
    values += points.length;
    if (values > PUBLISHED_VALUES_MAX) throw kaaErrors.POINTS_TOO_MANY({ valuesMax: PUBLISHED_VALUES_MAX });
    const { name, customerId } = await access.require(caller, entityOf(endpoint), 'write-telemetry');
    if (points.length > 0) writes.push({ entity: entityOf(endpoint), entityName: name, customerId, points, ttlMs: 0 });
  }
  const context = { tenantId: caller.tenantId, user: actingUserOf(caller) };
  for (const write of writes) await commands.saveTelemetry(context, write);
}

function pointsOf(ofEndpoint: PublishedPoints[string]): readonly DataPoint[] {
  return Object.entries(ofEndpoint).flatMap(([series, points]) =>
    points.flatMap(({ tsMs, values }) =>
      Object.entries(values).map(([value, told]): DataPoint => {
        if (!hasOwnKey({ series, value }) || telemetryKeyFault(keyOfValue(series, value)) !== undefined) {
          throw kaaErrors.VALUE_NAME_INVALID({ series: series.slice(0, TELEMETRY_KEY_LENGTH_MAX), value: value.slice(0, TELEMETRY_KEY_LENGTH_MAX) });
        }
        return { key: keyOfValue(series, value), tsMs, ...storedForm(told) };
      }),
    ),
  );
}

/**
 * A text stays a text, also one of digits, and a number a number, also one that no 64-bit integer holds; null is kept as JSON,
 * because to Kaa it is a value (kaa.md §5.4).
 */
function storedForm(told: PublishedValue): TypedValue {
  if (typeof told === 'string') return { kind: ValueKind.string, value: told };
  const typed = typedValue(told) ?? { kind: ValueKind.json, value: 'null' };
  return typeof told === 'number' && typed.kind === ValueKind.string ? { kind: ValueKind.double, value: told } : typed;
}
