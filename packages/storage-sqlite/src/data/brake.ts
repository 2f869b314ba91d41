import type { Clock, Log } from '@fieldline/kernel';
import { BRAKE_FROM, BRAKE_MS_MAX } from '../limits.js';
import type { LogGauge } from './log-gauge.js';

export interface BrakeOptions {
  readonly gauge: LogGauge;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
  /** Called when it comes on or goes off. */
  readonly onChange: () => void;
}

/** Slows intake while the log is nearly full: units are answered late then, and who waits for the answers gives the next ones later. */
export class Brake {
  readonly #options: BrakeOptions;
  #isOn = false;

  constructor(options: BrakeOptions) {
    this.#options = options;
  }

  get isOn(): boolean {
    return this.#isOn;
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
    const { gauge, clock } = this.#options;
    const share = Math.max(0, gauge.fill - BRAKE_FROM) / (1 - BRAKE_FROM);
    return new Promise((resolve) => void clock.after('late-answer', share * BRAKE_MS_MAX, resolve));
  }
}
