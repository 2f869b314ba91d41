import { type DataPoint, type EntityId, type Page, type QueryKey, valueText } from '@fieldline/model';
import { pageToWire } from '../page.js';
import { plainEntityId } from '../wire-id.js';
import { liveErrorCodes } from './frames.js';

// Frames about many entities (websocket-api.md §5.2 and §6).

/** A value at its time; `count` is how many points an aggregated one stands for. */
export interface LiveValue {
  readonly ts: number;
  readonly value: string;
  readonly count?: number;
}

/** What frames show where there is no value. */
export const noLiveValue: LiveValue = { ts: 0, value: '' };

export type LiveColumn = readonly [QueryKey, LiveValue];

/** Values of one entity in a frame; a member that is not spoken of is null. */
export interface LiveEntity {
  readonly entityId: ReturnType<typeof plainEntityId>;
  readonly latest: Readonly<Record<string, Readonly<Record<string, LiveValue>>>> | null;
  readonly timeseries: Readonly<Record<string, readonly LiveValue[]>> | null;
  readonly aggLatest: Readonly<Record<string, LiveComparison>> | null;
}

/** An aggregated value beside that of an earlier time. */
export interface LiveComparison {
  readonly current: LiveValue | null;
  readonly previous: LiveValue | null;
}

/** A changed entity with its latest values alone. */
export function liveLatest(entity: EntityId, columns: readonly LiveColumn[]): LiveEntity {
  return { entityId: plainEntityId(entity), latest: latestOf(columns), timeseries: null, aggLatest: null };
}

/** A changed entity with points of its time series alone, by their keys and in the order given. */
export function livePoints(entity: EntityId, points: readonly (readonly [string, LiveValue])[]): LiveEntity {
  const byKey = Map.groupBy(points, ([key]) => key);
  const timeseries = Object.fromEntries([...byKey].map(([key, ofKey]) => [key, ofKey.map(([, value]) => value)]));
  return { entityId: plainEntityId(entity), latest: null, timeseries, aggLatest: null };
}

/** An entity with all that its page shows of it. */
export function liveEntity(
  entity: EntityId,
  columns: readonly LiveColumn[],
  { timeseries = {}, aggLatest = {} }: Partial<Pick<LiveEntity, 'timeseries' | 'aggLatest'>> = {},
): LiveEntity {
  return { entityId: plainEntityId(entity), latest: latestOf(columns), timeseries, aggLatest };
}

export function liveValueOf(point: DataPoint): LiveValue {
  return { ts: point.tsMs, value: valueText(point) };
}

/** A complete page. */
export function entityPageFrame(cmdId: number, page: Page<LiveEntity>, allowedEntities: number): string {
  return entityFrame(cmdId, tailOf({ data: pageToWire(page, (entity) => entity), update: null, allowedEntities }));
}

/**
 * Changes of entities, without the id of the subscription: those of all who watch the same are equal, and made once. With
 * `entityFrame` they become frames.
 */
export function entityUpdateTail(update: readonly LiveEntity[], allowedEntities: number): string {
  return tailOf({ data: null, update, allowedEntities });
}

export function entityFrame(cmdId: number, tail: string): string {
  return `{"cmdId":${cmdId},${tail}`;
}

/** An error of a part of a command whose page is there. */
export function entityErrorFrame(cmdId: number, errorMsg: string): string {
  const error = { cmdId, errorCode: liveErrorCodes.internal, errorMsg, data: null, update: null };
  return JSON.stringify({ ...error, cmdUpdateType: 'ENTITY_DATA', allowedEntities: 0 });
}

export function entityCountFrame(cmdId: number, count: number): string {
  return JSON.stringify({ cmdId, errorCode: 0, errorMsg: null, count, cmdUpdateType: 'COUNT_DATA' });
}

function tailOf({ data, update, allowedEntities }: { data: unknown; update: readonly LiveEntity[] | null; allowedEntities: number }): string {
  return JSON.stringify({ errorCode: 0, errorMsg: null, data, update, cmdUpdateType: 'ENTITY_DATA', allowedEntities }).slice(1);
}

function latestOf(columns: readonly LiveColumn[]): NonNullable<LiveEntity['latest']> {
  const byType = Map.groupBy(columns, ([{ type }]) => type);
  return Object.fromEntries([...byType].map(([type, ofType]) => [type, Object.fromEntries(ofType.map(([{ key }, value]) => [key, value]))]));
}
