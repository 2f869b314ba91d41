import { alarmPageFrame, alarmUpdateFrame, type AlarmDataDraft, type AlarmEntityCounts } from '@fieldline/api-contract';
import { ALARM_ENTITIES_MAX, type Alarm } from '@fieldline/model';
import type { AlarmRemoval, LiveAlarms } from '@fieldline/ports';
import type { CommandContext } from '../commands/command-context.js';
import { AlarmEntities } from './alarm-entities.js';
import { AlarmPage, changeAlarm, matchesLive, type AlarmRow } from './alarm-page.js';
import { AlarmValues } from './alarm-values.js';
import { ALARM_REFRESH_MS, ALARMS_PER_PAGE_MAX, CHANGED_ALARMS_MAX } from './limits.js';
import { Requeries } from './requeries.js';

/** What a command shows. */
interface Shown {
  readonly draftAt: (nowMs: number) => AlarmDataDraft;
  /** Length of the time up to now that the query looks at, ms; 0 for a fixed interval, for which nothing is announced. */
  readonly windowMs: number;
  readonly entities: AlarmEntities;
  readonly withPropagated: boolean;
  page: AlarmPage | undefined;
}

/** A page of alarms on its way to one socket. What concerns it is done one thing after the other. */
export class AlarmDataSubscription {
  readonly #context: CommandContext;
  readonly #requeries: Requeries;
  readonly #values: AlarmValues;
  #shown: Shown | undefined;
  #turn: Promise<void> = Promise.resolve();
  /** Alarms that changed since the last look, and those that are gone. */
  #changed = new Map<string, Alarm>();
  #removed: AlarmRemoval[] = [];
  /** Rows of which a slow socket has still to be told, by a frame that is in its queue already. */
  #waiting: Set<AlarmRow> | undefined;

