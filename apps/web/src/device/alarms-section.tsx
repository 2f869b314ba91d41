import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { AlarmDrawer } from '../alarms/alarm-drawer.js';
import { AlarmList } from '../alarms/alarm-list.js';
import { useAlarmList } from '../alarms/use-alarm-list.js';

/** Alarms shown at one device, the worst first; one of them is open where the address names it. */
export function AlarmsSection({ deviceId }: { deviceId: string }) {
  const list = useAlarmList(useMemo(() => ({ entityType: 'DEVICE', id: deviceId }) as const, [deviceId]));
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
