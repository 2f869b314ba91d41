import { queriedText } from '@fieldline/api-contract';
import { visibleTo } from '@fieldline/directory';
import type { EntityId, QueryKey } from '@fieldline/model';
import type { LiveUpdate } from '@fieldline/ports';
import type { CommandContext } from '../commands/command-context.js';
import { LatestKeys, type LatestNews } from '../entities/latest-keys.js';
import { changeValue, type AlarmPage, type AlarmRow } from './alarm-page.js';

/** Latest values of the entities whose alarms a page shows, as they change. */
export class AlarmValues {
  readonly #context: CommandContext;
  readonly #onChange: (rows: readonly AlarmRow[]) => void;
  readonly #watched = new Map<string, () => void>();
  #keys = new LatestKeys([]);
  #page: AlarmPage | undefined;

  /** @param onChange called with the rows of an entity when they have a new value */
  constructor(context: CommandContext, onChange: (rows: readonly AlarmRow[]) => void) {
    this.#context = context;
    this.#onChange = onChange;
    context.onEnd(() => this.#leaveAllBut(new Set()));
  }

  /** Which values are watched from the next page on. */
  choose(columns: readonly QueryKey[]): void {
    this.#leaveAllBut(new Set());
    this.#keys = new LatestKeys(visibleTo(this.#context.caller, columns));
  }

  /** Watches the entities of this page, and no others any more; brings those up to date that were not watched before. */
  async follow(page: AlarmPage): Promise<void> {
    this.#page = page;
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
    const rows = news.length === 0 ? [] : (this.#page?.rowsAt(entity) ?? []);
    const changed = rows.filter((row) => news.filter((one) => takes(row, one)).length > 0);
    if (changed.length > 0) this.#onChange(changed);
  }

  #leaveAllBut(kept: ReadonlySet<string>): void {
    for (const [id, end] of this.#watched) {
      if (kept.has(id)) continue;
      end();
      this.#watched.delete(id);
    }
  }
}

/** Gives a row a value that is not older than its own; a removal counts whatever its time. */
function takes(row: AlarmRow, { key, value, typed }: LatestNews): boolean {
  if (typed !== undefined && value.ts < tsOf(row, key)) return false;
  changeValue(row, key, value);
  return true;
}

const tsOf = (row: AlarmRow, { type, key }: QueryKey): number => row.data.latest[type]?.[key]?.ts ?? -Infinity;
