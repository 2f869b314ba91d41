// Points where the server keeps them: new ones in its log and memory, those of the past packed into blocks.
import { vi } from 'vitest';
import type { Reading, Target } from './telemetry-target.js';
import type { TelemetryWorld } from './telemetry-world.js';

export const places = ['in the log', 'packed', 'half packed'] as const;
export type Place = (typeof places)[number];

/** Texts of 51 MB in requests of 13: just more than the log holds before it is packed. */
const REQUESTS = 4;
const TEXTS = 13;
const CHARACTERS = 990_000;

/** Devices with the same readings, one for each place; of the half packed one every other reading is packed. */
export async function devicesByPlace(world: TelemetryWorld, readings: readonly Reading[]): Promise<Readonly<Record<Place, Target>>> {
  const [logged, packed, half] = [await world.device(), await world.device(), await world.device()];
  await packed.save(...readings);
  await half.save(...readings.filter((_, at) => at % 2 === 0));
  await pack(world);
  await half.save(...readings.filter((_, at) => at % 2 === 1));
  await logged.save(...readings);
  return { 'in the log': logged, packed, 'half packed': half };
}

/** Waits until all that was stored so far is packed, and gives the server reason to do that now. */
async function pack(world: TelemetryWorld): Promise<void> {
  const device = await world.device();
  const values = Object.fromEntries(Array.from({ length: TEXTS }, (_, at) => [`text-${at}`, 'x'.repeat(CHARACTERS)]));
  for (let ts = 0; ts < REQUESTS; ts += 1) await device.save({ ts, values });
  await vi.waitUntil(() => world.server.log().includes('"log-packed"'), { timeout: 30_000 });
}
