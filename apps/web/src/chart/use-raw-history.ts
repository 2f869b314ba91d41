import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../api/api.js';
import type { EntityRef } from '../api/wire.js';
import { EARLIER_POINTS, PIECES_MAX, RAW_POINTS_MAX } from './limits.js';
import { joinPieces, loadPiece, type Missing, type ReadNewest } from './pieces.js';
import { spanOf, type TimeWindow } from './time-window.js';

/** Readings of a window that a chart does not draw yet: there are more than are loaded at once. */
export interface EarlierReadings {
  readonly keys: readonly string[];
  /** Everything from this time on is drawn. */
  readonly beforeMs: number;
  /** Undefined where as many are drawn as a chart takes. */
  readonly load: (() => void) | undefined;
  readonly isLoading: boolean;
  readonly error: Error | null;
}

/** The readings of some keys in a window one by one, the newest first; older ones follow in pieces when they are asked for. */
export function useRawHistory(entity: EntityRef, keys: readonly string[], window: TimeWindow) {
  const found = useInfiniteQuery({
    queryKey: ['entity', entity.id, 'history', 'raw', keys, window],
    queryFn: ({ pageParam, signal }) => {
      const read: ReadNewest = (asked) => api.history(entity, { ...asked, agg: 'NONE' }, signal);
      if (pageParam !== undefined) return loadPiece(read, pageParam, EARLIER_POINTS);
      return loadPiece(read, { keys, ...spanOf(window, Date.now()) }, RAW_POINTS_MAX);
    },
    initialPageParam: undefined as Missing | undefined,
    getNextPageParam: ({ missing }, pieces) => (pieces.length < PIECES_MAX ? missing : undefined),
    enabled: keys.length > 0,
    placeholderData: keepPreviousData,
  });
  const pieces = found.data?.pages;
  const points = useMemo(() => pieces && joinPieces(pieces), [pieces]);
  const missing = pieces?.at(-1)?.missing;
  const earlier: EarlierReadings | undefined = missing && {
    keys: missing.keys,
    beforeMs: missing.endTs,
    load: found.hasNextPage ? () => void found.fetchNextPage() : undefined,
    isLoading: found.isFetchingNextPage,
    error: found.isFetchNextPageError ? found.error : null,
  };
  return {
    points,
    earlier,
    isLoading: keys.length > 0 && found.isPending,
    error: pieces === undefined ? found.error : null,
    refetch: found.refetch,
  };
}
