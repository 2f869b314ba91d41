import type { EntityKind } from '@fieldline/model';
import { storageErrors, type EntityChange, type EntityCondition, type EntityInsert } from '@fieldline/ports';
import { mongoErrors } from '../errors.js';
import { REMOVED_IN_PLACE_MAX } from '../limits.js';
import { inCalls, type MongoFilter } from '../mongo-collection.js';
import { entityKinds, type EntityCollections } from './entity-collections.js';
import { documentOf, isTombstone, tombstoneOf, type EntityDocument } from './entity-documents.js';
import { filterOf, fits } from './entity-filters.js';

/** One document as it is before and after a step of a write; an insert has nothing before it. */
export interface WriteStep {
  readonly kind: EntityKind;
  readonly before?: EntityDocument | undefined;
  readonly after: EntityDocument;
}

/** Documents that go once the write is sure to happen, whichever there are then. */
export interface Removal {
  readonly kind: EntityKind;
  readonly filter: MongoFilter;
}

/** A write worked out: what to do in order, on what was read. */
export interface WritePlan {
  readonly steps: readonly WriteStep[];
  readonly removals: readonly Removal[];
}

type Required = Extract<EntityCondition, { readonly change: 'require' }>;
type RemovalChange = Extract<EntityChange, { readonly change: 'remove-where' | 'remove-tenant' }>;

/**
 * Works out what changes mean for what is stored. To remove an entity is to put a tombstone in its place, which has no
 * name any more, and to remove that in the end: a step that was done can be told from one that was not, and undone.
 *
 * Conditions are checked here, so whoever has some is in the journal already and has its guards.
 *
 * @param write goes into every document that the write makes
 * @param isUnderWay asked about the writes that made what this one would change or requires
 * @returns undefined where one of those is under way, so that what was read may yet be undone
 * @throws STORAGE_VERSION_CONFLICT, STORAGE_REFERENCE_GONE, STORAGE_LIMIT_REACHED, MONGO_WRITE_TOO_LARGE, STORAGE_UNAVAILABLE
 */
export async function planWrite(
  collections: EntityCollections,
  changes: readonly EntityChange[],
  write: string,
  isUnderWay: (makers: readonly string[]) => Promise<boolean>,
): Promise<WritePlan | undefined> {
  const planned = new PlannedDocuments(collections);
  const makers = await planned.read(changes);
  if (await isUnderWay(makers)) return undefined;
  const steps: WriteStep[] = [];
  const removals: Removal[] = [];
  const add = (step: WriteStep): void => {
    planned.apply(step);
    steps.push(step);
  };
  for (const [place, change] of changes.entries()) {
    if (change.change === 'require' || change.change === 'require-fewer') await check(planned, change);
    else if (change.change === 'insert') add(insertStep(planned, change, write));
    else if (change.change === 'update') add(updateStep(planned, change, write));
    else if (change.change === 'remove') {
      const before = planned.get(change.kind, change.id);
      if (before?.tenantId === change.tenantId) add(removalStep(change.kind, before, write));
    } else if (changes.slice(place + 1).some((later) => isAddedTo(change, later))) {
      // Whoever adds to what is removed here wants that to stay, and whoever counts wants it gone, so this cannot wait.
      const matching = await planned.matching(removalsOf(change));
      const others = makersOf(matching.map(({ document }) => document)).filter((maker) => maker !== write);
      if (await isUnderWay(others)) return undefined;
      for (const { kind, document } of matching) add(removalStep(kind, document, write));
    } else {
      removals.push(...removalsOf(change));
    }
  }
  // What was read of a write that was undone right then is not as it was read any more.
  if (!(await planned.isAsRead(changes.filter(({ change }) => change === 'require') as readonly Required[]))) return undefined;
  return { steps, removals: [...removals, ...tombstoneRemovals(steps, write)] };
}

async function check(planned: PlannedDocuments, condition: EntityCondition): Promise<void> {
  const { kind, tenantId } = condition;
  if (condition.change === 'require') {
    if (planned.get(kind, condition.id)?.tenantId !== tenantId) throw storageErrors.REFERENCE_GONE({ kind, id: condition.id });
    return;
  }
  const { filter, limit } = condition;
  const matching = filterOf(kind, tenantId, filter);
  const count = matching === undefined ? 0 : await planned.count(kind, matching);
  if (count >= limit) throw storageErrors.LIMIT_REACHED({ kind, limit });
}

function insertStep(planned: PlannedDocuments, { kind, entity }: EntityInsert, write: string): WriteStep {
  const before = planned.get(kind, entity.id);
  const after = documentOf(kind, { ...entity, version: 1 }, write);
  return { kind, before: before !== undefined && isTombstone(before) ? before : undefined, after };
}

function updateStep(planned: PlannedDocuments, { kind, entity }: Extract<EntityChange, { readonly change: 'update' }>, write: string): WriteStep {
  const before = planned.get(kind, entity.id);
  if (before?.tenantId !== entity.tenantId || before.version !== entity.version) throw storageErrors.VERSION_CONFLICT({ kind, id: entity.id });
  return { kind, before, after: documentOf(kind, { ...entity, version: entity.version + 1 }, write) };
}

function removalStep(kind: EntityKind, before: EntityDocument, write: string): WriteStep {
  return { kind, before, after: tombstoneOf(kind, before, write) };
}

