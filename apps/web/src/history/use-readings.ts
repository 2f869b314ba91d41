import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type Reading, telemetryApi } from '../api/telemetry-api.js';
import type { EntityRef } from '../api/wire.js';
import { boundsOf, type TimeWindow } from '../chart/time-window.js';
import { isRemoval, type LiveFrame } from '../live/frames.js';
import { ROWS_PER_PAGE } from './limits.js';

/**
 * The readings of a key in a window, newest first, page by page. What is shown stands still: of readings that arrive
 * meanwhile there is the number, and `showNewer` begins again with them. Feed it each live frame.
 */
export function useReadings(entity: EntityRef, name: string, window: TimeWindow) {
  const [view, setView] = useState(() => viewOf(window));
  if (view.window !== window) setView(viewOf(window));
  const { startTs, endTs, ends, newer } = view;
  const pageEndTs = ends.at(-1) ?? endTs;
  const key = ['entity', entity.id, 'history', 'readings', name, startTs];
  const page = useQuery({
    queryKey: [...key, pageEndTs],
    queryFn: ({ signal }) => telemetryApi.readings(entity, { key: name, startTs, endTs: pageEndTs, limit: ROWS_PER_PAGE, orderBy: 'DESC' }, signal),
    placeholderData: keepPreviousData,
  });
  const total = useQuery({
    queryKey: [...key, endTs, 'count'],
    queryFn: ({ signal }) => telemetryApi.count(entity, [name], { startTs, endTs }, signal),
  });
  // Until the page is there, nobody knows what is newer.
  const newestMs = useRef(Infinity);
  if (page.data !== undefined) newestMs.current = Math.max(newestMs.current === Infinity ? startTs : newestMs.current, page.data[0]?.ts ?? 0);
  const takeFrame = (frame: LiveFrame): void => {
    if (window.kind !== 'last') return;
    const arrived = (frame.points.get(name) ?? []).filter((point) => !isRemoval(point) && point.value !== null && point.tsMs > newestMs.current);
    if (arrived.length === 0) return;
    newestMs.current = Math.max(...arrived.map(({ tsMs }) => tsMs));
    setView((before) => ({ ...before, newer: before.newer + arrived.length }));
  };
  return {
    rows: page.data,
    error: page.data === undefined ? page.error : null,
    retry: () => void page.refetch(),
    /** What is shown, over all pages. */
    span: { startTs, endTs },
    total: total.data,
    page: ends.length,
    setPage: (next: number) =>
      setView({ ...view, ends: next < ends.length ? ends.slice(0, next) : nextEnds(ends, page.isPlaceholderData ? [] : page.data) }),
    newer,
    showNewer: () => setView(viewOf(window)),
    takeFrame,
  };
}

interface View {
  readonly window: TimeWindow;
  readonly startTs: number;
  readonly endTs: number;
  /** Where each page after the first ends. No two readings of a key have the same time, so none is missed or comes twice. */
  readonly ends: readonly number[];
  /** Readings that arrived since. */
  readonly newer: number;
}

/** The first page of a window as it lies now. */
function viewOf(window: TimeWindow): View {
  const { startMs, endMs } = boundsOf(window, Date.now());
  return { window, startTs: startMs, endTs: endMs + 1, ends: [], newer: 0 };
}

function nextEnds(ends: readonly number[], rows: readonly Reading[] | undefined): readonly number[] {
  const last = rows?.at(-1);
  return last === undefined ? ends : [...ends, last.ts];
}
