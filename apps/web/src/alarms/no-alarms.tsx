import { Button } from '@mantine/core';
import { IconBellCheck, IconBellOff, IconClockPause } from '@tabler/icons-react';
import { StateMessage } from '../ui/state-message.js';

import { alarmCount } from './run-on-each.js';
import type { AlarmList } from './use-alarm-list.js';

/** Why nothing is listed. */
export function NoAlarms({ list }: { list: AlarmList }) {
  const { choices, hiddenCount } = list;
  if (hiddenCount > 0) {
    const button = (
      <Button variant="default" onClick={() => list.choose({ showsShelved: true })}>
        Show shelved
      </Button>
    );
    return (
      <StateMessage icon={IconClockPause} title="Only shelved alarms" actions={button}>
        {alarmCount(hiddenCount)} {hiddenCount === 1 ? 'is' : 'are'} out of sight for a while.
      </StateMessage>
    );
  }
  if (list.isNarrowed) {
    const button = (
      <Button variant="default" onClick={list.reset}>
        Reset filters
      </Button>
    );
    return (
      <StateMessage icon={IconBellOff} title="No alarm matches" actions={button}>
        The search looks at types, severities and statuses. Choose less, or look at all statuses.
      </StateMessage>
    );
  }
  return (
    <StateMessage icon={IconBellCheck} title={choices.life === 'active' ? 'No active alarms' : 'No alarms'}>
      A rule chain raises one with the node “create alarm”.
    </StateMessage>
  );
}
