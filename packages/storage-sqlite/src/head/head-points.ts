import { ValueKind, type DataPoint } from '@fieldline/model';
import { ValueUse } from '@fieldline/ports';
import { PointDecoder } from '../log/point-decoder.js';
import { AFTER_ALL_MS, LatestFate } from '../log/record-format.js';
import type { Head } from './head.js';
import { latestOfPoint, type LatestApart } from './latest-apart.js';
import { PacketMemory } from './packet-memory.js';
import type { PutUndo, RemovalUndo, Series } from './series.js';

/** What must be known to take the points of a unit out again: what else they changed and what was removed, by place in the unit. */
export type Replaced = Map<number, PutUndo | RemovalUndo>;

/** What a unit, or a log row, did to the head. */
export interface AppliedPoints {
  /** Points and removals, those of removed entities included. */
  count: number;
  readonly replaced: Replaced;
  /** Series that lost a latest value by a removal; true for those that shall have another in its place. */
  readonly lostLatest: ReadonlyMap<Series, boolean>;
}

/** What takes the place of a latest value that is to be rewritten, which a removal from this time on took; `place` is its own in the unit. */
export type ReplacementOf = (series: Series, startMs: number, place: number) => LatestApart | undefined;

/**
 * Adds the points and publishes of a unit, or of a whole log row, to the head and does its removals, but for those of removed entities.
 *
 * @param replacementOf absent where the log holds it already
 * @param withPackets   false: the publishes are passed over, so that `takeBackPoints` leaves no trace
 */
export function applyPoints(head: Head, bytes: Uint8Array, replacementOf?: ReplacementOf, withPackets = true): AppliedPoints {
  const decoder = new PointDecoder(bytes);
  const { series: seriesById, generations } = head;
  const generation = generations.current;
  const lostLatest = new Map<Series, boolean>();
  let replaced: Replaced | undefined;
  let count = 0;
  while (decoder.next()) {
    let undo: PutUndo | RemovalUndo | undefined;
    if (decoder.kind === 0) {
      if (!decoder.isRemoval) {
        if (withPackets) remember(head, decoder);
        continue;
      }
      undo = removed(head, decoder, count, { lostLatest, replacementOf });
    } else {
      const series = seriesById[decoder.seriesId] ?? head.seriesAt(decoder.seriesId);
      if (!series.entity.isGone) {
        if (series.generation !== generation) series.settle(generations);
        const { tsMs, kind, number, other, ttlMs, uses } = decoder;
        undo = (uses & WHOLE) === WHOLE ? series.put(tsMs, kind, number, other, ttlMs) : series.putApart(tsMs, { kind, number, other, ttlMs }, uses);
      }
    }
    if (undo !== undefined) (replaced ??= new Map<number, PutUndo>()).set(count, undo);
    count += 1;
  }
  return { count, replaced: replaced ?? new Map<number, PutUndo>(), lostLatest };
}

/** Takes out what `applyPoints` added. Units are taken out in the reverse of the order in which they were applied. */
export function takeBackPoints(head: Head, bytes: Uint8Array, replaced: Replaced, withPackets = true): void {
  const points: { readonly series: Series; readonly tsMs: number; readonly uses: number }[] = [];
  const decoder = new PointDecoder(bytes);
  while (decoder.next()) {
    if (decoder.kind !== 0) points.push({ series: head.seriesAt(decoder.seriesId), tsMs: decoder.tsMs, uses: decoder.uses });
    else if (decoder.isRemoval) points.push({ series: head.seriesAt(decoder.removedId), tsMs: 0, uses: 0 });
    else if (withPackets) {
      const entity = head.entityAt(decoder.entityNumber);
      if (!entity.isGone) entity.packets?.forgetLast();
    }
  }
  for (const [place, { series, tsMs, uses }] of [...points.entries()].reverse()) {
    if (series.entity.isGone) continue;
    const undo = replaced.get(place);
    if (undo !== undefined && 'removed' in undo) series.restore(undo);
    else series.takeBack(tsMs, uses, undo);
  }
}

/** Sets the latest value of a series to what it is, by the records that `SqliteUnit.rewriteLatest` writes down. */
export function rewriteLatest(series: Series, applied: AppliedPoints): DataPoint | undefined {
  const latest = series.latest();
  const add = (undo: PutUndo | RemovalUndo): void => {
    applied.replaced.set(applied.count, undo);
    applied.count += 1;
  };
  add(series.putApart(AFTER_ALL_MS, { kind: ValueKind.double, number: 0, other: undefined, ttlMs: 0 }, ValueUse.latest));
  add(series.remove(AFTER_ALL_MS, Number.POSITIVE_INFINITY, LatestFate.remove));
  if (latest !== undefined) add(series.putApart(latest.tsMs, { ...latestOfPoint(latest), ttlMs: 0 }, ValueUse.latest));
  return latest;
}

function remember(head: Head, { entityNumber, packetId, payloadHash, tsMs }: PointDecoder): void {
  const entity = head.entityAt(entityNumber);
  if (entity.isGone) return;
  entity.packets ??= new PacketMemory();
  entity.packets.remember(packetId, payloadHash, tsMs);
}

function removed(
  head: Head,
  { removedId, startMs, endMs, latest }: PointDecoder,
  place: number,
  { lostLatest, replacementOf }: { readonly lostLatest: Map<Series, boolean>; readonly replacementOf: ReplacementOf | undefined },
): RemovalUndo | undefined {
  const series = head.seriesAt(removedId);
  if (series.entity.isGone) return undefined;
  series.settle(head.generations);
  const undo = series.remove(startMs, endMs, latest);
  if (!undo.isLatestLost) return undo;
  const isRewritten = latest === LatestFate.rewrite;
  lostLatest.set(series, isRewritten || lostLatest.get(series) === true);
  const replacement = isRewritten ? replacementOf?.(series, startMs, place) : undefined;
  if (replacement !== undefined) series.setLatest(replacement);
  return undo;
}

/** What nearly every point is for: history and latest value. */
const WHOLE = ValueUse.history | ValueUse.latest;
