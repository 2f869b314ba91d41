import { mongo } from 'mongoose';
import { JOURNAL_PART_BYTES } from '../limits.js';
import type { MongoCollection, MongoFilter, Stored } from '../mongo-collection.js';
import type { DataCollections } from './data-collections.js';

type Target = Exclude<keyof DataCollections, 'records'> | keyof DataCollections['records'];

/** Something to do with a collection that may be done again: `add` expects the documents to be new, `put` to be there. */
export type DataStep =
  | { readonly to: Target; readonly add: readonly Stored[] }
  | { readonly to: Target; readonly put: readonly Stored[] }
  | { readonly to: Target; readonly remove: MongoFilter };

/** Does the steps in their order; may be repeated from the first. */
export async function applyDataSteps(collections: DataCollections, steps: readonly DataStep[]): Promise<void> {
  for (const step of steps) {
    const collection = targetOf(collections, step.to);
    if ('remove' in step) await collection.remove(step.remove);
    else if ('put' in step) await collection.put(step.put);
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
    else
      for (const { documents, size } of slicesOf('add' in step ? step.add : step.put)) {
        addTo('add' in step ? { to: step.to, add: documents } : { to: step.to, put: documents }, size);
      }
  }
  return parts.map((part) => mongo.BSON.serialize({ steps: part }));
}

export function unpackSteps(part: Uint8Array): readonly DataStep[] {
  return (mongo.BSON.deserialize(part) as { readonly steps: readonly DataStep[] }).steps;
}

function slicesOf(documents: readonly Stored[]): readonly { readonly documents: readonly Stored[]; readonly size: number }[] {
  const slices: { documents: Stored[]; size: number }[] = [];
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
