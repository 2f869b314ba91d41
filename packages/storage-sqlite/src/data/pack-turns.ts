import { problemOf, type CancelTimer, type Clock, type Log } from '@fieldline/kernel';
import type { Head } from '../head/head.js';
import { PACK_AGE_MS, PACK_CHECK_MS, PACK_QUIET_POINTS, PACK_RETRY_MS, SERIES_SETTLED_AT_ONCE, SWEEP_EVERY_MS } from '../limits.js';
import type { PackerLink } from '../packing/packer-link.js';
import type { WriterLink } from '../writer/writer-link.js';
import type { Brake } from './brake.js';
import type { LogGauge } from './log-gauge.js';

export interface PackTurnsOptions {
  readonly head: Head;
  readonly gauge: LogGauge;
  readonly brake: Brake;
  readonly writer: Pick<WriterLink, 'lastLogSeq'>;
  readonly packer: PackerLink;
  readonly clock: Pick<Clock, 'monotonicMs' | 'after'>;
  readonly log: Log;
  /** From where on the log is packed at once. */
  readonly bounds: { readonly packPoints: number; readonly packBytes: number };
  /** The unit that was given last and is not answered yet. */
  readonly newestInFlight: () => object | undefined;
  /** Called when packing failed, and when it went well again. */
  readonly onChange: () => void;
}

/**
 * Says when the log is packed, and lets the head go of what is. A turn: what the head holds is sealed; when all units of it are
 * answered, the packer packs the log up to there; then the head drops it. One turn at a time, so the head has two generations at most.
 */
export class PackTurns {
  readonly #options: PackTurnsOptions;
  #state: 'idle' | 'sealed' | 'packing' = 'idle';
  /** The last unit of the sealed generation, until it is answered. */
  #lastSealed: object | undefined;
  /** When the oldest record of the current generation was met. */
  #sinceMs: number | undefined;
  /** What the log held when it was looked at last. */
  #pointsSeen = -1;
  /** True until small blocks were joined. */
  #hasPacked = false;
  #begun = 0;
  #failures = 0;
  #isClosed = false;
  readonly #timers = new Map<string, CancelTimer>();
  #sweep: 'idle' | 'sweeping' | 'again' = 'idle';

  constructor(options: PackTurnsOptions) {
    this.#options = options;
    this.#after('look-at-log', PACK_CHECK_MS, () => this.#look());
    this.#after('sweep', SWEEP_EVERY_MS, () => this.sweep());
  }

  /** How often packing was begun. */
  get begun(): number {
    return this.#begun;
  }

  /** How often packing failed since it last succeeded. */
  get failures(): number {
    return this.#failures;
  }

  /** Something was given to the log: begins a turn if it is time. */
  considered(): void {
    const { gauge, clock, bounds } = this.#options;
    if (this.#isClosed || this.#state !== 'idle' || gauge.current.bytes === 0) return;
    this.#sinceMs ??= clock.monotonicMs();
    if (gauge.current.points >= bounds.packPoints || gauge.current.bytes >= bounds.packBytes) this.#seal();
  }

  /** A unit is on the disk. */
  answered(unit: object): void {
    if (this.#state === 'sealed' && this.#lastSealed === unit) this.#begin();
  }

  /** A unit of the sealed generation is lost, and those after it were taken back: the turn is off. */
  lost(): void {
    this.#options.head.unseal();
    this.#options.gauge.unseal();
    this.#state = 'idle';
    this.#lastSealed = undefined;
  }

  /** Takes away what is dead or was removed, once what is under way is done. */
  sweep(): void {
    if (this.#isClosed) return;
    this.#after('sweep', SWEEP_EVERY_MS, () => this.sweep());
    if (this.#sweep === 'idle') void this.#sweepNow();
    else this.#sweep = 'again';
  }

  /** Begins nothing any more. */
  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#timers.values()) cancel();
  }

  #look(): void {
    const { gauge, clock } = this.#options;
    this.#after('look-at-log', PACK_CHECK_MS, () => this.#look());
    this.considered();
    const { points, bytes } = gauge.current;
    const isQuiet = points === this.#pointsSeen;
    this.#pointsSeen = points;
    if (this.#state !== 'idle') return;
    const isOld = this.#sinceMs !== undefined && clock.monotonicMs() - this.#sinceMs >= PACK_AGE_MS;
    if (bytes > 0 && (isOld || (isQuiet && points >= PACK_QUIET_POINTS))) this.#seal();
    else if (isQuiet && this.#hasPacked) void this.#join();
  }

  /** Nothing comes, so there is time to make whole blocks of small ones. */
  async #join(): Promise<void> {
    this.#hasPacked = false;
    try {
      await this.#options.packer.join();
    } catch (error) {
      if (this.#isClosed) return;
      this.#hasPacked = true;
      this.#options.log.warn('join-failed', { problem: problemOf(error), retryMs: PACK_CHECK_MS });
    }
  }

  #seal(): void {
    const { head, gauge, newestInFlight } = this.#options;
    head.seal();
    gauge.seal();
    this.#sinceMs = undefined;
    this.#state = 'sealed';
    this.#lastSealed = newestInFlight();
    if (this.#lastSealed === undefined) this.#begin();
  }

  #begin(): void {
    this.#state = 'packing';
    this.#lastSealed = undefined;
    void this.#pack(this.#options.writer.lastLogSeq);
  }

  async #pack(throughSeq: number): Promise<void> {
    const { packer, log, clock, head, gauge, brake, onChange } = this.#options;
    const startedMs = clock.monotonicMs();
    this.#begun += 1;
    try {
      const { points, logBytes } = await packer.pack(throughSeq);
      head.drop();
      gauge.drop();
      this.#state = 'idle';
      const hadFailed = this.#failures > 0;
      this.#failures = 0;
      this.#hasPacked = true;
      if (hadFailed) onChange();
      brake.look();
      log.info('log-packed', { points, logBytes, ms: Math.round(clock.monotonicMs() - startedMs) });
      this.#settle(0);
      this.considered();
    } catch (error) {
      if (this.#isClosed) return;
      this.#failures += 1;
      onChange();
      log.warn('packing-failed', { problem: problemOf(error), failures: this.#failures, retryMs: PACK_RETRY_MS });
      this.#after('pack-again', PACK_RETRY_MS, () => void this.#pack(throughSeq));
    }
  }

  /** Lets go of what was dropped in slices: readings are taken in between. */
  #settle(from: number): void {
    const next = this.#options.head.settleSome(from, SERIES_SETTLED_AT_ONCE);
    if (next !== undefined && !this.#isClosed) setImmediate(() => this.#settle(next));
  }

  async #sweepNow(): Promise<void> {
    const { packer, log } = this.#options;
    do {
      this.#sweep = 'sweeping';
      try {
        await packer.sweep();
      } catch (error) {
        if (!this.#isClosed) log.warn('sweep-failed', { problem: problemOf(error), retryMs: SWEEP_EVERY_MS });
      }
    } while (this.#isSweptAgain());
    this.#sweep = 'idle';
  }

  // Somebody may have asked for it while it was under way.
  #isSweptAgain(): boolean {
    return this.#sweep === 'again' && !this.#isClosed;
  }

  #after(name: string, delayMs: number, act: () => void): void {
    this.#timers.get(name)?.();
    if (!this.#isClosed) this.#timers.set(name, this.#options.clock.after(name, delayMs, act));
  }
}
