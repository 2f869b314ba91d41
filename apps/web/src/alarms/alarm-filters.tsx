import { Button, Checkbox, MultiSelect, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconFilterOff, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { alarmQueries } from '../api/alarm-queries.js';
import { alarmSeverities } from '../api/wire.js';
import type { Acknowledged, Life } from './alarm-choices.js';
import styles from './alarm-filters.module.css';
import { OrderSelect } from './order-select.js';
import { severityNames } from './severity-badge.js';
import type { AlarmList } from './use-alarm-list.js';

const lives: { value: Life; label: string }[] = [
  { value: 'active', label: 'Active' },
  { value: 'cleared', label: 'Cleared' },
  { value: 'any', label: 'All' },
];
const acknowledgements: { value: Acknowledged; label: string }[] = [
  { value: 'any', label: 'Acknowledged or not' },
  { value: 'no', label: 'Not acknowledged' },
  { value: 'yes', label: 'Acknowledged' },
];
const severities = alarmSeverities.map((value) => ({ value, label: severityNames[value] }));

/** Which alarms are listed. Where the window is narrow, all but the status waits behind a button. */
export function AlarmFilters({ list }: { list: AlarmList }) {
  const { choices, choose, shelvedCount } = list;
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <div className={styles.root} role="search" aria-label="Alarms">
      <SegmentedControl className={styles.life ?? ''} data={lives} value={choices.life} onChange={(life) => choose({ life })} aria-label="Status" />
      <Button
        className={styles.toggle ?? ''}
        variant="default"
        leftSection={<IconAdjustmentsHorizontal size={16} />}
        aria-expanded={isOpen}
        aria-controls="alarm-filters"
        onClick={toggle}
      >
        {list.isNarrowed ? 'Filters on' : 'Filters'}
      </Button>
      <div id="alarm-filters" className={styles.more} data-open={isOpen ? '' : undefined}>
        <FilterFields list={list} />
        <div className={styles.switches}>
          <Checkbox label="Assigned to me" checked={choices.isMine} onChange={(event) => choose({ isMine: event.currentTarget.checked })} />
          <Checkbox
            label={shelvedCount === 0 ? 'Show shelved' : `Show shelved (${shelvedCount})`}
            checked={choices.showsShelved}
            onChange={(event) => choose({ showsShelved: event.currentTarget.checked })}
          />
          {list.isNarrowed && (
            <Button variant="subtle" size="compact-sm" leftSection={<IconFilterOff size={15} />} onClick={list.reset}>
              Reset filters
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

function FilterFields({ list }: { list: AlarmList }) {
  const { choices, choose, search, setSearch } = list;
  const types = useQuery(alarmQueries.types());
  const field = { className: styles.field ?? '' };
  return (
    <>
      <OrderSelect list={list} className={styles.order ?? ''} />
      <Select
        {...field}
        aria-label="Acknowledgement"
        data={acknowledgements}
        allowDeselect={false}
        value={choices.acknowledged}
        onChange={(acknowledged) => choose({ acknowledged: acknowledged ?? 'any' })}
      />
      <MultiSelect
        {...field}
        aria-label="Severity"
        placeholder={choices.severities.length === 0 ? 'Any severity' : ''}
        data={severities}
        value={[...choices.severities]}
        onChange={(chosen) => choose({ severities: alarmSeverities.filter((severity) => chosen.includes(severity)) })}
        clearable
        clearButtonProps={{ 'aria-label': 'Any severity' }}
      />
      <Select
        {...field}
        aria-label="Type"
        placeholder="Any type"
        data={typesWith(types.data, choices.type)}
        value={choices.type ?? null}
        onChange={(type) => choose({ type: type ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Any type' }}
        nothingFoundMessage={types.isError ? 'Types could not be loaded.' : 'No such type.'}
      />
      <TextInput
        {...field}
        aria-label="Search alarms"
        placeholder="Search type, severity, status"
        leftSection={<IconSearch size={16} />}
        maxLength={255}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
    </>
  );
}

/** The types there are; with the chosen one, whose last alarm may be gone. */
function typesWith(types: readonly string[] = [], chosen: string | undefined): string[] {
  return chosen === undefined || types.includes(chosen) ? [...types] : [chosen, ...types];
}
