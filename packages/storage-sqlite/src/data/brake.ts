import type { Clock, Log } from '@fieldline/kernel';
import { BRAKE_FROM, BRAKE_MS_MAX, PACE_MS } from '../limits.js';
import type { Load, LogGauge } from './log-gauge.js';

export interface BrakeOptions {
  readonly gauge: LogGauge;
  /** What may come while the rest is packed without being held back. */
  readonly pace: Readonly<Load>;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
  /** Called when it comes on or goes off. */
  readonly onChange: () => void;
}

/**
 * Slows intake: units are answered late, and who waits for the answers gives the next ones later. A little as soon as more comes
 * than is packed meanwhile, so that the log stays as short as it is; by much, and visibly, while the log is nearly full.
 */
export class Brake {
  readonly #options: BrakeOptions;
  #isOn = false;

  constructor(options: BrakeOptions) {
    this.#options = options;
  }

  /** True while the log is nearly full. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** How late a unit is answered now. */
  get delayMs(): number {
    const { gauge, pace } = this.#options;
    const full = (gauge.fill - BRAKE_FROM) / (1 - BRAKE_FROM);
    return Math.max(0, full * BRAKE_MS_MAX, Math.min(gauge.lead(pace), 1) * PACE_MS);
  }

  /** The log holds more or less than before. */
  look(): void {
    const { gauge, log, onChange } = this.#options;
    const isOn = gauge.fill > BRAKE_FROM;
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    const { points, bytes } = gauge;
    if (isOn) log.warn('intake-slowed', { logPoints: points, logBytes: bytes });
    else log.info('intake-released', { logPoints: points, logBytes: bytes });
    onChange();
  }

  /** Resolves later the fuller the log is. */
  rest(): Promise<void> {
    return new Promise((resolve) => void this.#options.clock.after('late-answer', this.delayMs, resolve));
  }
}
