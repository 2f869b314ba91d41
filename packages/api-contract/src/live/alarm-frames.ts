import type { Page } from '@fieldline/model';
import type { WireAlarmData } from '../alarm-data-query.js';
import { pageToWire } from '../page.js';

// Frames about alarms (websocket-api.md §7 and §8).

/** How many entities a command looks at, and how many its filter found. */
export interface AlarmEntityCounts {
  readonly allowedEntities: number;
  readonly totalEntities: number;
}

/** A complete page. */
export function alarmPageFrame(cmdId: number, page: Page<WireAlarmData>, counts: AlarmEntityCounts): string {
  return alarmFrame(cmdId, { data: pageToWire(page, (row) => row), update: null }, counts);
}

/** Alarms of the page as they are now. */
export function alarmUpdateFrame(cmdId: number, update: readonly WireAlarmData[], counts: AlarmEntityCounts): string {
  return alarmFrame(cmdId, { data: null, update }, counts);
}

export function alarmCountFrame(cmdId: number, count: number): string {
  return JSON.stringify({ cmdId, errorCode: 0, errorMsg: null, count, cmdUpdateType: 'ALARM_COUNT_DATA' });
}

export function alarmStatusFrame(cmdId: number, active: boolean): string {
  return JSON.stringify({ cmdId, errorCode: 0, errorMsg: null, active, cmdUpdateType: 'ALARM_STATUS' });
}

function alarmFrame(cmdId: number, content: { readonly data: unknown; readonly update: unknown }, counts: AlarmEntityCounts): string {
  return JSON.stringify({ cmdId, errorCode: 0, errorMsg: null, ...content, cmdUpdateType: 'ALARM_DATA', ...counts });
}
