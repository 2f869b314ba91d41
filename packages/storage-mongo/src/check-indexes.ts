import type { mongo } from 'mongoose';
import { mongoErrors } from './errors.js';
import type { Stored } from './mongo-collection.js';
import { isTaken, isUnknownCollection, mongoProblem, reasonOf } from './mongo-problem.js';

/** An index by its name, which tells what it is for. */
export interface IndexDefinition {
  readonly name: string;
  /** Fields in their order, all ascending. */
  readonly fields: readonly string[];
  readonly isUnique?: boolean | undefined;
  /** Leaves out documents that have none of the fields, to save room. It is not checked, because FerretDB does not tell. */
  readonly isSparse?: boolean | undefined;
}

export interface CollectionDefinition {
  readonly name: string;
  readonly indexes: readonly IndexDefinition[];
}

interface FoundIndex {
  readonly name?: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly unique?: boolean;
}

/**
 * Creates the indexes that are missing, then looks whether all are as they must be: one that differs could mean that
 * names are not unique, or that every read of a large collection goes through all of it. Others may be there besides.
 *
 * @throws MONGO_INDEX_WRONG  names the index
 */
export async function checkIndexes(collection: mongo.Collection<Stored>, { name: ofCollection, indexes }: CollectionDefinition): Promise<void> {
  const found = await foundIndexes(collection);
  const missing = indexes.filter(({ name }) => !found.some((index) => index.name === name));
  for (const index of missing) await createIndex(collection, index);
  const now = missing.length === 0 ? found : await foundIndexes(collection);
  for (const index of indexes) {
    const fault = faultOf(
      index,
      now.find(({ name }) => name === index.name),
    );
    if (fault !== undefined) throw mongoErrors.INDEX_WRONG({ collection: ofCollection, index: index.name, reason: fault });
  }
}

async function foundIndexes(collection: mongo.Collection<Stored>): Promise<readonly FoundIndex[]> {
  try {
    return await collection.indexes();
  } catch (error) {
    if (isUnknownCollection(error)) return [];
    throw mongoProblem(error);
  }
}

async function createIndex(
  collection: mongo.Collection<Stored>,
  { name, fields, isUnique = false, isSparse = false }: IndexDefinition,
): Promise<void> {
  try {
    const options = { name, ...(isUnique ? { unique: true } : {}), ...(isSparse ? { sparse: true } : {}) };
    await collection.createIndex(Object.fromEntries(fields.map((field) => [field, 1])), options);
  } catch (error) {
    if (!isTaken(error)) throw mongoProblem(error);
    const reason = `it cannot be created over what is there (${reasonOf(error)})`;
    throw mongoErrors.INDEX_WRONG({ collection: collection.collectionName, index: name, reason }, { cause: error });
  }
}

function faultOf({ fields, isUnique = false }: IndexDefinition, found: FoundIndex | undefined): string | undefined {
  if (found === undefined) return 'it is missing';
  const isAscending = Object.values(found.key).every((direction) => direction === 1);
  if (!isAscending || Object.keys(found.key).join() !== fields.join()) return `it is on ${JSON.stringify(found.key)}, not on ${fields.join(', ')}`;
  if ((found.unique ?? false) !== isUnique) return isUnique ? 'it is not unique' : 'it is unique';
  return undefined;
}
