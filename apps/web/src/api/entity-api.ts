import type { RelationInfo } from '@fieldline/api-client';
import { bodyOf, client } from './client.js';
import type { Span } from './telemetry-api.js';
import type { AttributeScope, DeviceInfo, EntityRef, JsonValue } from './wire.js';

/** Identifies a relation: there is one between two entities in each type. */
export interface RelationKey {
  readonly from: EntityRef;
  readonly to: EntityRef;
  readonly type: string;
}
export type { RelationInfo };

const { http } = client;

/** The last time there is in JavaScript. */
const TIME_MAX_MS = 8.64e15;

/** What pages change about a device and the things round it. */
export const entityApi = {
  /** Changes what is stored of a device: what the parts do not name stays. */
  saveDevice: (stored: DeviceInfo, parts: { name: string; label: string | null; deviceProfileId: { id: string }; description: string }) => {
    const { description, ...changed } = parts;
    const { id, version, customerId, deviceData, firmwareId, softwareId } = stored;
    const additionalInfo = { ...stored.additionalInfo, description };
    return bodyOf(http.POST('/api/device', { body: { id, version, customerId, deviceData, firmwareId, softwareId, additionalInfo, ...changed } }));
  },
  relationsFrom: ({ entityType, id }: EntityRef, signal: AbortSignal): Promise<RelationInfo[]> =>
    bodyOf(http.GET('/api/relations/info', { params: { query: { fromId: id, fromType: entityType } }, signal })),
  relationsTo: ({ entityType, id }: EntityRef, signal: AbortSignal): Promise<RelationInfo[]> =>
    bodyOf(http.GET('/api/relations/info', { params: { query: { toId: id, toType: entityType } }, signal })),
  saveRelation: ({ from, to, type }: RelationKey) => bodyOf(http.POST('/api/relation', { body: { from, to, type, typeGroup: 'COMMON' } })),
  removeRelation: ({ from, to, type }: RelationKey) =>
    bodyOf(
      http.DELETE('/api/relation', {
        params: { query: { fromId: from.id, fromType: from.entityType, toId: to.id, toType: to.entityType, relationType: type } },
      }),
    ),
  saveAttribute: ({ entityType, id }: EntityRef, scope: AttributeScope, key: string, value: JsonValue) =>
    bodyOf(
      http.POST('/api/plugins/telemetry/{entityType}/{entityId}/attributes/{scope}', {
        params: { path: { entityType, entityId: id, scope } },
        body: { [key]: value },
      }),
    ),
  removeAttribute: ({ entityType, id }: EntityRef, scope: AttributeScope, key: string) =>
    bodyOf(
      http.DELETE('/api/plugins/telemetry/{entityType}/{entityId}/{scope}', {
        params: { path: { entityType, entityId: id, scope }, query: { keys: key } },
      }),
    ),
  /** Removes readings of a key: of a span, else all of them, also those of a clock that is ahead. What is left has the latest value. */
  removeReadings: ({ entityType, id }: EntityRef, key: string, span: Span = { startTs: 0, endTs: TIME_MAX_MS }) =>
    bodyOf(
      http.DELETE('/api/plugins/telemetry/{entityType}/{entityId}/timeseries/delete', {
        params: { path: { entityType, entityId: id }, query: { key, ...span, rewriteLatestIfDeleted: 'true' } },
      }),
    ),
};
