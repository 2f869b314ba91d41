import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AlarmFilter } from '../api/alarm-api.js';
import { ALARM_REFRESH_MS, alarmQueries } from '../api/alarm-queries.js';
import { queries } from '../api/queries.js';
import { type AlarmInfo, type AlarmSeverity, type EntityRef, alarmSeverities } from '../api/wire.js';
import { useListState } from '../ui/use-list-state.js';
import { shelvingOf } from './alarm-state.js';

export const PAGE_SIZE = 50;
const worstFirst = { property: 'severity', order: 'DESC' } as const;

export type Life = 'active' | 'cleared' | 'any';
export type Acknowledged = 'any' | 'no' | 'yes';

export interface AlarmChoices {
  readonly life: Life;
  readonly acknowledged: Acknowledged;
  readonly severities: readonly AlarmSeverity[];
  readonly type: string | undefined;
  readonly isMine: boolean;
  readonly showsShelved: boolean;
}

/** What an address says about which alarms are listed; what it leaves out or gets wrong is as at first. */
export function choicesOf(params: URLSearchParams): AlarmChoices {
  const given = params.get('severity')?.split(',') ?? [];
  return {
    life: oneOf(params.get('status'), ['active', 'cleared', 'any'] as const),
    acknowledged: oneOf(params.get('acknowledged'), ['any', 'no', 'yes'] as const),
    severities: alarmSeverities.filter((severity) => given.includes(severity)),
    type: params.get('type') ?? undefined,
    isMine: params.has('mine'),
    showsShelved: params.has('shelved'),
  };
}

/** The changed choices as parameters of the address; the first page of them is shown. */
export function parametersOf(changes: Partial<AlarmChoices>): Record<string, string | undefined> {
  const { life, acknowledged, severities, type, isMine, showsShelved } = changes;
  return {
    page: undefined,
    ...(life === undefined ? {} : { status: life === 'active' ? undefined : life }),
    ...(acknowledged === undefined ? {} : { acknowledged: acknowledged === 'any' ? undefined : acknowledged }),
    ...(severities === undefined ? {} : { severity: severities.join(',') }),
    ...('type' in changes ? { type } : {}),
    ...(isMine === undefined ? {} : { mine: isMine ? 'yes' : undefined }),
    ...(showsShelved === undefined ? {} : { shelved: showsShelved ? 'yes' : undefined }),
  };
}

/** Alarms of the tenant or of one entity as the address asks for them, looked up again and again. */
export function useAlarmList(entity?: EntityRef) {
  const list = useListState(worstFirst, PAGE_SIZE);
  const choices = choicesOf(list.params);
  const user = useQuery(queries.currentUser());
  const userId = user.data?.id.id;
  const filter = filterOf(choices, entity, userId);
  const alarms = useQuery({
    ...alarmQueries.list(filter, list.query),
    placeholderData: keepPreviousData,
    refetchInterval: ALARM_REFRESH_MS,
    // Whose alarms "mine" are is known only then.
    enabled: !choices.isMine || userId !== undefined,
  });
  // As of the last look: the list need not be worked out every second.
  const nowMs = alarms.dataUpdatedAt;
  const found = alarms.data?.data;
  const seen = choices.showsShelved ? found : found?.filter((alarm) => shelvingOf(alarm, nowMs) === undefined);
  return {
    ...list,
    choices,
    choose: (changes: Partial<AlarmChoices>) => list.change(parametersOf(changes)),
    reset: () => {
      list.setSearch('');
      list.change({ ...parametersOf({ acknowledged: 'any', severities: [], type: undefined, isMine: false }), search: undefined });
    },
    alarms,
    rows: seen,
    hiddenCount: (found?.length ?? 0) - (seen?.length ?? 0),
    shelvedCount: found?.filter((alarm) => shelvingOf(alarm, nowMs) !== undefined).length ?? 0,
    userId,
  };
}
export type AlarmList = ReturnType<typeof useAlarmList>;

/** Whether anything but the status, which always says something, narrows the list. */
export function isNarrowed({ choices, query }: Pick<AlarmList, 'choices' | 'query'>): boolean {
  const { acknowledged, severities, type, isMine } = choices;
  return acknowledged !== 'any' || severities.length > 0 || type !== undefined || isMine || query.textSearch !== '';
}

function filterOf({ life, acknowledged, severities, type, isMine }: AlarmChoices, entity?: EntityRef, userId?: string): AlarmFilter {
  return {
    statuses: [
      ...(life === 'any' ? [] : [life === 'active' ? ('ACTIVE' as const) : ('CLEARED' as const)]),
      ...(acknowledged === 'any' ? [] : [acknowledged === 'yes' ? ('ACK' as const) : ('UNACK' as const)]),
    ],
    severities,
    ...(type === undefined ? {} : { type }),
    ...(isMine && userId !== undefined ? { assigneeId: userId } : {}),
    ...(entity === undefined ? {} : { entity }),
  };
}

/** The value where it is one of those; the first of them otherwise. */
function oneOf<T extends string>(value: string | null, all: readonly [T, ...T[]]): T {
  return all.find((known) => known === value) ?? all[0];
}

/** The alarms among these that are still listed, in the order of the list. */
export function stillListed(ids: ReadonlySet<string>, rows: readonly AlarmInfo[] | undefined): AlarmInfo[] {
  return rows?.filter(({ id }) => ids.has(id.id)) ?? [];
}
