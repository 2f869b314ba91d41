import type { AlarmInfo, AlarmSeverity } from '../api/wire.js';

/** An active alarm that nobody has acknowledged, with what a test says about it. */
export function alarm(id: string, parts: Partial<AlarmInfo> = {}): AlarmInfo {
  return {
    id: { entityType: 'ALARM', id },
    createdTime: 1_000,
    type: 'High temperature',
    originator: { entityType: 'DEVICE', id: 'device' },
    originatorName: 'Boiler',
    originatorLabel: null,
    originatorDisplayName: 'Boiler',
    severity: 'MAJOR',
    status: 'ACTIVE_UNACK',
    acknowledged: false,
    cleared: false,
    assigneeId: null,
    assignee: null,
    startTs: 1_000,
    endTs: 1_000,
    ackTs: 0,
    clearTs: 0,
    assignTs: 0,
    details: null,
    ...parts,
  };
}

/** One alarm of each of these severities; the first began last. */
export function alarmsOf(...severities: readonly AlarmSeverity[]): AlarmInfo[] {
  return severities.map((severity, index) => alarm(`${severity}-${index}`, { severity, startTs: 1_000 - index }));
}
