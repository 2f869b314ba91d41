import { ValueKind, type PointColumns } from '@fieldline/model';
import { historyErrors, historyLimits } from '@fieldline/ports';
import { AGGREGATED_POINTS_MAX, HISTORY_SNAPSHOT_MS_MAX } from '../limits.js';

/** What one read may cost. */
export interface CostLimits {
  readonly pointsMax: number;
  readonly textBytesMax: number;
  readonly deadlineMs: number;
}

/** Bounds of reads; those of the port and of limits.ts, unless a test must reach them. */
export interface ReadLimits extends CostLimits {
  readonly pieceMax: number;
  readonly idleMs: number;
  readonly snapshotMsMax: number;
  readonly intervalsMax: number;
}

export const readLimits: ReadLimits = { ...historyLimits, snapshotMsMax: HISTORY_SNAPSHOT_MS_MAX, intervalsMax: AGGREGATED_POINTS_MAX };

/** What a read has cost so far, against what one may cost. */
export class ReadCost {
  readonly #limits: CostLimits;
  #points = 0;
  #textBytes = 0;
  #workMs = 0;

  constructor(limits: CostLimits) {
    this.#limits = limits;
  }

  /** @throws HISTORY_TOO_LARGE */
  addPoints(count: number): void {
    this.#points += count;
    const { pointsMax } = this.#limits;
    if (this.#points > pointsMax) throw historyErrors.TOO_LARGE({ what: 'points', max: pointsMax });
  }

  /**
   * Adds the texts from place `from` to before `to`.
   *
   * @returns their bytes
   * @throws HISTORY_TOO_LARGE
   */
  addTexts({ kinds, others }: PointColumns, from: number, to: number): number {
    if (others === undefined) return 0;
    let bytes = 0;
    for (let place = from; place < to; place += 1) {
      if ((kinds[place] as number) >= ValueKind.string) bytes += Buffer.byteLength(others[place] as string);
    }
    this.#textBytes += bytes;
    const { textBytesMax } = this.#limits;
    if (this.#textBytes > textBytesMax) throw historyErrors.TOO_LARGE({ what: 'bytes of texts', max: textBytesMax });
    return bytes;
  }

  /** @throws HISTORY_TOO_SLOW */
  addWork(ms: number): void {
    this.#workMs += ms;
    const { deadlineMs } = this.#limits;
    if (this.#workMs > deadlineMs) throw historyErrors.TOO_SLOW({ deadlineMs });
  }
}
