import type { AlarmFilter } from './alarm-api.js';
import type { ListQuery } from './api.js';
import { type AlarmInfo, type PageData, alarmSeverities } from './wire.js';

type Ask = (filter: AlarmFilter, query: ListQuery) => Promise<PageData<AlarmInfo>>;

/**
 * One page of alarms. The API sorts severities by their names, which is the order of their weight but for the least of
 * them: INDETERMINATE comes second. So it is asked for by itself and put at its end of the list.
 */
export async function alarmPage(filter: AlarmFilter, query: ListQuery, ask: Ask): Promise<PageData<AlarmInfo>> {
  if (query.sortProperty !== 'severity') return ask(filter, query);
  const wanted = filter.severities.length === 0 ? alarmSeverities : filter.severities;
  const named = wanted.filter((severity) => severity !== 'INDETERMINATE');
  // Down the list from the worst is up the alphabet.
  const sortOrder = query.sortOrder === 'DESC' ? 'ASC' : 'DESC';
  const parts = [
    ...(named.length === 0 ? [] : [{ filter: { ...filter, severities: named }, query: { ...query, sortOrder } as const }]),
    ...(named.length === wanted.length
      ? []
      : [
          { filter: { ...filter, severities: ['INDETERMINATE'] as const }, query: { ...query, sortProperty: 'startTs', sortOrder: 'DESC' } as const },
        ]),
  ];
  const page = await pageOfBoth(query.sortOrder === 'DESC' ? parts : parts.reverse(), query, ask);
  return { ...page, data: byWeight(page.data, query.sortOrder) };
}

interface Part {
  readonly filter: AlarmFilter;
  readonly query: ListQuery;
}

/** A page of two lists, one after the other. The page of the second seldom begins with one of its own, so it is cut out of two. */
async function pageOfBoth(parts: readonly Part[], { page, pageSize }: ListQuery, ask: Ask): Promise<PageData<AlarmInfo>> {
  const [first, second] = parts as [Part, Part | undefined];
  const start = await ask(first.filter, first.query);
  if (second === undefined) return start;
  const begin = Math.max(0, page * pageSize - start.totalElements);
  const missing = pageSize - start.data.length;
  const place = Math.floor(begin / pageSize);
  const rest = await ask(second.filter, { ...second.query, page: place });
  const isCut = begin % pageSize > 0 && rest.hasNext;
  const next = isCut ? await ask(second.filter, { ...second.query, page: place + 1 }) : undefined;
  const from = begin - place * pageSize;
  const data = [...start.data, ...[...rest.data, ...(next?.data ?? [])].slice(from, from + missing)];
  const totalElements = start.totalElements + rest.totalElements;
  return { data, totalElements, totalPages: Math.ceil(totalElements / pageSize), hasNext: (page + 1) * pageSize < totalElements };
}

/** Within a severity the latest first, which the API leaves open. */
function byWeight(alarms: readonly AlarmInfo[], sortOrder: ListQuery['sortOrder']): AlarmInfo[] {
  const sign = sortOrder === 'DESC' ? 1 : -1;
  return [...alarms].sort((a, b) => sign * (alarmSeverities.indexOf(a.severity) - alarmSeverities.indexOf(b.severity)) || b.startTs - a.startTs);
}
