import type { AlarmFilter } from '../api/alarm-api.js';
import { type AlarmSeverity, type EntityRef, alarmSeverities } from '../api/wire.js';

export type Life = 'active' | 'cleared' | 'any';
export type Acknowledged = 'any' | 'no' | 'yes';

export interface AlarmChoices {
  readonly life: Life;
  readonly acknowledged: Acknowledged;
  readonly severities: readonly AlarmSeverity[];
  readonly type: string | undefined;
  readonly isMine: boolean;
  readonly showsShelved: boolean;
}

/** What an address says about which alarms are listed; what it leaves out or gets wrong is as at first. */
export function choicesOf(params: URLSearchParams): AlarmChoices {
  const given = params.get('severity')?.split(',') ?? [];
  return {
    life: oneOf(params.get('status'), ['active', 'cleared', 'any'] as const),
    acknowledged: oneOf(params.get('acknowledged'), ['any', 'no', 'yes'] as const),
    severities: alarmSeverities.filter((severity) => given.includes(severity)),
    type: params.get('type') ?? undefined,
    isMine: params.has('mine'),
    showsShelved: params.has('shelved'),
  };
}

/** The changed choices as parameters of the address; the first page of them is shown. */
export function parametersOf(changes: Partial<AlarmChoices>): Record<string, string | undefined> {
  const { life, acknowledged, severities, type, isMine, showsShelved } = changes;
  return {
    page: undefined,
    ...(life === undefined ? {} : { status: life === 'active' ? undefined : life }),
    ...(acknowledged === undefined ? {} : { acknowledged: acknowledged === 'any' ? undefined : acknowledged }),
    ...(severities === undefined ? {} : { severity: severities.join(',') }),
    ...('type' in changes ? { type } : {}),
    ...(isMine === undefined ? {} : { mine: isMine ? 'yes' : undefined }),
    ...(showsShelved === undefined ? {} : { shelved: showsShelved ? 'yes' : undefined }),
  };
}

/** Whether anything but the status, which always says something, narrows the list. */
export function isNarrow({ acknowledged, severities, type, isMine }: AlarmChoices): boolean {
  return acknowledged !== 'any' || severities.length > 0 || type !== undefined || isMine;
}

/** What is asked of the server. Whose alarms "mine" are has to be known for it. */
export function filterOf({ life, acknowledged, severities, type, isMine }: AlarmChoices, entity?: EntityRef, userId?: string): AlarmFilter {
  return {
    statuses: [
      ...(life === 'any' ? [] : [life === 'active' ? ('ACTIVE' as const) : ('CLEARED' as const)]),
      ...(acknowledged === 'any' ? [] : [acknowledged === 'yes' ? ('ACK' as const) : ('UNACK' as const)]),
    ],
    severities,
    ...(type === undefined ? {} : { type }),
    ...(isMine && userId !== undefined ? { assigneeId: userId } : {}),
    ...(entity === undefined ? {} : { entity }),
  };
}

/** The value where it is one of those; the first of them otherwise. */
function oneOf<T extends string>(value: string | null, all: readonly [T, ...T[]]): T {
  return all.find((known) => known === value) ?? all[0];
}
