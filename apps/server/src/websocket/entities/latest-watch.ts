import { entityFrame, entityUpdateTail, liveLatest, queriedText, type LiveValue } from '@fieldline/api-contract';
import { type EntityData, queryText } from '@fieldline/model';
import type { LiveUpdate } from '@fieldline/ports';
import { columnId, isAbsent, shownValue, type EntityPage, type EntityRow } from './entity-page.js';
import type { LatestKeys, LatestNews } from './latest-keys.js';
import type { WatchParts } from './watch-parts.js';

interface Rendering {
  readonly news: readonly LatestNews[];
  /** Of all of them. */
  tail: string | undefined;
}

/** Places of columns, by the row they are in. */
type Places = Map<EntityRow, Set<number>>;

/** Sends latest values of the entities of a page as they change; a socket that reads slowly gets only the newest. */
export class LatestWatch {
  readonly keys: LatestKeys;
  readonly #parts: WatchParts;
  readonly #page: EntityPage;
  readonly #places: ReadonlyMap<string, number>;
  readonly #watchedPlaces: ReadonlySet<number>;
  readonly #watched = new Map<EntityRow, () => void>();
  /** What a slow socket has still to be told, by a frame that is in its queue already. */
  #waiting: Places | undefined;
  /** What came since a read began, of which the read may show an older value. */
  #came: Places | undefined;
  #onScopeRemoved: (row: EntityRow) => void = () => undefined;

  constructor(parts: WatchParts, page: EntityPage, keys: LatestKeys) {
    this.#parts = parts;
    this.#page = page;
    this.keys = keys;
    this.#places = new Map(keys.keys.map((key) => [columnId(key), page.placeOf(key)]));
    this.#watchedPlaces = new Set(this.#places.values());
  }

  /** Called when an attribute of any scope went: another scope may still have one. */
  set onScopeRemoved(listener: (row: EntityRow) => void) {
    this.#onScopeRemoved = listener;
  }

