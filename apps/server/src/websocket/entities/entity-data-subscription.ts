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
import type { QueryKey } from '@fieldline/model';
import type { CommandContext } from '../commands/command-context.js';
import type { EntityRow, RowSeries } from './entity-page.js';
import { LatestKeys } from './latest-keys.js';
import { ENTITIES_PER_COMMAND_MAX, VALUES_PER_PAGE_MAX } from './limits.js';
import { LivePage } from './live-page.js';
import { PageRefresh } from './page-refresh.js';
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
  readonly #page: LivePage;
  readonly #refresh: PageRefresh;
  /** Commands that have come and not begun. */
  readonly #coming = new Set<EntityDataCommand>();
  #current: Current | undefined;
  #turns: Promise<unknown> = Promise.resolve();
  #draft: EntityDataDraft | undefined;
  #allowed = ENTITIES_PER_COMMAND_MAX;
  #isShown = false;
  #series: SeriesWatch | undefined;

  constructor(context: CommandContext) {
    this.#context = context;
    const inTurn = (work: () => Promise<void>): Promise<void> => this.#inTurn(work);
    this.#page = new LivePage(context, { inTurn, left: (row) => this.#series?.leave(row) });
    this.#refresh = new PageRefresh(context, () => inTurn(() => this.#evaluate()));
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

  async #resolve(query: NonNullable<EntityDataCommand['query']>, latestKeys: readonly QueryKey[]): Promise<void> {
    const asked = query.latestValues ?? [];
    const added = latestKeys.filter(({ type, key }) => !asked.some((each) => each.type === type && each.key === key));
    const draft = entityDataDraftOf({ ...query, latestValues: [...asked, ...added] });
    this.#allowed = Math.max(1, Math.min(ENTITIES_PER_COMMAND_MAX, Math.floor(VALUES_PER_PAGE_MAX / Math.max(1, draft.columns.length))));
    this.#draft = { ...draft, pageSize: Math.min(draft.pageSize, this.#allowed) };
    if (this.#context.isEnded) return;
    // Before the query, so that no change of what it depends on is missed.
    this.#refresh.start({ isRepeated: query.pageLink?.dynamic === true, sources: dynamicSources(this.#context.caller, draft) });
    await this.#page.find(this.#draft);
    if (!this.#context.isEnded) this.#series?.keep(this.#page.rows);
  }

  /** A page that has other entities than before is shown as a whole (websocket-api.md §5.4). */
  async #evaluate(): Promise<void> {
    if (this.#draft === undefined || !(await this.#page.find(this.#draft, { onlyChanged: true }))) return;
    this.#series?.keep(this.#page.rows);
    this.#isShown = false;
    this.#show();
    await this.#page.followLatest();
  }

  async #parts(command: EntityDataCommand, signal: AbortSignal): Promise<void> {
    const { aggHistoryCmd, aggTsCmd, historyCmd, latestCmd, tsCmd } = command;
    // A query alone leaves what is watched as it is, but of the entities that it finds.
    if (parts.every((part) => !command[part])) await this.#page.followLatest();
    else this.#stopWatching();
    const page = this.#page;
    const reads = new SeriesReads(this.#context.deps.series, signal);
    const aggregated: readonly QueryKey[] = (aggTsCmd?.keys ?? []).map(({ key }) => ({ type: 'TIME_SERIES', key }));
    if (aggHistoryCmd) this.#show(await reads.aggregates(page.rows, aggHistoryCmd.keys ?? [], timeOf(aggHistoryCmd)));
    if (aggTsCmd) {
      // What is there before the aggregates is in them, and no news afterwards.
      await page.learn(new LatestKeys(aggregated));
      this.#show(await reads.aggregates(page.rows, aggTsCmd.keys ?? [], windowOf(aggTsCmd)));
    }
    if (historyCmd) this.#show(await reads.history(page.rows, historyCmd, timeOf(historyCmd)));
    if (!this.#isShown && (latestCmd ?? !tsCmd)) this.#show();
    const keys = new LatestKeys(visibleTo(this.#context.caller, [...(latestCmd?.keys ?? []), ...aggregated]));
    if (keys.keys.length > 0 && !this.#context.isEnded) await page.watchLatest(this.#watchParts(), keys);
    if (tsCmd && !this.#context.isEnded) await this.#watchSeries(reads, tsCmd);
  }

  async #watchSeries(reads: SeriesReads, part: NonNullable<EntityDataCommand['tsCmd']>): Promise<void> {
    const series = new SeriesWatch(this.#watchParts(), part.keys ?? []);
    this.#series = series;
    try {
      // Watched before the history is read, so that nothing that is stored meanwhile gets lost.
      series.watch(this.#page.rows);
      const history = await reads.history(this.#page.rows, part, windowOf(part));
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
    const page = this.#page.entities;
    const entities = page.entities(series);
    this.#page.shown();
    if (this.#isShown) this.#context.send(entityFrame(cmdId, entityUpdateTail(entities, this.#allowed)));
    else this.#context.send(entityPageFrame(cmdId, page.asPage(entities), this.#allowed));
    this.#isShown = true;
  }

  #answerError(error: unknown): void {
    if (!isProblem(error)) this.#context.deps.log.error('live-command-failed', { type: 'ENTITY_DATA', error });
    this.#context.send(entityErrorFrame(this.#context.cmdId, isProblem(error) ? error.message : 'Internal Server error!'));
  }

  #stopWatching(): void {
    this.#page.stopLatest();
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

type WireTime = number | null | undefined;

function timeOf({ startTs, endTs }: { readonly startTs?: WireTime; readonly endTs?: WireTime }): Span {
  return { startMs: startTs ?? 0, endMs: endTs ?? 0 };
}

function windowOf({ startTs, timeWindow }: { readonly startTs?: WireTime; readonly timeWindow?: WireTime }): Span {
  return { startMs: startTs ?? 0, endMs: (startTs ?? 0) + (timeWindow ?? 0) };
}
