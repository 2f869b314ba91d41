import { sqliteErrors } from '../errors.js';

/** How much the log holds of each generation of the head. */
export interface Load {
  points: number;
  bytes: number;
}

export interface LogBounds {
  readonly logPointsMax: number;
  readonly logBytesMax: number;
}

/** Measures what is not packed, and says when that is too much. */
export class LogGauge {
  readonly #bounds: LogBounds;
  readonly current: Load;
  readonly sealed: Load = { points: 0, bytes: 0 };

  /** @param logged what the log holds at the start */
  constructor(bounds: LogBounds, logged: Load) {
    this.#bounds = bounds;
    this.current = { ...logged };
  }

  get points(): number {
    return this.current.points + this.sealed.points;
  }

  get bytes(): number {
    return this.current.bytes + this.sealed.bytes;
  }

  /** Share of the bounds that is in use, 0 to 1. */
  get fill(): number {
    const { logPointsMax, logBytesMax } = this.#bounds;
    return Math.max(this.points / logPointsMax, this.bytes / logBytesMax);
  }

  /** How far what came while the rest is packed has passed these bounds, as a share of them; 0 where nothing is packed. */
  lead({ points, bytes }: Readonly<Load>): number {
    if (this.sealed.bytes === 0) return 0;
    return Math.max(0, this.current.points / points - 1, this.current.bytes / bytes - 1);
  }

  /** Why a unit cannot be taken; undefined where it can. */
  refusalOf(points: number, bytes: number): Error | undefined {
    const { logPointsMax, logBytesMax } = this.#bounds;
    if (this.points + points > logPointsMax) return sqliteErrors.LOG_FULL({ what: 'points', max: logPointsMax });
    if (this.bytes + bytes > logBytesMax) return sqliteErrors.LOG_FULL({ what: 'bytes', max: logBytesMax });
    return undefined;
  }

  add(points: number, bytes: number): void {
    this.current.points += points;
    this.current.bytes += bytes;
  }

  seal(): void {
    this.#move(this.current, this.sealed);
  }

  unseal(): void {
    this.#move(this.sealed, this.current);
  }

  /** The sealed ones are packed. */
  drop(): void {
    this.sealed.points = 0;
    this.sealed.bytes = 0;
  }

  #move(from: Load, to: Load): void {
    to.points += from.points;
    to.bytes += from.bytes;
    from.points = 0;
    from.bytes = 0;
  }
}
