import {
  entityDataDraftOf,
  entityErrorFrame,
  entityFrame,
  entityPageFrame,
  entityUpdateTail,
  type EntityDataCommand,
  type EntityDataDraft,
} from '@fieldline/api-contract';
import { dynamicSources, visibleTo } from '@fieldline/directory';
import { isProblem } from '@fieldline/kernel';
import type { EntityData, QueryKey } from '@fieldline/model';
import type { CommandContext } from '../commands/command-context.js';
import { EntityPage, shownValue, type EntityRow, type RowSeries } from './entity-page.js';
import { LatestKeys } from './latest-keys.js';
import { LatestWatch } from './latest-watch.js';
import { ENTITIES_PER_COMMAND_MAX, VALUES_PER_PAGE_MAX } from './limits.js';
import { PageRefresh } from './page-refresh.js';
import { PageRights } from './page-rights.js';
import { SeriesReads, type Span } from './series-reads.js';
import { SeriesWatch } from './series-watch.js';
import type { WatchParts } from './watch-parts.js';

/** The command that is being done. */
interface Current {
  readonly command: EntityDataCommand;
  readonly abort: AbortController;
}

/**
 * An ENTITY_DATA command and those that follow under its id (websocket-api.md §5): a page of entities, shown once, and what its
 * client asks about them since. Commands and evaluations of the query are done one after the other.
 */
export class EntityDataSubscription {
  readonly #context: CommandContext;
  readonly #page = new EntityPage();
  readonly #rights: PageRights;
  readonly #refresh: PageRefresh;
  /** Commands that have come and not begun. */
  readonly #coming = new Set<EntityDataCommand>();
  #current: Current | undefined;
  readonly #doubtful = new Set<EntityRow>();
  #turns: Promise<unknown> = Promise.resolve();
  #draft: EntityDataDraft | undefined;
  #allowed = ENTITIES_PER_COMMAND_MAX;
  #isShown = false;
  #latest: LatestWatch | undefined;
  #series: SeriesWatch | undefined;

  constructor(context: CommandContext) {
    this.#context = context;
    this.#rights = new PageRights(context, (row) => this.#leave(row));
    this.#refresh = new PageRefresh(context, () => this.#inTurn(() => this.#evaluate()));
    context.onFurther = (command) => this.#came(command);
    context.onEnd(() => {
      this.#current?.abort.abort();
      this.#stopWatching();
    });
  }

  /**
   * Does what a command says. What goes wrong with a part of it is answered here, and leaves the page as it is.
   *
   * @throws CONTRACT_QUERY_INVALID, LIVE_TOO_MANY_ENTITIES, and as `EntityQuestions.find`
   */
  run(command: EntityDataCommand): Promise<void> {
    return this.#inTurn(async () => {
      const abort = new AbortController();
      this.#coming.delete(command);
      this.#current = { command, abort };
      if ([...this.#coming].some((next) => isReplacedBy(command, next))) abort.abort();
      if (command.query !== undefined && command.query !== null) await this.#resolve(command.query, command.latestCmd?.keys ?? []);
      if (this.#context.isEnded || abort.signal.aborted) return;
      try {
        await this.#parts(command, abort.signal);
      } catch (error) {
        if (!abort.signal.aborted) this.#answerError(error);
      }
    });
  }

  /** A command that asks anew for what another reads takes its place, and the read ends. */
  #came(command: EntityDataCommand): void {
    this.#coming.add(command);
    if (this.#current !== undefined && isReplacedBy(this.#current.command, command)) this.#current.abort.abort();
  }

  #answerError(error: unknown): void {
    if (!isProblem(error)) this.#context.deps.log.error('live-command-failed', { type: 'ENTITY_DATA', error });
    this.#context.send(entityErrorFrame(this.#context.cmdId, isProblem(error) ? error.message : 'Internal Server error!'));
  }

