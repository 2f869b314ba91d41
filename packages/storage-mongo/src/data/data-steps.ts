import { mongo } from 'mongoose';
import { JOURNAL_PART_BYTES } from '../limits.js';
import type { FieldChange, MongoCollection, MongoFilter, Stored } from '../mongo-collection.js';
import type { DataCollections } from './data-collections.js';

type Target = Exclude<keyof DataCollections, 'records'> | keyof DataCollections['records'];

/**
 * Something to do with a collection that may be done again: `add` expects the documents to be new, `put` to be there;
 * `change` changes some of their fields.
 */
export type DataStep =
  | { readonly to: Target; readonly add: readonly Stored[] }
  | { readonly to: Target; readonly put: readonly Stored[] }
  | { readonly to: Target; readonly change: readonly FieldChange[] }
  | { readonly to: Target; readonly remove: MongoFilter };

/** The documents that are in the collection after a step, as far as it says them whole. */
export function storedBy(step: DataStep): readonly Stored[] {
  return 'add' in step ? step.add : 'put' in step ? step.put : [];
}

/** Does the steps in their order; may be repeated from the first. */
export async function applyDataSteps(collections: DataCollections, steps: readonly DataStep[]): Promise<void> {
  for (const step of steps) {
    const collection = targetOf(collections, step.to);
    if ('remove' in step) await collection.remove(step.remove);
    else if ('put' in step) await collection.put(step.put);
    else if ('change' in step) await collection.change(step.change);
    else {
      const known = await collection.insert(step.add);
      await collection.put(known.map((place) => step.add[place] as Stored));
    }
  }
}

/** The same steps in parts that fit into a document each. */
export function packSteps(steps: readonly DataStep[]): readonly Uint8Array[] {
  const parts: DataStep[][] = [[]];
  let bytes = 0;
  const addTo = (step: DataStep, size: number): void => {
    if (bytes > 0 && bytes + size > JOURNAL_PART_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(step);
    bytes += size;
  };
  for (const step of steps) {
    if ('remove' in step) addTo(step, mongo.BSON.calculateObjectSize(step));
    else for (const { part, size } of partsOf(step)) addTo(part, size);
  }
  return parts.map((part) => mongo.BSON.serialize({ steps: part }));
}

export function unpackSteps(part: Uint8Array): readonly DataStep[] {
  return (mongo.BSON.deserialize(part) as { readonly steps: readonly DataStep[] }).steps;
}

function partsOf(step: Exclude<DataStep, { readonly remove: MongoFilter }>): readonly { readonly part: DataStep; readonly size: number }[] {
  const { to } = step;
  if ('add' in step) return slicesOf(step.add).map(({ documents: add, size }) => ({ part: { to, add }, size }));
  if ('put' in step) return slicesOf(step.put).map(({ documents: put, size }) => ({ part: { to, put }, size }));
  return slicesOf(step.change).map(({ documents: change, size }) => ({ part: { to, change }, size }));
}

function slicesOf<T extends Stored>(documents: readonly T[]): readonly { readonly documents: readonly T[]; readonly size: number }[] {
  const slices: { documents: T[]; size: number }[] = [];
  for (const document of documents) {
    // The place in the list takes a few bytes too.
    const size = mongo.BSON.calculateObjectSize(document) + 8;
    const last = slices.at(-1);
    if (last === undefined || last.size + size > JOURNAL_PART_BYTES / 2) slices.push({ documents: [document], size });
    else {
      last.documents.push(document);
      last.size += size;
    }
  }
  return slices;
}

function targetOf(collections: DataCollections, to: Target): MongoCollection<Stored> {
  const { records, ...others } = collections;
  return { ...others, ...records }[to];
}
