import { entityRules, type EntityKind, type UniqueRule } from '@fieldline/model';
import { inCalls, type MongoFilter } from '../mongo-collection.js';
import { uniqueFieldOf, type EntityCollections } from './entity-collections.js';
import type { EntityDocument } from './entity-documents.js';
import type { JournalStep } from './write-journal.js';
import type { Removal, WriteStep } from './write-plan.js';

/** Why a step was not done: its document is no longer as it was read, or something of it is taken. */
export interface Refusal {
  readonly step: WriteStep;
  readonly reason: 'absent' | 'taken';
  /** The unique field that is taken, if it still is. */
  readonly field?: string | undefined;
}

/**
 * Does the steps in their order, inserts of one kind together.
 *
 * @param keep called before each call of the database; where it answers false nothing more is done
 * @returns what was refused; 'lost' where `keep` said so; undefined where all is done
 */
export async function applySteps(
  collections: EntityCollections,
  steps: readonly WriteStep[],
  keep: () => Promise<boolean>,
): Promise<Refusal | 'lost' | undefined> {
  for (let place = 0; place < steps.length;) {
    if (!(await keep())) return 'lost';
    const inserts = insertsFrom(steps, place);
    const [first] = inserts;
    if (first === undefined) {
      const step = steps[place] as WriteStep;
      const outcome = await collections[step.kind].replace(asItWas(step.before as EntityDocument), step.after);
      if (outcome !== 'replaced') return refused(collections, step, outcome);
      place += 1;
    } else {
      const [taken] = await collections[first.kind].insert(inserts.map(({ after }) => after));
      if (taken !== undefined) return refused(collections, inserts[taken] as WriteStep, 'taken');
      place += inserts.length;
    }
  }
  return undefined;
}

async function refused(collections: EntityCollections, step: WriteStep, reason: Refusal['reason']): Promise<Refusal> {
  return { step, reason, field: reason === 'taken' ? await takenField(collections, step) : undefined };
}

/** The document as long as nobody changed it since it was read. */
export function asItWas({ _id, version, _write = null }: Omit<EntityDocument, '_write'> & { readonly _write?: string | null }): MongoFilter {
  return { _id, version, _write };
}

/** Undoes what was done of the steps of a write, the last first; may be repeated. */
export async function undoSteps(collections: EntityCollections, write: string, steps: readonly JournalStep[]): Promise<void> {
  for (const { kind, id, before } of [...steps].reverse()) {
    const made = { _id: id, _write: write };
    if (before === undefined) await collections[kind].remove(made);
    else await collections[kind].replace(made, before);
  }
}

/** Removes what a write that happened removes; may be repeated. */
export async function removeAll(collections: EntityCollections, removals: readonly Removal[]): Promise<void> {
  for (const { kind, filter } of removals) {
    for (const part of inParts(filter)) await collections[kind].remove(part);
  }
}

/**
 * The unique field that a document clashes with another about: whichever server it is, its error does not say so in
 * a form for programs.
 *
 * @returns undefined where nobody has any of it any more
 */
async function takenField(collections: EntityCollections, { kind, before, after }: WriteStep): Promise<string | undefined> {
  const collection = collections[kind];
  if (before === undefined && (await collection.first({ _id: after._id })) !== undefined) return 'id';
  for (const { field } of entityRules[kind].unique as readonly UniqueRule<EntityKind>[]) {
    const unique = uniqueFieldOf(field);
    const value = (after as unknown as Readonly<Record<string, unknown>>)[unique];
    if ((await collection.first({ [unique]: value, _id: { $ne: after._id } })) !== undefined) return field;
  }
  return undefined;
}

function insertsFrom(steps: readonly WriteStep[], place: number): readonly WriteStep[] {
  const kind = steps[place]?.kind;
  const end = steps.findIndex((step, at) => at >= place && (step.before !== undefined || step.kind !== kind));
  return steps.slice(place, end === -1 ? undefined : end);
}

function inParts(filter: MongoFilter): readonly MongoFilter[] {
  const ids = (filter['_id'] as { readonly $in?: readonly string[] } | undefined)?.$in ?? [];
  if (ids.length === 0) return [filter];
  return inCalls(ids).map((part) => ({ ...filter, _id: { $in: part } }));
}
