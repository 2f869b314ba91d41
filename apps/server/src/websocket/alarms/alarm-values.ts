import { queriedText } from '@fieldline/api-contract';
import { visibleTo } from '@fieldline/directory';
import type { EntityId, QueryKey } from '@fieldline/model';
import type { LiveUpdate } from '@fieldline/ports';
import type { CommandContext } from '../commands/command-context.js';
import { LatestKeys, type LatestNews } from '../entities/latest-keys.js';
import { changeValue, type AlarmPage, type AlarmRow } from './alarm-page.js';

export interface AlarmValuesEvents {
  /** Called with the rows of an entity when they have a new value. */
  changed(rows: readonly AlarmRow[]): void;
  /** Called when an attribute of any scope went: another scope may still have one. */
  scopeRemoved(): void;
}

/** What came of the columns of an entity: the newest value, after a removal where there was one. */
type Came = Map<string, LatestNews[]>;

/** Latest values of the entities whose alarms a page shows, as they change. */
export class AlarmValues {
  readonly #context: CommandContext;
  readonly #events: AlarmValuesEvents;
  readonly #watched = new Map<string, () => void>();
  #keys = new LatestKeys([]);
  #page: AlarmPage | undefined;
  /** By entity, what came since a page began to be read, which may show older values. */
  #came: Map<string, Came> | undefined;

  constructor(context: CommandContext, events: AlarmValuesEvents) {
    this.#context = context;
    this.#events = events;
    context.onEnd(() => this.#leaveAllBut(new Set()));
  }

  /** Which values are watched from the next page on. */
  choose(columns: readonly QueryKey[]): void {
    this.#leaveAllBut(new Set());
    this.#keys = new LatestKeys(visibleTo(this.#context.caller, columns));
  }

  /** Reads a page and watches its entities, and no others any more. What changes until then is in the page that it gives. */
  async follow(read: () => Promise<AlarmPage>): Promise<AlarmPage> {
    const came = new Map<string, Came>();
    this.#came = came;
    try {
      const page = await read();
      this.#page = page;
      await this.#watch(page);
      for (const [id, ofEntity] of came) {
        const rows = page.rows.filter(({ entity }) => entity.id === id);
        for (const news of [...ofEntity.values()].flat()) for (const row of rows) takes(row, news);
      }
      return page;
    } finally {
      this.#came = undefined;
    }
  }

  /** Brings those entities up to date that were not watched before. */
  async #watch(page: AlarmPage): Promise<void> {
    if (this.#keys.keys.length === 0 || this.#context.isEnded) return;
    const entities = page.entities;
    this.#leaveAllBut(new Set(entities.map(({ id }) => id)));
    const added = entities.filter(({ id }) => !this.#watched.has(id));
    const { deps, caller } = this.#context;
    for (const entity of added) {
      this.#watched.set(
        entity.id,
        deps.feed.subscribe(caller.tenantId, entity, (update) => this.#updated(entity, update)),
      );
    }
    for (const ofType of Map.groupBy(added, ({ entityType }) => entityType).values()) await this.#read(page, ofType);
  }

  async #read(page: AlarmPage, entities: readonly EntityId[]): Promise<void> {
    const [first] = entities;
    if (first === undefined) return;
    const selector = { kind: 'ids', entityType: first.entityType, ids: entities.map(({ id }) => id) } as const;
    const query = { selector, filters: [], combine: 'AND', columns: this.#keys.keys, page: 0, pageSize: entities.length } as const;
    const { data } = await this.#context.deps.questions.find(this.#context.caller, { ...query, textSearch: undefined, sort: undefined });
    for (const { entity, values } of data) {
      for (const { key, tsMs, text } of values) {
        for (const row of page.rowsAt(entity)) if (tsMs > tsOf(row, key)) changeValue(row, key, { ts: tsMs, value: queriedText(text) });
      }
    }
  }

  #updated(entity: EntityId, update: LiveUpdate): void {
    const news = this.#keys.newsOf(update);
    for (const one of news) this.#keep(entity, one);
    const rows = news.length === 0 ? [] : (this.#page?.rowsAt(entity) ?? []);
    const changed = rows.filter((row) => news.filter((one) => takes(row, one)).length > 0);
    if (changed.length > 0) this.#events.changed(changed);
    if (news.some(({ key, typed }) => key.type === 'ATTRIBUTE' && typed === undefined)) this.#events.scopeRemoved();
  }

  #keep({ id }: EntityId, news: LatestNews): void {
    if (this.#came === undefined) return;
    const ofEntity: Came = this.#came.get(id) ?? new Map<string, LatestNews[]>();
    this.#came.set(id, ofEntity);
    const [removal, value] = splitRemoval(ofEntity.get(news.column) ?? []);
    if (news.typed === undefined) ofEntity.set(news.column, [news]);
    else if (value === undefined || news.value.ts >= value.value.ts) ofEntity.set(news.column, [...removal, news]);
  }

  #leaveAllBut(kept: ReadonlySet<string>): void {
    for (const [id, end] of this.#watched) {
      if (kept.has(id)) continue;
      end();
      this.#watched.delete(id);
    }
  }
}

/** The removal, if there was one, and the newest value after it. */
function splitRemoval(came: readonly LatestNews[]): readonly [readonly LatestNews[], LatestNews | undefined] {
  return [came.filter(({ typed }) => typed === undefined), came.find(({ typed }) => typed !== undefined)];
}

/** Gives a row a value that is not older than its own; a removal counts whatever its time. */
function takes(row: AlarmRow, { key, value, typed }: LatestNews): boolean {
  if (typed !== undefined && value.ts < tsOf(row, key)) return false;
  changeValue(row, key, value);
  return true;
}

const tsOf = (row: AlarmRow, { type, key }: QueryKey): number => row.data.latest[type]?.[key]?.ts ?? -Infinity;
