import type { EntityId, Event, EventType, Page, PageQuery, TenantId } from '@fieldline/model';
import { pageOf } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter } from './entity-writer.js';
import type { EventFilter } from './event-filter.js';
import { eventPredicate } from './event-filter.js';
import { EVENTS_SIFTED_AT_ONCE } from './limits.js';

/** What happened to entities by themselves. Who may read an entity may read its events. */
export class Events {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /** @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED */
  async page(caller: Caller, entity: EntityId, type: EventType, query: PageQuery, filter: EventFilter = {}): Promise<Page<Event>> {
    const { tenantId } = await this.#deps.access.require(caller, entity, 'read');
    const fits = eventPredicate(filter);
    const stored = storedFilter(entity, type);
    if (fits === undefined) return this.#deps.entities.page('event', tenantId, query, stored);
    const first = query.page * query.pageSize;
    const shown: Event[] = [];
    let total = 0;
    // Those of other pages are only counted: an entity may have any number of events.
    for await (const events of this.#slices(tenantId, query, stored)) {
      const fitting = events.filter(fits);
      const from = Math.max(first - total, 0);
      shown.push(...fitting.slice(from, from + query.pageSize - shown.length));
      total += fitting.length;
    }
    return pageOf(shown, query, total);
  }

  /**
   * The newest event that fits; of several at the same instant, the one that was made last.
   *
   * @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED
   */
  async latest(caller: Caller, entity: EntityId, type: EventType, filter: EventFilter = {}): Promise<Event | undefined> {
    const { tenantId } = await this.#deps.access.require(caller, entity, 'read');
    const fits = eventPredicate(filter) ?? (() => true);
    let newest: Event | undefined;
    for await (const events of this.#slices(tenantId, { sortBy: 'createdAtMs', sortOrder: 'DESC' }, storedFilter(entity, type))) {
      for (const event of events) {
        if (newest !== undefined && event.createdAtMs < newest.createdAtMs) return newest;
        // Those of one instant come by their ids, which count upwards.
        if (fits(event)) newest = event;
      }
    }
    return newest;
  }

  /** Removes the events that fit. */
  async clear(
    caller: Caller,
    entity: EntityId,
    type: EventType,
    time: Pick<PageQuery, 'createdFromMs' | 'createdToMs'>,
    filter: EventFilter,
  ): Promise<void> {
    const { tenantId } = await this.#deps.access.require(caller, entity, 'write');
    const fits = eventPredicate(filter) ?? (() => true);
    const ids: string[] = [];
    for await (const events of this.#slices(tenantId, time, storedFilter(entity, type))) ids.push(...events.filter(fits).map(({ id }) => id));
    for (let first = 0; first < ids.length; first += EVENTS_SIFTED_AT_ONCE) {
      const slice = ids.slice(first, first + EVENTS_SIFTED_AT_ONCE);
      await this.#writer.write(slice.map((id) => ({ change: 'remove', kind: 'event', tenantId, id })));
    }
  }

  /** All events of an entity, in slices: what is inside their bodies no store looks into. */
  async *#slices(
    tenantId: TenantId,
    { createdFromMs, createdToMs, sortBy, sortOrder }: Partial<PageQuery>,
    stored: ReturnType<typeof storedFilter>,
  ): AsyncGenerator<readonly Event[]> {
    const query = { createdFromMs, createdToMs, sortBy, sortOrder, pageSize: EVENTS_SIFTED_AT_ONCE };
    for (let page = 0, hasNext = true; hasNext; page += 1) {
      const events = await this.#deps.entities.page('event', tenantId, { ...query, page }, stored);
      hasNext = events.hasNext;
      yield events.data;
    }
  }
}

function storedFilter({ entityType, id }: EntityId, type: EventType) {
  return { entityId: id, type, entityType };
}
