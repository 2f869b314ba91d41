import { isProblem, type ProblemError } from '@fieldline/kernel';
import { pointColumns, type PointColumns } from '@fieldline/model';
import type { DatabaseSync } from 'node:sqlite';
import { readCoded } from '../database.js';
import { StoredBlocks, type BlockRow } from '../reads/stored-blocks.js';

/** Blocks of which those that cannot be read are told of, and read as empty. */
export class ReadableBlocks extends StoredBlocks {
  readonly #folder: string;
  readonly #onDamaged: (problem: ProblemError) => void;

  /** @param onDamaged called once for each read of a block that is damaged */
  constructor(database: DatabaseSync, path: string, onDamaged: (problem: ProblemError) => void) {
    super(database, path);
    this.#folder = path;
    this.#onDamaged = onDamaged;
  }

  override points(seriesId: number, row: BlockRow): PointColumns {
    try {
      return readCoded(this.#folder, () => super.points(seriesId, row));
    } catch (error) {
      if (!isProblem(error) || error.code !== 'STORAGE_CORRUPT') throw error;
      this.#onDamaged(error);
      return pointColumns(0);
    }
  }

  /** None: the block itself is told of. */
  override marks(): readonly BlockRow[] {
    return [];
  }
}
