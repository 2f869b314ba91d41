import { entityFrame, entityUpdateTail, liveLatest, queriedText, type LiveColumn } from '@fieldline/api-contract';
import { queryText, type EntityId, type QueryValue } from '@fieldline/model';
import type { LiveFeed, LiveUpdate } from '@fieldline/ports';
import type { FrameQueue, FrameSource } from '../frame-queue.js';
import { ENTITIES_PER_COMMAND_MAX } from '../limits.js';
import { shownValue, type EntityPage, type EntityRow } from './entity-page.js';
import type { LatestKeys, LatestNews } from './latest-keys.js';
import type { UpdateRenderings } from './update-renderings.js';

export interface WatchParts {
  readonly cmdId: number;
  readonly queue: Pick<FrameQueue, 'send' | 'isBehind'>;
  readonly feed: LiveFeed;
  readonly renderings: UpdateRenderings;
}

interface Rendering {
  readonly news: readonly LatestNews[];
  /** Of all of them. */
  tail: string | undefined;
}

/** Sends latest values of the entities of a page as they change; for a socket that reads slowly only the newest. */
export class LatestWatch implements FrameSource {
  readonly #parts: WatchParts;
  readonly #page: EntityPage;
  readonly #keys: LatestKeys;
  readonly #places: ReadonlyMap<string, number>;
  readonly #watched = new Map<EntityRow, () => void>();
  /** Places of what a slow socket has still to be told. */
  #waiting: Map<EntityRow, Set<number>> | undefined;
  /** Places of what came while values were read from the store, which are older then. */
  #cameMeanwhile: Map<EntityRow, Set<number>> | undefined;
  #onlyScopeRemoved: (row: EntityRow) => void = () => undefined;

  constructor(parts: WatchParts, page: EntityPage, keys: LatestKeys) {
    this.#parts = parts;
    this.#page = page;
    this.#keys = keys;
    this.#places = new Map(keys.keys.map((key) => [`${key.type} ${key.key}`, page.placeOf(key)]));
  }

  get keys(): LatestKeys {
    return this.#keys;
  }

  /** Called when an attribute of any scope went: another scope may still have one. */
  set onAnyScopeRemoved(listener: (row: EntityRow) => void) {
    this.#onlyScopeRemoved = listener;
  }

  /**
   * Watches these rows, and no others any more.
   *
   * @returns those that were not watched before: what was stored before now is to be read of them
   * @throws TELEMETRY_WATCH_LIMIT
   */
  follow(rows: readonly EntityRow[]): readonly EntityRow[] {
    const wanted = new Set(rows);
    for (const row of [...this.#watched.keys()]) if (!wanted.has(row)) this.leave(row);
    const added = rows.filter((row) => !this.#watched.has(row));
    for (const row of added) this.#watched.set(row, this.#parts.feed.subscribe(row.owner, row.entity, (update) => this.#updated(row, update)));
    return added;
  }

  leave(row: EntityRow): void {
    this.#watched.get(row)?.();
    this.#watched.delete(row);
    this.#waiting?.delete(row);
  }

  end(): void {
    for (const end of this.#watched.values()) end();
    this.#watched.clear();
    this.#waiting = undefined;
  }
}
