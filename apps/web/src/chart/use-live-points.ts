import { useCallback, useRef, useState } from 'react';
import { isRemoval, type LiveFrame } from '../live/frames.js';
import type { ChartPoint } from './align.js';
import { LIVE_POINTS_MAX } from './limits.js';

/** Reads a live value of a key as a number to draw; undefined where there is none. */
export type NumberOf = (key: string, text: string) => number | undefined;

/** Collects live points by key, at most once an animation frame. */
export function useLivePoints(numberOf: NumberOf, isFollowing: boolean) {
  const [points, setPoints] = useState<ReadonlyMap<string, readonly ChartPoint[]>>(new Map());
  const waiting = useRef<Arrival[]>([]);
  const takeFrame = useCallback(
    (frame: LiveFrame) => {
      if (!isFollowing) return;
      const isIdle = waiting.current.length === 0;
      for (const [key, list] of frame.points) {
        for (const point of list) {
          const number = point.value === null ? undefined : numberOf(key, point.value);
          if (isRemoval(point)) waiting.current.push({ key, point: undefined });
          else if (number !== undefined) waiting.current.push({ key, point: { tsMs: point.tsMs, value: number } });
        }
      }
      if (!isIdle || waiting.current.length === 0) return;
      requestAnimationFrame(() => {
        const arrived = waiting.current;
        waiting.current = [];
        setPoints((before) => appended(before, arrived));
      });
    },
    [numberOf, isFollowing],
  );
  return { points, takeFrame };
}

/** What came for a key; without a point where its series was removed. */
interface Arrival {
  readonly key: string;
  readonly point: ChartPoint | undefined;
}

function appended(before: ReadonlyMap<string, readonly ChartPoint[]>, arrived: readonly Arrival[]) {
  const after = new Map(before);
  for (const { key, point } of arrived) after.set(key, point === undefined ? [] : [...(after.get(key) ?? []), point].slice(-LIVE_POINTS_MAX));
  return after;
}
