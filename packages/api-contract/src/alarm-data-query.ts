import { alarmSearchStatuses, alarmSeverities, type AlarmFilter, type EntityData, type QueryKey } from '@fieldline/model';
import * as z from 'zod';
import { wireAlarmInfoSchema, type WireAlarmInfo } from './alarm.js';
import {
  entityCountDraftOf,
  entityCountQuerySchema,
  pageDraftOf,
  queryKeysSchema,
  queryPageLinkSchema,
  type EntityCountDraft,
  type PageDraft,
} from './entity-query.js';
import { latestToWire, wireLatestSchema } from './entity-query-result.js';
import { API_QUERY_TYPES_MAX } from './limits.js';
import { plainEntityId, uuidSchema, wireEntityIdSchema } from './wire-id.js';

export interface AlarmCountDraft extends AlarmFilter {
  readonly entities?: EntityCountDraft | undefined;
  readonly withPropagated: boolean;
}

export interface AlarmDataDraft extends AlarmCountDraft, PageDraft {
  readonly entities: EntityCountDraft;
  readonly columns: readonly QueryKey[];
  readonly alarmFields: readonly string[];
}

const instant = z.int().nullish();
const alarmFilter = {
  startTs: instant.describe('Created at or after this instant; 0 is open.'),
  endTs: instant.describe('Created at or before this instant; 0 is open.'),
  timeWindow: instant.describe('Length from `startTs` on, or up to now; 0 is none.'),
  typeList: z.array(z.string().max(255)).max(API_QUERY_TYPES_MAX).nullish().describe('Types; any if empty.'),
  statusList: z.array(z.enum(alarmSearchStatuses)).max(20).nullish().describe('Parts of the status.'),
  severityList: z.array(z.enum(alarmSeverities)).max(20).nullish().describe('Severities; any if empty.'),
  searchPropagatedAlarms: z.boolean().nullish().describe('Those propagated to the entities too.'),
  assigneeId: z
    .object({ id: uuidSchema.describe('UUID.') })
    .nullish()
    .describe('User who takes care of it.'),
};

export const alarmCountQuerySchema = z.object({ ...entityCountQuerySchema.shape, ...alarmFilter });

export const alarmDataQuerySchema = z.object({
  ...entityCountQuerySchema.shape,
  pageLink: z
    .object({ ...queryPageLinkSchema.shape, ...alarmFilter })
    .nullish()
    .describe('Which alarms, and which part of the answer.'),
  alarmFields: queryKeysSchema.describe('Fields of the alarms that are searched.'),
  entityFields: queryKeysSchema.describe('Fields of the entities to answer.'),
  latestValues: queryKeysSchema.describe('Attributes and latest telemetry of the entities to answer.'),
});

/** @throws CONTRACT_QUERY_INVALID */
export function alarmCountDraftOf(query: z.output<typeof alarmCountQuerySchema>, nowMs: number): AlarmCountDraft {
  const hasEntities = query.entityFilter !== null && query.entityFilter !== undefined;
  return { ...alarmFilterOf(query, nowMs), ...(hasEntities ? { entities: entityCountDraftOf(query) } : {}) };
}

/** @throws CONTRACT_QUERY_INVALID */
export function alarmDataDraftOf(query: z.output<typeof alarmDataQuerySchema>, nowMs: number): AlarmDataDraft {
  return {
    entities: entityCountDraftOf(query),
    ...pageDraftOf(query.pageLink),
    ...alarmFilterOf(query.pageLink ?? {}, nowMs),
    columns: [...(query.entityFields ?? []), ...(query.latestValues ?? [])],
    alarmFields: (query.alarmFields ?? []).map(({ key }) => key),
  };
}

type WireFilter = Partial<Pick<z.output<typeof alarmCountQuerySchema>, keyof typeof alarmFilter>>;

function alarmFilterOf(filter: WireFilter, nowMs: number): Omit<AlarmCountDraft, 'entities'> {
  const { startTs, endTs, timeWindow } = filter;
  const [start, end, window] = [startTs ?? 0, endTs ?? 0, timeWindow ?? 0];
  const from = window > 0 && start <= 0 ? nowMs - window : start;
  const to = window > 0 ? from + window : end;
  return {
    statuses: filter.statusList ?? undefined,
    severities: filter.severityList ?? undefined,
    types: filter.typeList ?? undefined,
    assigneeId: filter.assigneeId?.id,
    startMs: from > 0 ? from : undefined,
    endMs: to > 0 ? to : undefined,
    withPropagated: filter.searchPropagatedAlarms ?? false,
  };
}

/** An alarm of an answer, with the entity through which it was found and what was asked about that (rest-api.md §24). */
export const wireAlarmDataSchema = z.strictObject({
  ...wireAlarmInfoSchema.shape,
  entityId: wireEntityIdSchema.describe('The entity through which the alarm was found.'),
  latest: wireLatestSchema,
});

export type WireAlarmData = z.infer<typeof wireAlarmDataSchema>;

export function alarmDataToWire(info: WireAlarmInfo, { entity, values }: EntityData, nowMs: number): WireAlarmData {
  return { ...info, entityId: plainEntityId(entity), latest: latestToWire(values, nowMs) };
}
