import { mongo } from 'mongoose';
import type { MongoCollection, Stored } from '../mongo-collection.js';
import type { MongoDatabase } from '../mongo-database.js';
import type { DataCollections } from './data-collections.js';
import { applyDataSteps, packSteps, unpackSteps, type DataStep } from './data-steps.js';

/** One of the documents of an entry. The entry counts when all of them are there. */
interface JournalPart extends Stored {
  readonly group: number;
  readonly part: number;
  readonly parts: number;
  readonly steps: mongo.Binary;
}

/**
 * Makes several changes durable as one: their steps are written here first, then done, then the entry is removed.
 * There is one entry at a time, so that nothing is done again on top of something later.
 */
export class DataJournal {
  readonly #parts: MongoCollection<JournalPart>;
  readonly #collections: DataCollections;
  #group = 0;

  private constructor(parts: MongoCollection<JournalPart>, collections: DataCollections) {
    this.#parts = parts;
    this.#collections = collections;
  }

  /** Opens the journal and does what a process that died had still to do. */
  static async open(database: MongoDatabase, collections: DataCollections): Promise<DataJournal> {
    const journal = new DataJournal(await database.open<JournalPart>({ name: 'data_journal', indexes: [] }), collections);
    await journal.#recover();
    return journal;
  }

  /** When this resolves, the steps will be done, whatever happens. */
  async write(steps: readonly DataStep[]): Promise<void> {
    this.#group += 1;
    const group = this.#group;
    const packed = packSteps(steps);
    const parts = packed.map((bytes, part) => ({
      _id: `${group} ${part}`,
      group,
      part,
      parts: packed.length,
      steps: new mongo.Binary(bytes),
    }));
    await this.#parts.insert(parts);
  }

  /**
   * Removes the entry, whether or not it was written: the call that wrote it may have failed on its way back. One that
   * fails may come to the server late, and must not take an entry along that was written after it.
   */
  async end(): Promise<void> {
    await this.#parts.remove({ group: { $lte: this.#group } });
  }

  async #recover(): Promise<void> {
    const found = await this.#parts.find({});
    // One that was given up may have come to the server late: only the last one counts.
    const last = found.reduce((group, part) => Math.max(group, part.group), 0);
    const parts = found.filter(({ group }) => group === last).sort((a, b) => a.part - b.part);
    if (parts.length > 0 && parts.length === parts[0]?.parts) {
      for (const { steps } of parts) await applyDataSteps(this.#collections, unpackSteps(steps.buffer));
    }
    await this.#parts.remove({});
  }
}
