import type { mongo } from 'mongoose';
import { DOCUMENTS_A_BATCH, IDS_A_CALL, INSERTS_A_CALL } from './limits.js';
import { isTaken, isTooLarge, mongoProblem } from './mongo-problem.js';

/** A document as it lies in a collection. */
export interface Stored {
  readonly _id: string;
}

/** A query in MongoDB's language. */
export type MongoFilter = Readonly<Record<string, unknown>>;

export interface FindOptions {
  readonly sort?: Readonly<Record<string, 1 | -1>> | undefined;
  readonly skip?: number | undefined;
  /** 0 finds nothing. */
  readonly limit?: number | undefined;
  /** Only these fields, and the id; absent: all. */
  readonly fields?: readonly string[] | undefined;
  /** Leaves out the id, which may be longer than all that is asked for. */
  readonly isWithoutId?: boolean | undefined;
  /** Documents of a batch of `batches`, at most. */
  readonly batchSize?: number | undefined;
  /** Time that the server may work on all batches together, so that it ends what nobody waits for any more. */
  readonly workMsMax?: number | undefined;
}

/** What to change of the document with the id, which is made where there is none. Fields are paths. */
export interface FieldChange extends Stored {
  readonly set: Readonly<Record<string, unknown>>;
  readonly unset: readonly string[];
}

/**
 * One collection, as far as the stores use it: nothing here needs a transaction, an array filter or an expression.
 * That a unique index refuses a document is an answer; every other failure is thrown.
 *
 * @throws STORAGE_UNAVAILABLE, STORAGE_FULL
 */
export interface MongoCollection<T extends Stored> {
  readonly name: string;
  find(filter: MongoFilter, options?: FindOptions): Promise<T[]>;
  first(filter: MongoFilter): Promise<T | undefined>;
  /** The same many at a time, as they come. */
  batches(filter: MongoFilter, options?: FindOptions): AsyncIterable<readonly T[]>;
  /** One after the other, without ever holding all. */
  stream(filter: MongoFilter, options?: FindOptions): AsyncIterable<T>;
  count(filter: MongoFilter): Promise<number>;
  /** The texts of a field of those that match, each once, in one answer; undefined where that is more than an answer holds. */
  texts(field: string, filter: MongoFilter): Promise<readonly string[] | undefined>;
  /** @returns the places of those that were refused; all others are stored */
  insert(documents: readonly T[]): Promise<readonly number[]>;
  /** Replaces the one document that matches. */
  replace(filter: MongoFilter, document: T): Promise<'replaced' | 'absent' | 'taken'>;
  /** Stores each document in place of the one with its id, if there is one. No two may have the same id. */
  put(documents: readonly T[]): Promise<void>;
  /** Changes fields of each of the documents. No two may have the same id. */
  change(changes: readonly FieldChange[]): Promise<void>;
  /** @returns how many matched */
  set(filter: MongoFilter, fields: Readonly<Record<string, unknown>>): Promise<number>;
  /** @returns how many were removed */
  remove(filter: MongoFilter): Promise<number>;
}

/** A collection of a connected database. */
export class DriverCollection<T extends Stored> implements MongoCollection<T> {
  readonly name: string;
  readonly #collection: mongo.Collection<Stored>;
  readonly #replacementsACall: number;

  constructor(collection: mongo.Collection<Stored>, replacementsACall: number) {
    this.name = collection.collectionName;
    this.#collection = collection;
    this.#replacementsACall = replacementsACall;
  }