  constructor(context: CommandContext) {
    this.#context = context;
    this.#requeries = new Requeries(context, () => this.#inTurn(() => this.#tellPage()));
    this.#values = new AlarmValues(context, { changed: (rows) => this.#tell(rows), scopeRemoved: () => this.#requeries.ask() });
    context.onEnd(() => {
      this.#shown?.entities.release();
      this.#shown = undefined;
    });
    context.onEnd(context.deps.feed.subscribeAlarms(context.caller.tenantId, (changes) => this.#alarmsChanged(changes)));
    context.every('alarm page', ALARM_REFRESH_MS, () => this.#windowMoved());
  }

  /** Shows the page of a query in the place of what was shown before. */
  show(draftAt: (nowMs: number) => AlarmDataDraft, windowMs: number): Promise<void> {
    return this.#inTurn(async () => {
      await this.#context.watchesInPlace();
      const draft = draftAt(this.#context.deps.clock.nowMs());
      const entities = await AlarmEntities.find(this.#context, draft.entities);
      this.#shown?.entities.release();
      if (this.#context.isEnded) {
        entities.release();
        return;
      }
      entities.onLost = () => this.#requeries.ask();
      this.#shown = { draftAt, windowMs, entities, withPropagated: draft.withPropagated, page: undefined };
      this.#values.choose(draft.columns);
      await this.#tellPage();
    });
  }

  async #tellPage(): Promise<void> {
    const shown = this.#shown;
    if (shown === undefined) return;
    // The read sees what changed until now.
    this.#changed.clear();
    this.#removed = [];
    const draft = shown.draftAt(this.#context.deps.clock.nowMs());
    const pageSize = Math.min(draft.pageSize, ALARMS_PER_PAGE_MAX);
    const page = await this.#values.follow(() => AlarmPage.read(this.#context, { ...draft, pageSize, entities: shown.entities.draft }));
    if (this.#context.isEnded || this.#shown !== shown) return;
    shown.page = page;
    // The page tells what waits, and what changes from now on has to come after it.
    this.#waiting?.clear();
    this.#waiting = undefined;
    this.#context.send(alarmPageFrame(this.#context.cmdId, page.wire, this.#counts(shown)));
  }

  #alarmsChanged({ alarms, removed }: LiveAlarms): void {
    const shown = this.#shown;
    if (shown === undefined) return;
    const isIdle = this.#changed.size === 0 && this.#removed.length === 0;
    for (const alarm of alarms) if (shown.entities.concern(alarm, shown.withPropagated)) this.#changed.set(alarm.id, alarm);
    this.#removed.push(...removed.filter((removal) => shown.entities.mayConcern(removal)));
    if (this.#changed.size + this.#removed.length > CHANGED_ALARMS_MAX) {
      this.#changed.clear();
      this.#removed = [];
      this.#requeries.ask();
    } else if (isIdle && this.#changed.size + this.#removed.length > 0) {
      this.#inTurn(() => this.#look()).catch((error: unknown) => this.#context.fail(error));
    }
  }

  /** What the changes since the last look mean for the page. */
  async #look(): Promise<void> {
    const shown = this.#shown;
    const changed = [...this.#changed.values()];
    const removed = this.#removed;
    this.#changed.clear();
    this.#removed = [];
    if (shown?.page === undefined) return;
    const { page, windowMs } = shown;
    const nowMs = this.#context.deps.clock.nowMs();
    const draft = shown.draftAt(nowMs);
    const fromMs = windowMs > 0 ? nowMs - windowMs : undefined;
    const matching = changed.filter((alarm) => matchesLive(alarm, draft, { fromMs }));
    const isOnPage = ({ id }: Alarm): boolean => page.rowsOf(id).length > 0;
    const left = changed.filter((alarm) => !matching.includes(alarm) && isOnPage(alarm));
    const came = matching.filter((alarm) => !isOnPage(alarm));
    if (left.length > 0 || (came.length > 0 && draft.page === 0) || removed.some((removal) => page.shows(removal))) this.#requeries.ask();
    const updated = matching.filter(isOnPage);
    if (updated.length === 0) return;
    const infos = await this.#context.deps.alarmViews.infos(updated);
    const rows = updated.flatMap(({ id }, at) => {
      const info = infos[at];
      const ofAlarm = info === undefined ? [] : page.rowsOf(id);
      for (const row of ofAlarm) if (info !== undefined) changeAlarm(row, info);
      return ofAlarm;
    });
    this.#tell(rows);
  }

  /** Alarms that slid out of the window leave the page. */
  #windowMoved(): void {
    const { windowMs = 0, page } = this.#shown ?? {};
    const fromMs = this.#context.deps.clock.nowMs() - windowMs;
    if (windowMs > 0 && page?.rows.some(({ data }) => data.createdTime < fromMs) === true) this.#requeries.ask();
  }

  #tell(rows: readonly AlarmRow[]): void {
    if (this.#waiting === undefined && !this.#context.queue.isBehind) {
      const frame = this.#updateOf(rows);
      if (frame !== undefined) this.#context.send(frame);
      return;
    }
    const waiting = this.#waiting ?? new Set();
    for (const row of rows) waiting.add(row);
    if (this.#waiting === undefined) this.#context.send({ takeFrame: () => this.#take(waiting) });
    this.#waiting = waiting;
  }

  #take(waiting: Set<AlarmRow>): string | undefined {
    if (this.#waiting === waiting) this.#waiting = undefined;
    return this.#updateOf([...waiting]);
  }

  #updateOf(rows: readonly AlarmRow[]): string | undefined {
    const shown = this.#shown;
    const known = rows.filter((row) => shown?.page?.rows.includes(row) === true);
    if (shown === undefined || known.length === 0) return undefined;
    return alarmUpdateFrame(
      this.#context.cmdId,
      known.map(({ data }) => data),
      this.#counts(shown),
    );
  }

  #counts({ entities }: Shown): AlarmEntityCounts {
    return { allowedEntities: entities.total === 0 ? 0 : ALARM_ENTITIES_MAX, totalEntities: entities.total };
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
