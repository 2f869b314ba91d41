import { liveEntity, type LiveColumn, type LiveEntity, type LiveValue, queriedText } from '@fieldline/api-contract';
import type { EntityData, EntityId, Page, QueryKey, QueryValue, TenantId } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';

/** An entity of a page with what is known of it. */
export interface EntityRow {
  readonly entity: EntityId;
  /** The tenant whose store has its values. */
  readonly owner: TenantId;
  /** By the place of their column; absent where nobody has looked yet. */
  readonly values: (LiveValue | undefined)[];
}

/** Series and aggregates of a row, for one frame. */
export type RowSeries = Partial<Pick<LiveEntity, 'timeseries' | 'aggLatest'>>;

type Totals = Omit<Page<never>, 'data'>;

/** What names a column: no type has a space in it. */
export const columnId = ({ type, key }: QueryKey): string => `${type} ${key}`;

/**
 * The page of entities that a command has resolved (websocket-api.md §5.1): who is on it, and the newest values that its client
 * was shown or is about to be.
 */
export class EntityPage {
  readonly #columns: QueryKey[] = [];
  readonly #places = new Map<string, number>();
  #rows = new Map<string, EntityRow>();
  #totals: Totals = { totalElements: 0, totalPages: 0, hasNext: false };
  /** True where the client was shown an entity that is gone since. */
  #hasLost = false;

  /** In the order of the page. */
  get rows(): readonly EntityRow[] {
    return [...this.#rows.values()];
  }

  get size(): number {
    return this.#rows.size;
  }

  /** The place of a column, which is made where there is none. */
  placeOf(key: QueryKey): number {
    const id = columnId(key);
    let place = this.#places.get(id);
    if (place === undefined) {
      place = this.#columns.push(key) - 1;
      this.#places.set(id, place);
    }
    return place;
  }

  rowOf({ id }: EntityId): EntityRow | undefined {
    return this.#rows.get(id);
  }

  /** Whether an answer has the entities that the client was shown, in whatever order. */
  isOf({ data }: Page<EntityData>): boolean {
    return !this.#hasLost && data.length === this.#rows.size && data.every(({ entity }) => this.#rows.has(entity.id));
  }

  /**
   * Takes the entities of an answer; those that were there before keep their rows.
   *
   * @param take gives a value to a row, or leaves it where the row knows better
   */
  replace(caller: Caller, found: Page<EntityData>, take: (row: EntityRow, value: QueryValue) => void): void {
    const { data, ...totals } = found;
    this.#totals = totals;
    const rows = new Map<string, EntityRow>();
    for (const { entity, values } of data) {
      const row = this.#rows.get(entity.id) ?? { entity, owner: ownerOf(caller, entity), values: [] };
      rows.set(entity.id, row);
      for (const value of values) take(row, value);
    }
    this.#rows = rows;
    this.#hasLost = false;
  }

  remove(row: EntityRow): void {
    if (this.#rows.delete(row.entity.id)) this.#hasLost = true;
  }

  columnsOf(row: EntityRow, places: Iterable<number> = this.#columns.keys()): LiveColumn[] {
    const columns: LiveColumn[] = [];
    for (const place of places) {
      const [key, value] = [this.#columns[place], row.values[place]];
      if (key !== undefined && value !== undefined) columns.push([key, value]);
    }
    return columns;
  }

  /** Every entity with all that is known of it, and what was read of its series for this frame. */
  entities(series: ReadonlyMap<EntityRow, RowSeries> = new Map()): LiveEntity[] {
    return this.rows.map((row) => liveEntity(row.entity, this.columnsOf(row), series.get(row)));
  }

  asPage(entities: readonly LiveEntity[]): Page<LiveEntity> {
    return { ...this.#totals, data: entities };
  }
}

/** What stands for a value that is not there. */
export function isAbsent({ ts, value }: LiveValue): boolean {
  return ts === 0 && value === '';
}

/** @param nowMs the time of entity fields, which have none of their own */
export function shownValue({ key, tsMs, text }: QueryValue, nowMs: number): LiveValue {
  return { ts: key.type === 'ENTITY_FIELD' ? nowMs : tsMs, value: queriedText(text) };
}

/** A tenant owns its own values; all else that a caller finds belongs to the caller's tenant. */
function ownerOf({ tenantId }: Caller, { entityType, id }: EntityId): TenantId {
  return entityType === 'TENANT' ? (id as TenantId) : tenantId;
}
