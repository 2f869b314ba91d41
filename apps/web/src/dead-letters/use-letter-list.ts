import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DeadLetterFilter } from '../api/engine-api.js';
import { engineQueries } from '../api/engine-queries.js';
import { queries } from '../api/queries.js';
import { boundsOf } from '../ui/time-span.js';
import { useListState } from '../ui/use-list-state.js';

/** Chains whose names are known; those beyond are shown by their id. */
const allChains = { page: 0, pageSize: 1_000, sortProperty: 'name', sortOrder: 'ASC' } as const;
/** Stands for messages that came to no rule chain, which the API has no filter for. */
const noChainName = 'No rule chain';

/** The list of dead letters with its filters, kept in the address so that a view can be sent as a link. */
export function useLetterList() {
  const list = useListState({ property: 'failedTime', order: 'DESC' });
  const read = (name: string) => list.params.get(name) ?? '';
  const [chainId, code, span, from, to] = [read('chain'), read('code'), read('span'), read('from'), read('to')];
  const filter = useMemo(
    (): DeadLetterFilter => ({
      ...(span === '' ? {} : boundsOf(span, from, to)),
      ...(chainId === '' ? {} : { ruleChainId: chainId }),
      ...(code === '' ? {} : { code }),
    }),
    [chainId, code, span, from, to],
  );
  const letters = useQuery({ ...engineQueries.deadLetters(filter, list.query), placeholderData: keepPreviousData });
  const counts = useQuery(engineQueries.deadLetterCounts());
  const chains = useQuery(queries.ruleChains(allChains));
  const names = new Map(chains.data?.data.map(({ id, name }) => [id.id, name]));
  const nameOf = (ruleChainId: string | null) => (ruleChainId === null ? noChainName : (names.get(ruleChainId) ?? 'A rule chain that is gone'));
  const isNarrowed = chainId !== '' || code !== '' || span !== '' || list.query.textSearch !== '';
  const change = (changes: Record<string, string | null>) =>
    list.change({ page: undefined, ...Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value ?? undefined])) });
  return {
    ...{ list, letters, rows: letters.data?.data, counts: counts.data, nameOf, isNarrowed },
    choices: { chainId, code, span, from, to },
    change,
    reset: () => {
      list.setSearch('');
      change({ chain: null, code: null, span: null, from: null, to: null, search: null });
    },
  };
}
export type LetterList = ReturnType<typeof useLetterList>;

/** All dead letters of the tenant. */
export function totalOf(counts: LetterList['counts']): number | undefined {
  return counts?.reduce((sum, { count }) => sum + count, 0);
}
