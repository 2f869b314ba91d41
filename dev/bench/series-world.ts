// Points as installations send them, for the benchmarks of the store: what they measure of size holds for data like this. Seeded,
// so that every run and every store gets the same points.
import type { StoredValue, ValueKind as ValueKindType } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';
import { seededRandom } from '../crash/seeded-random.ts';

/** Gives the next value of a series. */
type Walk = () => StoredValue;

/** One kind of series of a device. */
interface Sensor {
  readonly key: string;
  readonly kind: ValueKindType;
  /** Milliseconds from one point to the next; clocks of devices are a few milliseconds off. */
  readonly intervalMs: number;
  walk(random: () => number): Walk;
}

/** One series of the world: its points come one after the other. */
export interface WorldSeries {
  readonly key: string;
  readonly kind: ValueKindType;
  nextMs(): number;
  nextValue(): StoredValue;
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** A value that drifts inside bounds by steps of at most `step`, written with so many digits. */
function drift(random: () => number, [low, high]: readonly [number, number], step: number, digits: number): Walk {
  let value = low + random() * (high - low);
  return () => {
    value = Math.min(high, Math.max(low, value + (random() - 0.5) * 2 * step));
    return rounded(value, digits);
  };
}

const sensors: readonly Sensor[] = [
  { key: 'temperature', kind: ValueKind.double, intervalMs: 10_000, walk: (random) => drift(random, [15, 35], 0.2, 1) },
  { key: 'humidity', kind: ValueKind.double, intervalMs: 60_000, walk: (random) => drift(random, [30, 70], 0.5, 1) },
  {
    key: 'energy',
    kind: ValueKind.long,
    intervalMs: 60_000,
    walk(random) {
      let total = Math.floor(random() * 1e6);
      return () => (total += Math.floor(random() * 12));
    },
  },
  {
    key: 'battery',
    kind: ValueKind.long,
    intervalMs: 300_000,
    walk(random) {
      let level = 100;
      return () => (level = random() < 0.02 ? Math.max(0, level - 1) : level);
    },
  },
  {
    key: 'state',
    kind: ValueKind.string,
    intervalMs: 60_000,
    walk(random) {
      const states = ['idle', 'running', 'cooling', 'fault'];
      let state = 'idle';
      return () => (state = random() < 0.05 ? (states[Math.floor(random() * states.length)] as string) : state);
    },
  },
  {
    key: 'latitude',
    kind: ValueKind.double,
    intervalMs: 1_000,
    walk(random) {
      let [value, speed] = [48 + random() * 4, 0];
      return () => {
        speed = 0.95 * speed + (random() - 0.5) * 0.000_02;
        value += speed;
        return rounded(value + (random() - 0.5) * 0.000_006, 6);
      };
    },
  },
  { key: 'power', kind: ValueKind.double, intervalMs: 5_000, walk: (random) => drift(random, [0, 4_000], 60, 0) },
  {
    key: 'door',
    kind: ValueKind.boolean,
    intervalMs: 60_000,
    walk(random) {
      let isOpen = false;
      return () => (isOpen = random() < 0.03 ? !isOpen : isOpen);
    },
  },
];

/** @param place which of many series: every eighth is of the same kind of sensor */
export function worldSeries(place: number, startMs: number): WorldSeries {
  const sensor = sensors[place % sensors.length] as Sensor;
  const random = seededRandom(place + 1);
  const walk = sensor.walk(random);
  let tsMs = startMs + Math.floor(random() * sensor.intervalMs);
  return {
    key: sensor.key,
    kind: sensor.kind,
    // Most readings come on time, some a few milliseconds late, and now and then one is left out.
    nextMs() {
      const lateMs = random() < 0.2 ? Math.floor(random() * 20) : 0;
      tsMs += sensor.intervalMs * (random() < 0.005 ? 2 : 1);
      return tsMs + lateMs;
    },
    nextValue: walk,
  };
}