  /**
   * Watches these rows, and no others any more. What was stored of them until now is to be read afterwards.
   *
   * @returns those that were not watched before
   * @throws TELEMETRY_WATCH_LIMIT
   */
  follow(rows: readonly EntityRow[]): readonly EntityRow[] {
    const wanted = new Set(rows);
    for (const row of [...this.#watched.keys()]) if (!wanted.has(row)) this.leave(row);
    const added = rows.filter((row) => !this.#watched.has(row));
    for (const row of added)
      this.#watched.set(
        row,
        this.#parts.feed.subscribe(row.owner, row.entity, (update) => this.#updated(row, update)),
      );
    return added;
  }

  leave(row: EntityRow): void {
    this.#watched.get(row)?.();
    this.#watched.delete(row);
    this.#waiting?.delete(row);
  }

  /** Nothing is sent any more, not even what waits for a slow socket. */
  end(): void {
    for (const end of this.#watched.values()) end();
    this.#watched.clear();
    this.forgetWaiting();
  }

  /** To be called when a frame of the whole page is sent: it tells what waits, and what changes from now on has to come after it. */
  forgetWaiting(): void {
    this.#waiting?.clear();
    this.#waiting = undefined;
  }

  /** Tells what waits without waiting any longer. */
  tellWaiting(): void {
    const waiting = this.#waiting;
    if (waiting !== undefined && waiting.size > 0) this.#send(this.#tailOf(waiting));
    this.forgetWaiting();
  }

  /** Values that come live from now on are newer than those that the read gives. */
  beginRead(): void {
    this.#came = new Map();
  }

  endRead(): void {
    this.#came = undefined;
  }

  isWatched(row: EntityRow, place: number): boolean {
    return this.#watchedPlaces.has(place) && this.#watched.has(row);
  }

  /** Tells what a read found that the client was not shown; of keys that nobody has looked at yet, what there is. */
  tell(found: readonly EntityData[], nowMs: number): void {
    const changed: Places = new Map();
    for (const { entity, values } of found) {
      const row = this.#page.rowOf(entity);
      if (row === undefined || !this.#watched.has(row)) continue;
      for (const value of values) {
        const place = this.#page.placeOf(value.key);
        const shown = shownValue(value, nowMs);
        const known = row.values[place];
        if (this.#came?.get(row)?.has(place) === true || (known !== undefined && isSame(known, shown))) continue;
        row.values[place] = shown;
        if (known !== undefined || !isAbsent(shown)) add(changed, row, place);
      }
    }
    if (changed.size === 0) return;
    if (this.#isWaiting) for (const [row, places] of changed) this.#wait(row, places);
    else this.#send(this.#tailOf(changed));
  }

  #updated(row: EntityRow, update: LiveUpdate): void {
    const { allowedEntities, renderings } = this.#parts;
    const rendering = renderings.of<Rendering>(update, `latest ${allowedEntities} ${this.keys.signature}`, () => ({
      news: this.keys.newsOf(update),
      tail: undefined,
    }));
    const fresh = rendering.news.filter((news) => this.#takes(row, news));
    if (fresh.length === 0) return;
    if (this.#isWaiting) this.#wait(row, this.#placesOf(fresh));
    else if (fresh.length < rendering.news.length) this.#send(this.#tailOf(new Map([[row, this.#placesOf(fresh)]])));
    else {
      rendering.tail ??= this.#tailOf(new Map([[row, this.#placesOf(fresh)]]));
      this.#send(rendering.tail);
    }
    if (fresh.some(({ key, typed }) => key.type === 'ATTRIBUTE' && typed === undefined)) this.#onScopeRemoved(row);
  }

  /** Keeps a value that is news: neither older than what is known nor the same again (websocket-api.md §5.3). */
  #takes(row: EntityRow, news: LatestNews): boolean {
    const place = this.#places.get(news.column);
    if (place === undefined || isKnown(row.values[place], news)) return false;
    row.values[place] = news.value;
    if (this.#came !== undefined) add(this.#came, row, place);
    return true;
  }

  get #isWaiting(): boolean {
    return this.#waiting !== undefined || this.#parts.queue.isBehind;
  }

  #wait(row: EntityRow, places: Iterable<number>): void {
    if (this.#waiting === undefined) {
      const waiting: Places = new Map();
      this.#waiting = waiting;
      this.#parts.queue.send({ takeFrame: () => this.#take(waiting) });
    }
    for (const place of places) add(this.#waiting, row, place);
  }

  #take(waiting: Places): string | undefined {
    if (this.#waiting === waiting) this.#waiting = undefined;
    return waiting.size === 0 ? undefined : entityFrame(this.#parts.cmdId, this.#tailOf(waiting));
  }

  #send(tail: string): void {
    this.#parts.queue.send(entityFrame(this.#parts.cmdId, tail));
  }

  #placesOf(news: readonly LatestNews[]): Set<number> {
    return new Set(news.map(({ column }) => this.#places.get(column)).filter((place) => place !== undefined));
  }

  #tailOf(places: Places): string {
    const entities = [...places].map(([row, ofRow]) => liveLatest(row.entity, this.#page.columnsOf(row, ofRow)));
    return entityUpdateTail(entities, this.#parts.allowedEntities);
  }
}

function isKnown(known: LiveValue | undefined, { value, typed }: LatestNews): boolean {
  if (known === undefined) return false;
  // Removals say what is there now, however old.
  if (typed === undefined) return known.ts === value.ts && known.value === value.value;
  if (isAbsent(known) || value.ts > known.ts) return false;
  return value.ts < known.ts || known.value === value.value || known.value === queriedText(queryText(typed));
}

/** Queries and live updates may write a number in different ways: 22 and 22.0. */
function isSame(known: LiveValue, found: LiveValue): boolean {
  if (known.ts !== found.ts || isAbsent(known) !== isAbsent(found)) return false;
  const isWritten = [known, found].every(({ value }) => value.trim() !== '' && !/^-?\d{16}/.test(value));
  return known.value === found.value || (isWritten && Number(known.value) === Number(found.value));
}

function add(places: Places, row: EntityRow, place: number): void {
  const ofRow = places.get(row);
  if (ofRow === undefined) places.set(row, new Set([place]));
  else ofRow.add(place);
}
