import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { engineQueries } from '../api/engine-queries.js';
import type { TraceFilter } from '../api/trace-api.js';
import { boundsOf } from '../ui/time-span.js';
import { useListState } from '../ui/use-list-state.js';
import { reasonChoices } from './trace-words.js';

/** While somebody looks, new traces come in by themselves. */
const REFRESH_MS = 5_000;

/** The list of traces with its filters, kept in the address so that a view can be sent as a link. */
export function useTraceList() {
  const list = useListState({ property: 'startTime', order: 'DESC' });
  const read = (name: string) => list.params.get(name) ?? '';
  const [device, chain, reason, span, from, to] = [read('device'), read('chain'), read('reason'), read('span'), read('from'), read('to')];
  const isFailedOnly = read('failed') !== '';
  const filter = useMemo((): TraceFilter => {
    const known = reasonChoices.find(({ value }) => value === reason)?.value;
    return {
      ...(span === '' ? {} : boundsOf(span, from, to)),
      ...(device === '' ? {} : { entity: { entityType: 'DEVICE', id: device } }),
      ...(chain === '' ? {} : { ruleChainId: chain }),
      ...(known === undefined ? {} : { reason: known }),
      ...(isFailedOnly ? { hasFailed: 'true' } : {}),
    };
  }, [device, chain, reason, isFailedOnly, span, from, to]);
  const traces = useQuery({ ...engineQueries.traces(filter, list.query), placeholderData: keepPreviousData, refetchInterval: REFRESH_MS });
  const devices = traces.data?.data.flatMap(({ originator }) => (originator.entityType === 'DEVICE' ? originator.id : [])) ?? [];
  const names = useQuery({ ...engineQueries.deviceNames([...new Set(devices)].sort()), placeholderData: keepPreviousData });
  const change = (changes: Record<string, string | null>) =>
    list.change({ page: undefined, ...Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value ?? undefined])) });
  return {
    ...{ list, traces, names: names.data },
    choices: { device, chain, reason, isFailedOnly, span, from, to },
    isNarrowed: Object.keys(filter).length > 0 || list.query.textSearch !== '',
    change,
    reset: () => {
      list.setSearch('');
      change({ device: null, chain: null, reason: null, failed: null, span: null, from: null, to: null, search: null });
    },
  };
}
export type TraceList = ReturnType<typeof useTraceList>;
