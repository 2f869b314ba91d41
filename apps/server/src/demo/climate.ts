import { TOO_HOT_CELSIUS } from './greenhouse-chain.js';

/** One round of the simulated day takes this long, so that an alarm comes and goes while somebody watches. */
const DAY_MS = 240_000;

export interface Climate {
  readonly temperature: number;
  readonly humidity: number;
  readonly soilMoisture: number;
  readonly vent: boolean;
}

/** The climate of one bench at an instant: a warm noon that passes the alarm limit, damp nights, a little noise. */
export function climateAt(nowMs: number, bench: number, random: () => number): Climate {
  const phase = ((nowMs % DAY_MS) / DAY_MS) * 2 * Math.PI - bench * 0.7;
  const temperature = 24 + 8 * Math.sin(phase) + (random() - 0.5) * 0.6;
  const humidity = 62 - 18 * Math.sin(phase) + (random() - 0.5) * 2;
  const soilMoisture = 45 + 6 * Math.cos(phase / 2) + (random() - 0.5);
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return {
    temperature: tenth(temperature),
    humidity: tenth(humidity),
    soilMoisture: tenth(soilMoisture),
    vent: temperature > TOO_HOT_CELSIUS - 2,
  };
}
