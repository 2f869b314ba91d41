import { alarmDataToWire, type AlarmDataDraft, type LiveValue, type WireAlarmData, type WireAlarmInfo } from '@fieldline/api-contract';
import { alarmStatus, type Alarm, type EntityId, type Page, type QueryKey } from '@fieldline/model';
import type { AlarmRemoval } from '@fieldline/ports';
import type { CommandContext } from '../commands/command-context.js';

/** An alarm on a page, at the entity through which it was found. */
export interface AlarmRow {
  readonly alarmId: string;
  readonly originator: EntityId;
  readonly entity: EntityId;
  data: WireAlarmData;
}

/** A page of alarms as its client knows it. */
export class AlarmPage {
  readonly rows: readonly AlarmRow[];
  readonly #page: Page<unknown>;

  private constructor(page: Page<unknown>, rows: readonly AlarmRow[]) {
    this.#page = page;
    this.rows = rows;
  }

  static async read({ deps, caller }: CommandContext, draft: AlarmDataDraft): Promise<AlarmPage> {
    const nowMs = deps.clock.nowMs();
    const page = await deps.questions.findAlarms(caller, draft);
    const infos = await deps.alarmViews.infos(page.data.map(({ alarm }) => alarm));
    const rows = page.data.map(({ alarm, entity, values }, at) => {
      const data = alarmDataToWire(infos[at] as WireAlarmInfo, { entity, values }, nowMs);
      return { alarmId: alarm.id, originator: alarm.originator, entity, data };
    });
    return new AlarmPage(page, rows);
  }

  /** The page as frames show it. */
  get wire(): Page<WireAlarmData> {
    return { ...this.#page, data: this.rows.map(({ data }) => data) };
  }

  /** The entities through which its alarms were found, each once. */
  get entities(): readonly EntityId[] {
    return [...new Map(this.rows.map(({ entity }) => [entity.id, entity])).values()];
  }

  rowsOf(alarmId: string): readonly AlarmRow[] {
    return this.rows.filter((row) => row.alarmId === alarmId);
  }

  rowsAt({ id }: EntityId): readonly AlarmRow[] {
    return this.rows.filter(({ entity }) => entity.id === id);
  }

  shows(removal: AlarmRemoval): boolean {
    return this.rows.some(({ alarmId, originator }) => ('id' in removal ? alarmId === removal.id : originator.id === removal.originator.id));
  }
}

/** What an alarm became, beside what its row shows of the entity. */
export function changeAlarm(row: AlarmRow, info: WireAlarmInfo): void {
  const { entityId, latest } = row.data;
  row.data = { ...info, entityId, latest };
}

export function changeValue(row: AlarmRow, { type, key }: QueryKey, { ts, value }: LiveValue): void {
  const { latest } = row.data;
  row.data = { ...row.data, latest: { ...latest, [type]: { ...latest[type], [key]: { ts, value } } } };
}

/**
 * Whether a changed alarm belongs to the page by what it says itself (websocket-api.md §7). Of several statuses it is enough to match
 * one; what is not created within the window that ends now belongs to no page.
 */
export function matchesLive(alarm: Alarm, draft: AlarmDataDraft, { fromMs }: { readonly fromMs: number | undefined }): boolean {
  const { types = [], severities = [], statuses = [], assigneeId } = draft;
  const parts = alarmStatus(alarm).split('_');
  return (
    fromMs !== undefined &&
    alarm.createdAtMs >= fromMs &&
    (types.length === 0 || types.includes(alarm.type)) &&
    (severities.length === 0 || severities.includes(alarm.severity)) &&
    (statuses.length === 0 || statuses.some((status) => status === 'ANY' || parts.includes(status))) &&
    (assigneeId === undefined || assigneeId === alarm.assigneeId)
  );
}
