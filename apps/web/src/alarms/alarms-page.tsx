import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { alarmQueries } from '../api/alarm-queries.js';
import { alarmSeverities } from '../api/wire.js';
import { Page } from '../ui/page.js';
import { PageHeader } from '../ui/page-header.js';
import { AlarmDrawer } from './alarm-drawer.js';
import { AlarmList } from './alarm-list.js';
import { SeveritySummary } from './severity-summary.js';
import { useAlarmList } from './use-alarm-list.js';

/** Alarms of everything, the worst first; one of them is open where the address names it. */
export function AlarmsPage() {
  const { alarmId } = useParams();
  const { search } = useLocation();
  const navigate = useNavigate();
  const list = useAlarmList();
  const addressOf = useCallback((id: string) => `/alarms/${id}${search}`, [search]);
  return (
    <Page>
      <PageHeader title="Alarms" summary={<ActiveCount />} />
      <SeveritySummary
        chosen={list.choices.severities}
        onChoose={(severities) => list.choose(severities.length === 0 ? { severities } : { severities, life: 'active' })}
      />
      <AlarmList list={list} showsOriginator addressOf={addressOf} />
      <AlarmDrawer alarmId={alarmId} onClose={() => void navigate(`/alarms${search}`)} />
    </Page>
  );
}

function ActiveCount() {
  const counts = useQuery(alarmQueries.counts());
  if (counts.data === undefined) return <>Raised by rule chains.</>;
  const { bySeverity, unacknowledged } = counts.data;
  const active = alarmSeverities.reduce((sum, severity) => sum + bySeverity[severity], 0);
  if (active === 0) return <>Nothing is wrong.</>;
  return (
    <>
      {active} active, {unacknowledged === 0 ? 'all acknowledged' : `${unacknowledged} not acknowledged`}
    </>
  );
}
