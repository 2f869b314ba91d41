import { queryOptions } from '@tanstack/react-query';
import { alarmPage } from './alarm-page.js';
import { type AlarmFilter, alarmApi } from './alarm-api.js';
import type { ListQuery } from './api.js';
import { type AlarmSeverity, alarmSeverities } from './wire.js';

/** Alarms change by themselves: what is on the screen is looked up again this often. */
export const ALARM_REFRESH_MS = 5_000;

export interface AlarmCounts {
  readonly bySeverity: Readonly<Record<AlarmSeverity, number>>;
  readonly unacknowledged: number;
}

/** What can be asked about alarms. All keys begin alike, so that one invalidation after a change reaches them all. */
export const alarmQueries = {
  all: ['alarms'] as const,
  list: (filter: AlarmFilter, list: ListQuery) =>
    queryOptions({
      queryKey: ['alarms', 'list', filter, list],
      queryFn: ({ signal }) => alarmPage(filter, list, (part, query) => alarmApi.page(part, query, signal)),
    }),
  counts: () => queryOptions({ queryKey: ['alarms', 'counts'], queryFn: ({ signal }) => countsOf(signal) }),
  types: () => queryOptions({ queryKey: ['alarms', 'types'], queryFn: ({ signal }) => alarmApi.types(signal), staleTime: 60_000 }),
  one: (alarmId: string) => queryOptions({ queryKey: ['alarms', 'one', alarmId], queryFn: ({ signal }) => alarmApi.one(alarmId, signal) }),
  comments: (alarmId: string, count: number) =>
    queryOptions({ queryKey: ['alarms', 'comments', alarmId, count], queryFn: ({ signal }) => alarmApi.comments(alarmId, count, signal) }),
  assignable: (alarmId: string, search: string) =>
    queryOptions({
      queryKey: ['alarms', 'assignable', alarmId, search],
      queryFn: ({ signal }) => alarmApi.assignable(alarmId, search, signal),
      staleTime: 60_000,
    }),
};

/** Active alarms of each severity, and those among them that nobody has acknowledged. */
async function countsOf(signal: AbortSignal): Promise<AlarmCounts> {
  const [unacknowledged, ...counts] = await Promise.all([
    alarmApi.count(['ACTIVE', 'UNACK'], [], signal),
    ...alarmSeverities.map((severity) => alarmApi.count(['ACTIVE'], [severity], signal)),
  ]);
  const bySeverity = Object.fromEntries(alarmSeverities.map((severity, index) => [severity, counts[index] ?? 0]));
  return { bySeverity: bySeverity as Record<AlarmSeverity, number>, unacknowledged };
}
