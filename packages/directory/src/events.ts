import type { EntityId, Event, EventType, Page, PageQuery, TenantId } from '@fieldline/model';
import { pageOf } from '@fieldline/model';
import type { Caller } from '@fieldline/ports';
import type { DirectoryDeps } from './directory-deps.js';
import { EntityWriter } from './entity-writer.js';
import type { EventFilter } from './event-filter.js';
import { eventPredicate } from './event-filter.js';
import { EVENTS_COUNTED_MAX, EVENTS_SIFTED_AT_ONCE, EVENTS_SIFTED_MAX } from './limits.js';

/** What happened to entities by themselves. Who may read an entity may read its events. */
export class Events {
  readonly #deps: DirectoryDeps;
  readonly #writer: EntityWriter;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#writer = new EntityWriter(deps);
  }

  /**
   * With a filter, the total of more than `EVENTS_COUNTED_MAX` events may be less than there are; that there are more is always told.
   *
   * @throws DIRECTORY_ENTITY_NOT_FOUND, DIRECTORY_ACCESS_DENIED
   */
  async page(caller: Caller, entity: EntityId, type: EventType, asked: PageQuery, filter: EventFilter = {}): Promise<Page<Event>> {
    const { tenantId } = await this.#deps.access.require(caller, entity, 'read');
    const fits = eventPredicate(filter);
    const stored = storedFilter(entity, type);
    // Ids count upwards, so this is their order too, and there is an index for it.
    const query = { ...asked, sortBy: asked.sortBy ?? 'createdAtMs' };
    if (fits === undefined) return this.#deps.entities.page('event', tenantId, query, stored);
    const first = query.page * query.pageSize;
    const shown: Event[] = [];
    let total = 0;
    let sifted = 0;
    // Those of other pages are only counted: an entity may have any number of events.
    for await (const { events, hasMore } of this.#slices(tenantId, query, stored)) {
      const fitting = events.filter(fits);
      const from = Math.max(first - total, 0);
      shown.push(...fitting.slice(from, from + query.pageSize - shown.length));
      total += fitting.length;
      sifted += events.length;
      const isFull = total >= first + query.pageSize;
      if (hasMore && sifted >= (isFull ? EVENTS_COUNTED_MAX : EVENTS_SIFTED_MAX)) return pageOf(shown, query, isFull ? total + 1 : total);
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
    for await (const { events } of this.#slices(tenantId, { sortOrder: 'DESC' }, storedFilter(entity, type))) {
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
    for await (const { events } of this.#slices(tenantId, time, storedFilter(entity, type))) ids.push(...events.filter(fits).map(({ id }) => id));
    for (let first = 0; first < ids.length; first += EVENTS_SIFTED_AT_ONCE) {
      const slice = ids.slice(first, first + EVENTS_SIFTED_AT_ONCE);
      await this.#writer.write(slice.map((id) => ({ change: 'remove', kind: 'event', tenantId, id })));
    }
  }

  /**
   * All events of an entity by their time, in slices: what is inside their bodies no store looks into. Each begins where the
   * one before ended, which a store finds at once however far that is, and gives way to others first.
   */
  async *#slices(
    tenantId: TenantId,
    { createdFromMs, createdToMs, sortOrder }: Pick<PageQuery, 'createdFromMs' | 'createdToMs' | 'sortOrder'>,
    stored: ReturnType<typeof storedFilter>,
  ): AsyncGenerator<{ readonly events: readonly Event[]; readonly hasMore: boolean }> {
    let bounds: Pick<PageQuery, 'createdFromMs' | 'createdToMs'> = { createdFromMs, createdToMs };
    const query = { sortBy: 'createdAtMs', sortOrder, pageSize: EVENTS_SIFTED_AT_ONCE };
    // Of those at the instant where this slice begins, how many came with earlier ones; where they fill it, it has further pages.
    let known = 0;
    for (let page = 0; ;) {
      const { data, hasNext } = await this.#deps.entities.page('event', tenantId, { ...query, ...bounds, page }, stored);
      yield { events: data.slice(Math.max(known - page * EVENTS_SIFTED_AT_ONCE, 0)), hasMore: hasNext };
      if (!hasNext) return;
      const lastMs = data.at(-1)?.createdAtMs;
      if (lastMs === data[0]?.createdAtMs) page += 1;
      else {
        bounds = sortOrder === 'DESC' ? { createdFromMs, createdToMs: lastMs } : { createdFromMs: lastMs, createdToMs };
        known = data.filter(({ createdAtMs }) => createdAtMs === lastMs).length;
        page = 0;
      }
      await new Promise<void>((go) => this.#deps.clock.after('sifting events', 0, go));
    }
  }
}

function storedFilter({ entityType, id }: EntityId, type: EventType) {
  return { entityId: id, type, entityType };
}