function tombstoneRemovals(steps: readonly WriteStep[], write: string): Removal[] {
  const tombstones = steps.filter(({ after }) => isTombstone(after));
  return [...Map.groupBy(tombstones, ({ kind }) => kind)].map(([kind, ofKind]) => {
    return { kind, filter: { _id: { $in: [...new Set(ofKind.map(({ after }) => after._id))] }, tenantId: '', _write: write } };
  });
}

function removalsOf(change: RemovalChange): Removal[] {
  if (change.change === 'remove-tenant') return entityKinds.map((kind) => ({ kind, filter: { tenantId: change.tenantId } }));
  const { kind, tenantId, filter, createdBeforeMs } = change;
  const matching = filterOf(kind, tenantId, filter);
  return matching === undefined
    ? []
    : [{ kind, filter: createdBeforeMs === undefined ? matching : { ...matching, createdAtMs: { $lt: createdBeforeMs } } }];
}

function makersOf(documents: readonly EntityDocument[]): readonly string[] {
  return [...new Set(documents.map(({ _write }) => _write).filter((maker) => maker !== undefined))];
}

/** True where a later change adds to what is removed, or counts what is left of it. */
function isAddedTo(removal: RemovalChange, later: EntityChange): boolean {
  if (later.change === 'remove' || later.change === 'remove-where' || later.change === 'remove-tenant') return false;
  const { tenantId } = 'entity' in later ? later.entity : later;
  return (tenantId === undefined || tenantId === removal.tenantId) && (removal.change === 'remove-tenant' || removal.kind === later.kind);
}

/** What is stored, with what the steps so far will have made of it. */
class PlannedDocuments {
  readonly #collections: EntityCollections;
  readonly #documents = new Map<string, { readonly kind: EntityKind; readonly document: EntityDocument }>();
  /** Those that a step made. */
  readonly #made = new Set<string>();

  constructor(collections: EntityCollections) {
    this.#collections = collections;
  }

  /** Reads what the changes name. @returns the writes that made it */
  async read(changes: readonly EntityChange[]): Promise<readonly string[]> {
    const named = changes.flatMap((change) => {
      if (change.change === 'update') return [{ kind: change.kind, id: change.entity.id }];
      return change.change === 'remove' || change.change === 'require' ? [{ kind: change.kind, id: change.id }] : [];
    });
    for (const [kind, ofKind] of Map.groupBy(named, (one) => one.kind)) {
      const ids = [...new Set(ofKind.map(({ id }) => id))];
      for (const part of inCalls(ids)) {
        const found = await this.#collections[kind].find({ _id: { $in: part } });
        for (const document of found) this.#documents.set(`${kind} ${document._id}`, { kind, document });
      }
    }
    return makersOf([...this.#documents.values()].map(({ document }) => document));
  }

  get(kind: EntityKind, id: string): EntityDocument | undefined {
    return this.#documents.get(`${kind} ${id}`)?.document;
  }

  apply({ kind, after }: WriteStep): void {
    this.#made.add(`${kind} ${after._id}`);
    this.#documents.set(`${kind} ${after._id}`, { kind, document: after });
  }

  /** How many match then. */
  async count(kind: EntityKind, filter: MongoFilter): Promise<number> {
    const made = [...this.#documents.values()].filter((one) => one.kind === kind && this.#made.has(`${kind} ${one.document._id}`));
    const others = { $nin: made.map(({ document }) => document._id) };
    const stored = await this.#collections[kind].count(made.length === 0 ? filter : { $and: [filter, { _id: others }] });
    return stored + made.filter(({ document }) => fits(document, filter)).length;
  }

  /** Whether what was read and no step made is stored still as it was read. */
  async isAsRead(required: readonly Required[]): Promise<boolean> {
    const read = required.filter(({ kind, id }) => !this.#made.has(`${kind} ${id}`));
    for (const [kind, ofKind] of Map.groupBy(read, (one) => one.kind)) {
      for (const part of inCalls(ofKind.map(({ id }) => id))) {
        const stored = await this.#collections[kind].find({ _id: { $in: part } }, { fields: ['version', '_write'] });
        const isSame = stored.every(({ _id, version, _write }) => {
          const before = this.get(kind, _id);
          return before?.version === version && before._write === _write;
        });
        if (!isSame || stored.length < new Set(part).size) return false;
      }
    }
    return true;
  }

  /** Those that match, as they will be then. */
  async matching(removals: readonly Removal[]): Promise<readonly { readonly kind: EntityKind; readonly document: EntityDocument }[]> {
    const found: { readonly kind: EntityKind; readonly document: EntityDocument }[] = [];
    for (const { kind, filter } of removals) {
      const stored = await this.#collections[kind].find(filter, { limit: REMOVED_IN_PLACE_MAX });
      const untouched = stored.filter(({ _id }) => !this.#documents.has(`${kind} ${_id}`));
      const touched = [...this.#documents.values()].filter((one) => one.kind === kind && fits(one.document, filter));
      found.push(...untouched.map((document) => ({ kind, document })), ...touched);
      if (found.length >= REMOVED_IN_PLACE_MAX) throw mongoErrors.WRITE_TOO_LARGE({ what: 'entities', max: REMOVED_IN_PLACE_MAX });
    }
    return found;
  }
}
