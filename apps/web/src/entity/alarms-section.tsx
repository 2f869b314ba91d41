import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { AlarmDrawer } from '../alarms/alarm-drawer.js';
import { AlarmList } from '../alarms/alarm-list.js';
import { useAlarmList } from '../alarms/use-alarm-list.js';
import type { EntityRef } from '../api/wire.js';

/** Alarms shown at one entity, the worst first; one of them is open where the address names it. */
export function AlarmsSection({ entity }: { entity: EntityRef }) {
  const list = useAlarmList(entity);
  const [params, setParams] = useSearchParams();
  const addressOf = useCallback((alarmId: string) => `?${new URLSearchParams([...withoutAlarm(params), ['alarm', alarmId]]).toString()}`, [params]);
  return (
    <>
      <AlarmList list={list} showsOriginator={false} addressOf={addressOf} />
      <AlarmDrawer alarmId={params.get('alarm') ?? undefined} onClose={() => setParams(withoutAlarm(params))} />
    </>
  );
}

function withoutAlarm(params: URLSearchParams): [string, string][] {
  return [...params].filter(([name]) => name !== 'alarm');
}
