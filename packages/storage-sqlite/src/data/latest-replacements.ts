import { pointsOfColumns } from '@fieldline/model';
import type { DatabaseSync } from 'node:sqlite';
import { storageProblem } from '../database.js';
import type { Head } from '../head/head.js';
import { applyPoints, takeBackPoints, type ReplacementOf } from '../head/head-points.js';
import { sliceOf } from '../head/head-slice.js';
import { latestOfPoint, type LatestApart } from '../head/latest-apart.js';
import type { Series } from '../head/series.js';
import { newestBefore } from '../reads/newest-before.js';
import type { Retention } from './retention.js';

/** Where points are found besides the head. */
export interface StoredHistory {
  readonly database: DatabaseSync;
  readonly path: string;
  readonly retention: Retention;
}

/**
 * What `read` gives as if the points of a unit were in the head, from where they are gone again afterwards; it is passed what
 * takes the place of latest values that the unit rewrites, by place in it.
 *
 * @throws what keeps the blocks from being read
 */
export function onTrial<T>(
  head: Head,
  bytes: Uint8Array,
  history: StoredHistory,
  read: (replacements: ReadonlyMap<number, LatestApart | undefined>) => T,
): T {
  const replacements = new Map<number, LatestApart | undefined>();
  let problem: Error | undefined;
  const replacementOf: ReplacementOf = (series, startMs, place) => {
    try {
      const found = newestOf(series, startMs, history);
      replacements.set(place, found);
      return found;
    } catch (error) {
      problem ??= storageProblem(error, history.path);
      return undefined;
    }
  };
  const { replaced } = applyPoints(head, bytes, replacementOf, false);
  try {
    if (problem !== undefined) throw problem;
    return read(replacements);
  } finally {
    takeBackPoints(head, bytes, replaced, false);
  }
}

/** The newest point of a settled series before a time, wherever it is. */
function newestOf(series: Series, beforeMs: number, { database, path, retention }: StoredHistory): LatestApart | undefined {
  const expiry = retention.expiryOf(series.entity.tenantId);
  const { points, removed } = sliceOf(series, { startMs: Number.NEGATIVE_INFINITY, endMs: beforeMs, limit: 1, order: 'DESC' }, expiry);
  const [inHead] = pointsOfColumns(points, series.key);
  const inBlocks = series.hasBlocks ? newestBefore({ database, path }, series.id, beforeMs, removed, expiry) : undefined;
  const newest = inBlocks !== undefined && (inHead === undefined || inBlocks.tsMs > inHead.tsMs) ? inBlocks : inHead;
  return newest === undefined ? undefined : latestOfPoint(newest);
}