  async #resolve(query: NonNullable<EntityDataCommand['query']>, latestKeys: readonly QueryKey[]): Promise<void> {
    const asked = query.latestValues ?? [];
    const added = latestKeys.filter(({ type, key }) => !asked.some((each) => each.type === type && each.key === key));
    const draft = entityDataDraftOf({ ...query, latestValues: [...asked, ...added] });
    this.#allowed = Math.max(1, Math.min(ENTITIES_PER_COMMAND_MAX, Math.floor(VALUES_PER_PAGE_MAX / Math.max(1, draft.columns.length))));
    this.#draft = { ...draft, pageSize: Math.min(draft.pageSize, this.#allowed) };
    await this.#read(this.#draft);
    if (this.#context.isEnded) return;
    const sources = dynamicSources(this.#context.caller, draft);
    this.#refresh.start({ isRepeated: query.pageLink?.dynamic === true, sources });
  }

  /** Reads the page anew; with `onlyChanged` nothing is done where it has the same entities. True where the page was taken. */
  async #read(draft: EntityDataDraft, { onlyChanged = false } = {}): Promise<boolean> {
    const { caller, deps } = this.#context;
    const latest = this.#latest;
    const before = this.#rights.changes;
    latest?.beginRead();
    try {
      const found = await deps.questions.find(caller, draft);
      if (this.#context.isEnded || (onlyChanged && this.#page.isOf(found))) return false;
      this.#rights.count(found.data.length);
      const nowMs = deps.clock.nowMs();
      this.#page.replace(caller, found, (row, value) => {
        const place = this.#page.placeOf(value.key);
        if (latest?.isNewer(row, place) !== true) row.values[place] = shownValue(value, nowMs);
      });
    } finally {
      latest?.endRead();
    }
    this.#rights.hold(this.#page.rows, before);
    this.#series?.keep(this.#page.rows);
    return true;
  }

  /** A page that has other entities than before is shown as a whole (websocket-api.md §5.4). */
  async #evaluate(): Promise<void> {
    if (this.#draft === undefined || !(await this.#read(this.#draft, { onlyChanged: true }))) return;
    this.#isShown = false;
    this.#show();
    await this.#catchUp(this.#latest?.follow(this.#page.rows) ?? []);
  }

  async #parts(command: EntityDataCommand, signal: AbortSignal): Promise<void> {
    const { aggHistoryCmd, aggTsCmd, historyCmd, latestCmd, tsCmd } = command;
    if (aggHistoryCmd ?? aggTsCmd ?? historyCmd ?? latestCmd ?? tsCmd) this.#stopWatching();
    else if (this.#latest !== undefined) await this.#catchUp(this.#latest.follow(this.#page.rows));
    const reads = new SeriesReads(this.#context.deps.series, signal);
    const aggregated: readonly QueryKey[] = (aggTsCmd?.keys ?? []).map(({ key }) => ({ type: 'TIME_SERIES', key }));
    const keys = new LatestKeys(visibleTo(this.#context.caller, [...(latestCmd?.keys ?? []), ...aggregated]));
    if (aggHistoryCmd) this.#show(await reads.aggregates(this.#page.rows, aggHistoryCmd.keys ?? [], timeOf(aggHistoryCmd)));
    if (aggTsCmd) {
      // What is there before the aggregates is in them, and no news afterwards.
      await this.#learn(new LatestKeys(aggregated));
      this.#show(await reads.aggregates(this.#page.rows, aggTsCmd.keys ?? [], timeOf(aggTsCmd)));
    }
    if (historyCmd) this.#show(await reads.history(this.#page.rows, historyCmd, timeOf(historyCmd)));
    if (!this.#isShown && !tsCmd) this.#show();
    if (keys.keys.length > 0) await this.#watchLatest(keys);
    if (tsCmd) await this.#watchSeries(reads, tsCmd);
  }

  async #watchLatest(keys: LatestKeys): Promise<void> {
    if (this.#context.isEnded) return;
    if (!this.#isShown) this.#show();
    const latest = new LatestWatch(this.#watchParts(), this.#page, keys);
    latest.onScopeRemoved = (row) => this.#doubt(row);
    this.#latest = latest;
    await this.#catchUp(latest.follow(this.#page.rows));
  }

  async #watchSeries(reads: SeriesReads, part: NonNullable<EntityDataCommand['tsCmd']>): Promise<void> {
    if (this.#context.isEnded) return;
    const series = new SeriesWatch(this.#watchParts(), part.keys ?? []);
    this.#series = series;
    try {
      // Watched before the history is read, so that nothing that is stored meanwhile gets lost.
      series.watch(this.#page.rows);
      const history = await reads.history(this.#page.rows, part, timeOf(part));
      if (this.#series !== series) return;
      this.#show(history);
      series.begin(history);
    } catch (error) {
      series.end();
      throw error;
    }
  }

  /** The first frame of a page is complete, each later one tells what was asked for then of all its entities. */
  #show(series?: ReadonlyMap<EntityRow, RowSeries>): void {
    const { cmdId } = this.#context;
    const entities = this.#page.entities(series);
    if (this.#isShown) this.#context.send(entityFrame(cmdId, entityUpdateTail(entities, this.#allowed)));
    else this.#context.send(entityPageFrame(cmdId, this.#page.asPage(entities), this.#allowed));
    this.#isShown = true;
  }

  /** Tells what was stored before the watch over these rows was in place. */
  async #catchUp(rows: readonly EntityRow[]): Promise<void> {
    const latest = this.#latest;
    if (latest === undefined || rows.length === 0) return;
    latest.beginRead();
    try {
      const found = await this.#valuesOf(rows, latest.keys);
      if (this.#latest === latest) latest.tell(found, this.#context.deps.clock.nowMs());
    } finally {
      latest.endRead();
    }
  }

  /** Reads values of which nothing is known yet, without telling them. */
  async #learn(keys: LatestKeys): Promise<void> {
    for (const { entity, values } of await this.#valuesOf(this.#page.rows, keys)) {
      const row = this.#page.rowOf(entity);
      for (const value of values) if (row !== undefined) row.values[this.#page.placeOf(value.key)] ??= shownValue(value, 0);
    }
  }

  async #valuesOf(rows: readonly EntityRow[], { keys }: LatestKeys): Promise<readonly EntityData[]> {
    const { caller, deps } = this.#context;
    // The engine answers in order: what it stores from here on comes live, and what it stored before is found.
    await deps.many.latestOfMany(caller.tenantId, [], []);
    const found: EntityData[] = [];
    for (const [entityType, ofType] of Map.groupBy(rows, ({ entity }) => entity.entityType)) {
      const selector = { kind: 'ids', entityType, ids: ofType.map(({ entity }) => entity.id) } as const;
      const query = { selector, filters: [], combine: 'AND', columns: keys, page: 0, pageSize: ofType.length } as const;
      found.push(...(await deps.questions.find(caller, query)).data);
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
      if (!this.#context.isEnded) await this.#catchUp(rows);
    };
    this.#inTurn(look).catch((error: unknown) => this.#context.deps.log.warn('entity-values-not-read', { error }));
  }

  #leave(row: EntityRow): void {
    this.#page.remove(row);
    this.#latest?.leave(row);
    this.#series?.leave(row);
  }

  #stopWatching(): void {
    this.#latest?.end();
    this.#latest = undefined;
    this.#series?.end();
    this.#series = undefined;
  }

  #watchParts(): WatchParts {
    const { cmdId, queue, deps } = this.#context;
    return { cmdId, queue, feed: deps.feed, renderings: deps.pages.renderings, allowedEntities: this.#allowed };
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turns.then(work);
    this.#turns = turn.catch(() => undefined);
    return turn;
  }
}

const parts = ['historyCmd', 'latestCmd', 'tsCmd', 'aggHistoryCmd', 'aggTsCmd'] as const satisfies readonly (keyof EntityDataCommand)[];

/** Whether the next command asks anew for all that this one reads. */
function isReplacedBy(command: EntityDataCommand, next: EntityDataCommand): boolean {
  const asked = parts.filter((part) => command[part]);
  return asked.length > 0 && asked.every((part) => next[part]);
}

interface WireTime {
  readonly startTs?: number | null | undefined;
  readonly endTs?: number | null | undefined;
  readonly timeWindow?: number | null | undefined;
}

/** The time of a part: from its start to its end, or over its window. */
function timeOf({ startTs, endTs, timeWindow }: WireTime): Span {
  const startMs = startTs ?? 0;
  return { startMs, endMs: timeWindow === undefined || timeWindow === null ? (endTs ?? 0) : startMs + timeWindow };
}
