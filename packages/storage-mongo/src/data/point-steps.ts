import type { DataPoint, TenantId } from '@fieldline/model';
import { ValueUse, type RemovedLatest } from '@fieldline/ports';
import { SERIES_A_REMOVAL } from '../limits.js';
import { inCalls, type MongoFilter } from '../mongo-collection.js';
import type { DataCollections } from './data-collections.js';
import { latestDocument, pointDocument, pointId, seriesDocument, seriesName, type LatestDocument, type SeriesOwner } from './data-documents.js';
import type { DataStep } from './data-steps.js';
import type { Expiry } from './expiry.js';
import type { LatestTimes } from './latest-times.js';
import { isRemoval, type MongoUnit, type PointChange } from './mongo-unit.js';
import type { RemovedOwners } from './removed-owners.js';
import { ReplayedSeries } from './replayed-series.js';
import { pointsBefore } from './stored-points.js';

/** What the points and removals of points of a group of units mean. */
export interface PointSteps {
  readonly steps: readonly DataStep[];
  /** The latest values that the steps write. */
  readonly latest: readonly LatestDocument[];
  /** The series whose latest value they remove. */
  readonly goneLatest: readonly SeriesOwner[];
  /** Of each unit, what its removals took, and what there is at its end. */
  readonly removedLatest: readonly (readonly RemovedLatest[])[];
}

export interface PointState {
  readonly removed: RemovedOwners;
  readonly latestTimes: LatestTimes;
  readonly expiry: (tenantId: TenantId) => Expiry;
}

export async function pointSteps(
  collections: DataCollections,
  units: readonly MongoUnit[],
  { removed, latestTimes, expiry }: PointState,
): Promise<PointSteps> {
  const kept = units.map(({ number, pointChanges }) =>
    pointChanges.filter((change) => isStored(change) && !removed.has(change.tenantId, change.entity, number)),
  );
  const names = namesOf(kept.flat());
  const nameOf = ({ owner, key }: PointChange): string => names.get(`${owner} ${key}`) as string;
  const known = await latestTimes.read([...new Set(kept.flat().filter(mayChangeLatest).map(nameOf))]);
  const series = new Map<string, ReplayedSeries>();
  const before = pointsBefore(collections.point);
  const removedLatest: RemovedLatest[][] = [];
  for (const changes of kept) {
    const taken = new Set<ReplayedSeries>();
    for (const change of changes) {
      const name = nameOf(change);
      const replayed = series.get(name) ?? new ReplayedSeries(name, change, known.get(name));
      series.set(name, replayed);
      // Points, which are most of it, are not waited for.
      if (!isRemoval(change)) replayed.put(change);
      else if (await replayed.remove(change, expiry(change.tenantId), before)) taken.add(replayed);
    }
    removedLatest.push(Array.from(taken, ({ owner, writtenLatest }) => ({ ...owner, latest: writtenLatest })));
  }
  const last = units.at(-1)?.number;
  return { ...stepsOf([...series.values()].filter(({ owner }) => !removed.has(owner.tenantId, owner.entity, last))), removedLatest };
}

const isStored = (change: PointChange): boolean => isRemoval(change) || (change.uses & ~ValueUse.push) !== 0;
const mayChangeLatest = (change: PointChange): boolean => (isRemoval(change) ? change.latest !== 'keep' : (change.uses & ValueUse.latest) !== 0);

/** Names of series, each made once. */
function namesOf(changes: readonly PointChange[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { owner, key } of changes) {
    const known = `${owner} ${key}`;
    if (!names.has(known)) names.set(known, seriesName(owner, key));
  }
  return names;
}

/** Series first, so that no point is without one; what is removed before what is added, which may be in the same range. */
function stepsOf(series: readonly ReplayedSeries[]): Omit<PointSteps, 'removedLatest'> {
  const gone = series.filter(({ latest, hasStoredLatest }) => latest === undefined && hasStoredLatest);
  const written = series.filter(({ writtenLatest }) => writtenLatest !== undefined);
  const [known, fresh] = [true, false].map((isKnown) => written.filter((one) => one.hasStoredLatest === isKnown).map(latestOf)) as [
    LatestDocument[],
    LatestDocument[],
  ];
  const steps: readonly DataStep[] = [
    { to: 'series', put: series.filter(({ isNameless }) => isNameless).map(({ name, owner }) => seriesDocument(name, owner)) },
    ...inCalls(series.flatMap(removedRanges), SERIES_A_REMOVAL).map(($or): DataStep => ({ to: 'point', remove: { $or } })),
    { to: 'point', add: series.flatMap(({ name, points }) => Array.from(points.values(), (point) => pointDocument(name, point))) },
    { to: 'latest', put: known },
    { to: 'latest', add: fresh },
    ...inCalls(gone).map((part): DataStep => ({ to: 'latest', remove: { _id: { $in: part.map(({ name }) => name) } } })),
  ];
  return { steps, latest: [...known, ...fresh], goneLatest: gone.map(({ owner }) => owner) };
}

const latestOf = ({ name, owner, writtenLatest }: ReplayedSeries): LatestDocument => latestDocument(name, owner, writtenLatest as DataPoint);

const removedRanges = ({ name, removals }: ReplayedSeries): readonly MongoFilter[] =>
  removals.map(({ startMs, endMs }) => ({ _id: { $gte: pointId(name, startMs), $lt: pointId(name, endMs) } }));