  async find(filter: MongoFilter, options: FindOptions = {}): Promise<T[]> {
    if (options.limit === 0) return [];
    return coded(() => this.#cursor(filter, options).toArray());
  }

  async first(filter: MongoFilter): Promise<T | undefined> {
    return (await this.find(filter, { limit: 1 }))[0];
  }

  async *batches(filter: MongoFilter, options: FindOptions = {}): AsyncIterable<readonly T[]> {
    if (options.limit === 0) return;
    const cursor = this.#cursor(filter, options).batchSize(options.batchSize ?? DOCUMENTS_A_BATCH);
    try {
      while (await coded(() => cursor.hasNext())) yield cursor.readBufferedDocuments();
    } finally {
      await cursor.close();
    }
  }

  async *stream(filter: MongoFilter, options: FindOptions = {}): AsyncIterable<T> {
    if (options.limit === 0) return;
    const cursor = this.#cursor(filter, options);
    try {
      for (;;) {
        const document = await coded(() => cursor.next());
        if (document === null) return;
        yield document;
      }
    } finally {
      await cursor.close();
    }
  }

  count(filter: MongoFilter): Promise<number> {
    return coded(() => this.#collection.countDocuments(filter));
  }

  texts(field: string, filter: MongoFilter): Promise<readonly string[] | undefined> {
    return coded(async () => {
      try {
        const found = (await this.#collection.distinct(field, filter)) as readonly string[];
        return found;
      } catch (error) {
        if (isTooLarge(error)) return undefined;
        throw error;
      }
    });
  }

  async insert(documents: readonly T[]): Promise<readonly number[]> {
    const taken: number[] = [];
    for (let start = 0; start < documents.length; start += INSERTS_A_CALL) {
      const part = documents.slice(start, start + INSERTS_A_CALL);
      taken.push(...(await coded(() => this.#insertPart(part))).map((place) => start + place));
    }
    return taken;
  }

  replace(filter: MongoFilter, document: T): Promise<'replaced' | 'absent' | 'taken'> {
    return coded(async () => {
      try {
        const { matchedCount } = await this.#collection.replaceOne(filter, document);
        return matchedCount === 0 ? 'absent' : 'replaced';
      } catch (error) {
        if (isTaken(error)) return 'taken';
        throw error;
      }
    });
  }

  async put(documents: readonly T[]): Promise<void> {
    for (let start = 0; start < documents.length; start += this.#replacementsACall) {
      const part = documents.slice(start, start + this.#replacementsACall);
      const replacements = part.map((document) => ({ replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true } }));
      await coded(() => this.#collection.bulkWrite(replacements, { ordered: false }));
    }
  }

  async change(changes: readonly FieldChange[]): Promise<void> {
    for (let start = 0; start < changes.length; start += this.#replacementsACall) {
      const updates = changes.slice(start, start + this.#replacementsACall).map(({ _id, set, unset }) => {
        // Not every server takes an operator without fields.
        const removal = unset.length === 0 ? {} : { $unset: Object.fromEntries(unset.map((field) => [field, ''])) };
        return { updateOne: { filter: { _id }, update: { $set: { ...set }, ...removal } as mongo.UpdateFilter<Stored>, upsert: true } };
      });
      await coded(() => this.#collection.bulkWrite(updates, { ordered: false }));
    }
  }

  async set(filter: MongoFilter, fields: Readonly<Record<string, unknown>>): Promise<number> {
    return coded(async () => (await this.#collection.updateMany(filter, { $set: fields })).matchedCount);
  }

  async remove(filter: MongoFilter): Promise<number> {
    return coded(async () => (await this.#collection.deleteMany(filter)).deletedCount);
  }

  #cursor(filter: MongoFilter, { sort, skip, limit, fields, isWithoutId = false, workMsMax }: FindOptions): mongo.FindCursor<T> {
    const cursor = this.#collection.find<T>(filter);
    if (workMsMax !== undefined) cursor.maxTimeMS(workMsMax);
    if (sort !== undefined) cursor.sort(sort);
    // The protocol counts in 32 bits; nobody holds more documents than that.
    if (skip !== undefined && skip > 0) cursor.skip(Math.min(skip, COUNT_MAX));
    if (limit !== undefined) cursor.limit(Math.min(limit, COUNT_MAX));
    if (fields !== undefined) {
      const shown = Object.fromEntries(fields.map((field) => [field, 1]));
      cursor.project(isWithoutId ? { ...shown, _id: 0 } : shown);
    }
    return cursor;
  }

  /** Unordered, so that what is refused does not keep what follows it from being stored. */
  async #insertPart(documents: readonly T[]): Promise<readonly number[]> {
    try {
      await this.#collection.insertMany(documents, { ordered: false });
      return [];
    } catch (error) {
      const { writeErrors } = error as { readonly writeErrors?: readonly mongo.WriteError[] };
      if (!isTaken(error) || writeErrors === undefined || !writeErrors.every(isTakenAt)) throw error;
      return writeErrors.map(({ index }) => index);
    }
  }
}

/** Lists in parts of a size that one call takes. */
export function inCalls<T>(items: readonly T[], size = IDS_A_CALL): readonly (readonly T[])[] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, n) => n * size);
  return starts.map((start) => items.slice(start, start + size));
}

const COUNT_MAX = 2 ** 31 - 1;

const isTakenAt = ({ code }: mongo.WriteError): boolean => code === 11_000;

async function coded<R>(run: () => Promise<R>): Promise<R> {
  try {
    return await run();
  } catch (error) {
    throw mongoProblem(error);
  }
}
