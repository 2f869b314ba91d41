import type { EntityDataDraft } from '@fieldline/api-contract';
import type { EntityData } from '@fieldline/model';
import type { CommandContext } from '../commands/command-context.js';
import { EntityPage, shownValue, type EntityRow } from './entity-page.js';
import type { LatestKeys } from './latest-keys.js';
import { LatestWatch } from './latest-watch.js';
import { PageRights } from './page-rights.js';
import type { WatchParts } from './watch-parts.js';

/** What the owner of a page does for it. */
export interface PageOwner {
  /** Does work when no other is done with the page. */
  inTurn(work: () => Promise<void>): Promise<void>;
  /** An entity may not be seen any more, and is not on the page now. */
  left(row: EntityRow): void;
}

/** The page of a command: who is on it and may be seen, and the latest values that are watched. */
export class LivePage {
  readonly entities = new EntityPage();
  readonly #context: CommandContext;
  readonly #owner: PageOwner;
  readonly #rights: PageRights;
  /** Rows with an attribute that was removed from one scope. */
  readonly #doubtful = new Set<EntityRow>();
  #latest: LatestWatch | undefined;

  constructor(context: CommandContext, owner: PageOwner) {
    this.#context = context;
    this.#owner = owner;
    this.#rights = new PageRights(context, (row) => this.#lost(row));
  }

  get rows(): readonly EntityRow[] {
    return this.entities.rows;
  }

  /**
   * Finds the entities of the page anew. With `onlyChanged` nothing is done where they are the same.
   *
   * @returns whether the page was taken
   * @throws LIVE_TOO_MANY_ENTITIES, and as `EntityQuestions.find`
   */
  async find(draft: EntityDataDraft, { onlyChanged = false } = {}): Promise<boolean> {
    const { caller, deps } = this.#context;
    const before = this.#rights.changes;
    const found = await deps.questions.find(caller, draft);
    if (this.#context.isEnded || (onlyChanged && this.entities.isOf(found))) return false;
    this.#rights.count(found.data.length);
    const nowMs = deps.clock.nowMs();
    this.entities.replace(caller, found, (row, value) => {
      const place = this.entities.placeOf(value.key);
      // What is watched is as the client knows it: a newer value comes live.
      if (this.#latest?.isWatched(row, place) !== true) row.values[place] = shownValue(value, nowMs);
    });
    this.#rights.hold(this.rows, before);
    return true;
  }

  /** Tells latest values from now on as they change, and at once those that changed since they were shown. */
  async watchLatest(parts: WatchParts, keys: LatestKeys): Promise<void> {
    const latest = new LatestWatch(parts, this.entities, keys);
    latest.onScopeRemoved = (row) => this.#doubt(row);
    this.#latest = latest;
    try {
      await this.followLatest();
    } catch (error) {
      // Half a page that is watched would look like a whole one.
      if (this.#latest === latest) this.stopLatest();
      throw error;
    }
  }

  /** Watches the latest values of those who are on the page now. */
  async followLatest(): Promise<void> {
    const latest = this.#latest;
    if (latest !== undefined) await this.#catchUp(latest, latest.follow(this.rows));
  }

  /** What a slow socket has still to be told is told as long as the command is open: whoever watches next takes it for known. */
  stopLatest(): void {
    if (!this.#context.isEnded) this.#latest?.tellWaiting();
    this.#latest?.end();
    this.#latest = undefined;
  }

  /** To be called when a frame of the whole page is sent. */
  shown(): void {
    this.#latest?.forgetWaiting();
  }

  /** Reads values of which nothing is known yet, without telling them. */
  async learn(keys: LatestKeys): Promise<void> {
    for (const { entity, values } of await this.#valuesOf(this.rows, keys)) {
      const row = this.entities.rowOf(entity);
      for (const value of values) if (row !== undefined) row.values[this.entities.placeOf(value.key)] ??= shownValue(value, 0);
    }
  }

  /** Tells what was stored before the watch over these rows was in place. */
  async #catchUp(latest: LatestWatch, rows: readonly EntityRow[]): Promise<void> {
    if (rows.length === 0) return;
    latest.beginRead();
    try {
      const found = await this.#valuesOf(rows, latest.keys);
      if (this.#latest === latest) latest.tell(found, this.#context.deps.clock.nowMs());
    } finally {
      latest.endRead();
    }
  }

  async #valuesOf(rows: readonly EntityRow[], { keys }: LatestKeys): Promise<readonly EntityData[]> {
    const { caller, deps } = this.#context;
    await this.#context.watchesInPlace();
    const found: EntityData[] = [];
    for (const [entityType, ofType] of Map.groupBy(rows, ({ entity }) => entity.entityType)) {
      const selector = { kind: 'ids', entityType, ids: ofType.map(({ entity }) => entity.id) } as const;
      const query = { selector, filters: [], combine: 'AND', columns: keys, page: 0, pageSize: ofType.length } as const;
      for (const entity of (await deps.questions.find(caller, query)).data) found.push(entity);
    }
    return found;
  }

  /** An attribute of any scope went: another scope may have one. */
  #doubt(row: EntityRow): void {
    this.#doubtful.add(row);
    if (this.#doubtful.size > 1) return;
    const look = async (): Promise<void> => {
      const rows = [...this.#doubtful];
      this.#doubtful.clear();
      if (this.#latest !== undefined) await this.#catchUp(this.#latest, rows);
    };
    this.#owner.inTurn(look).catch((error: unknown) => this.#context.deps.log.warn('entity-values-not-read', { error }));
  }

  #lost(row: EntityRow): void {
    this.entities.remove(row);
    this.#latest?.leave(row);
    this.#owner.left(row);
  }
}
