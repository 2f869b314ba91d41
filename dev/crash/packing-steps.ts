// What the crash test of packing does to a store, step by step: the same steps for whoever has the seed, so that the process that does
// them and the one that knows what must come of them need not talk.
import { ValueKind, type EntityId, type TenantId } from '@fieldline/model';
import type { CommitUnit } from '@fieldline/ports';
import { seededRandom } from './seeded-random.ts';

export const tenantId = '13814000-1dd2-11b2-8080-808080808080' as TenantId;
export const device: EntityId = { entityType: 'DEVICE', id: '00000000-0000-4000-8000-000000000001' };
/** The series whose newest point is the number of the last step that was stored. */
export const STEP_KEY = 'step';
export const SERIES = 40;
/** Unpacked points that begin a turn of packing: some dozens of steps, so that it is nearly always under way. */
export const PACK_POINTS = 4_000;
const POINTS_A_STEP = 100;
const BASE_MS = 1_700_000_000_000;

interface StepPoint {
  readonly series: number;
  readonly tsMs: number;
  readonly value: number;
}

interface StepRemoval {
  readonly series: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** One step: points in order of time, late and repeated ones, and now and then a removal before or after them. */
export interface Step {
  readonly number: number;
  readonly points: readonly StepPoint[];
  readonly removal: StepRemoval | undefined;
  readonly removesFirst: boolean;
}

export const keyOf = (series: number): string => `key${series}`;

export function stepOf(seed: number, number: number): Step {
  const random = seededRandom(seed * 100_003 + number);
  const pick = (count: number): number => Math.floor(random() * count);
  const newest = number * 3;
  const points = Array.from({ length: POINTS_A_STEP }, (_, n): StepPoint => {
    const isLate = random() < 0.2;
    return { series: pick(SERIES), tsMs: BASE_MS + (isLate ? pick(newest + 1) : newest + (n % 3)), value: pick(1_000) / 10 };
  });
  const startMs = BASE_MS + pick(newest + 1);
  const removal = random() < 0.05 ? { series: pick(SERIES), startMs, endMs: startMs + pick(Math.ceil(newest / 5) + 2) } : undefined;
  return { number, points, removal, removesFirst: random() < 0.5 };
}

export function applyToUnit(unit: CommitUnit, { number, points, removal, removesFirst }: Step): void {
  const remove = (): void => {
    if (removal === undefined) return;
    const { series, startMs, endMs } = removal;
    unit.removePoints({ tenantId, entity: device, key: keyOf(series), startMs, endMs, latest: 'rewrite' });
  };
  if (removesFirst) remove();
  for (const { series, tsMs, value } of points) unit.point(tenantId, device, keyOf(series), tsMs, ValueKind.double, value, 0);
  if (!removesFirst) remove();
  unit.point(tenantId, device, STEP_KEY, BASE_MS + number, ValueKind.long, number, 0);
}

/** The points of each series, by time. */
export type Model = readonly Map<number, number>[];

export function applyToModel(model: Model, { points, removal, removesFirst }: Step): void {
  const remove = (): void => {
    if (removal === undefined) return;
    const ofSeries = model[removal.series];
    for (const tsMs of ofSeries?.keys() ?? []) if (tsMs >= removal.startMs && tsMs < removal.endMs) ofSeries?.delete(tsMs);
  };
  if (removesFirst) remove();
  for (const { series, tsMs, value } of points) model[series]?.set(tsMs, value);
  if (!removesFirst) remove();
}
