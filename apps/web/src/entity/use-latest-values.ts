import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { queries } from '../api/queries.js';
import type { EntityRef } from '../api/wire.js';
import { isRemoval, type LiveFrame } from '../live/frames.js';
import { useLiveFrames } from '../live/live.js';
import { type LatestValue, kindOfText, kindOfValue, textOf } from './value-kind.js';

export type LatestValues = ReadonlyMap<string, LatestValue>;

/**
 * The latest value of every key of an entity, kept current over the live connection. The REST answer comes first
 * and tells the kinds; undefined until one of the two has answered.
 *
 * @param onFrame also called with each live frame, for what else shows it
 */
export function useLatestValues(entity: EntityRef, onFrame: (frame: LiveFrame) => void) {
  const loaded = useQuery(queries.latest(entity));
  const [values, setValues] = useState<LatestValues>();
  const pending = useRef<LiveFrame[]>([]);
  useEffect(() => {
    const { data } = loaded;
    if (data === undefined) return;
    setValues((before) => {
      const after = new Map(before);
      for (const [key, [point]] of Object.entries(data)) {
        if (point === undefined || point.value === null || (after.get(key)?.tsMs ?? -1) > point.ts) continue;
        after.set(key, { tsMs: point.ts, text: textOf(point.value), kind: kindOfValue(point.value) });
      }
      return after;
    });
  }, [loaded.data]);
  useLiveFrames({ type: 'TIMESERIES', entityType: entity.entityType, entityId: entity.id, scope: 'LATEST_TELEMETRY' }, (frame) => {
    if (frame.errorCode !== 0) return;
    onFrame(frame);
    // A fast device sends more frames than a screen shows: those of one animation frame are taken in together.
    if (pending.current.push(frame) > 1) return;
    requestAnimationFrame(() => {
      const frames = pending.current;
      pending.current = [];
      setValues((before) => frames.reduce(withFrame, before ?? new Map()));
    });
  });
  return { values, error: values === undefined ? loaded.error : null, retry: loaded.refetch };
}

function withFrame(before: LatestValues, frame: LiveFrame): LatestValues {
  const after = new Map(before);
  for (const [key, points] of frame.points) {
    const newest = points.reduce<(typeof points)[number] | undefined>(
      (best, point) => (best === undefined || point.tsMs >= best.tsMs ? point : best),
      undefined,
    );
    if (newest === undefined || newest.value === null) continue;
    if (isRemoval(newest)) after.delete(key);
    // Also where it is older than what was there: the newest readings may have been deleted. Late ones are not sent.
    else after.set(key, { tsMs: newest.tsMs, text: newest.value, kind: kindOfText(newest.value, before.get(key)?.kind) });
  }
  return after;
}
