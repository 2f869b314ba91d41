import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ALARM_REFRESH_MS, alarmQueries } from '../api/alarm-queries.js';
import { queries } from '../api/queries.js';
import type { AlarmInfo, EntityRef } from '../api/wire.js';
import { useListState } from '../ui/use-list-state.js';
import { type AlarmChoices, choicesOf, filterOf, isNarrow, parametersOf } from './alarm-choices.js';
import { shelvingOf } from './alarm-state.js';

export const PAGE_SIZE = 50;
const worstFirst = { property: 'severity', order: 'DESC' } as const;

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
    isNarrowed: isNarrow(choices) || list.query.textSearch !== '',
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

/** The alarms among these that are still listed, in the order of the list. */
export function stillListed(ids: ReadonlySet<string>, rows: readonly AlarmInfo[] | undefined): AlarmInfo[] {
  return rows?.filter(({ id }) => ids.has(id.id)) ?? [];
}
