import { Button, Group, Popover, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { shortTime } from '../ui/times.js';
import { type ChartAggregation, type TimeWindow, aggregations, presets } from './time-window.js';

export type AggregationChoice = ChartAggregation | 'AUTO';

const aggregationNames: Record<AggregationChoice, string> = {
  AUTO: 'Automatic',
  NONE: 'Every point',
  AVG: 'Average',
  MIN: 'Lowest',
  MAX: 'Highest',
  SUM: 'Sum',
  COUNT: 'Count',
};

interface Props {
  readonly window: TimeWindow;
  /** Absent where there is nothing to put together. */
  readonly aggregation: AggregationChoice | undefined;
  readonly onWindow: (window: TimeWindow) => void;
  readonly onAggregation: (aggregation: AggregationChoice) => void;
}

/** Chooses which span of time a chart shows, and how its points are put together. */
export function WindowPicker({ window, aggregation, onWindow, onAggregation }: Props) {
  const preset = window.kind === 'last' ? presets.find(({ lengthMs }) => lengthMs === window.lengthMs) : undefined;
  const choose = (id: string) => {
    const chosen = presets.find((candidate) => candidate.id === id);
    if (chosen !== undefined) onWindow({ kind: 'last', lengthMs: chosen.lengthMs });
  };
  return (
    <Group gap="xs">
      <SegmentedControl
        visibleFrom="sm"
        size="xs"
        data={presets.map(({ id, name }) => ({ value: id, label: name }))}
        value={preset?.id ?? ''}
        onChange={choose}
        aria-label="Time range"
      />
      <Select
        hiddenFrom="sm"
        size="xs"
        w={82}
        aria-label="Time range"
        allowDeselect={false}
        placeholder="Custom"
        data={presets.map(({ id, name }) => ({ value: id, label: name }))}
        value={preset?.id ?? null}
        onChange={(id) => id !== null && choose(id)}
      />
      <CustomWindow window={window} onWindow={onWindow} />
      {aggregation !== undefined && (
        <Select
          size="xs"
          w={118}
          aria-label="Aggregation"
          allowDeselect={false}
          data={(['AUTO', ...aggregations] as const).map((value) => ({ value, label: aggregationNames[value] }))}
          value={aggregation}
          onChange={(value) => value !== null && onAggregation(value)}
        />
      )}
    </Group>
  );
}

function CustomWindow({ window, onWindow }: Pick<Props, 'window' | 'onWindow'>) {
  const [isOpen, setIsOpen] = useState(false);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const startMs = new Date(from).getTime();
  const endMs = new Date(to).getTime();
  const isBackwards = Number.isFinite(startMs) && Number.isFinite(endMs) && endMs <= startMs;
  const open = () => {
    const nowMs = Date.now();
    setFrom(localText(window.kind === 'between' ? window.startMs : nowMs - window.lengthMs));
    setTo(localText(window.kind === 'between' ? window.endMs : nowMs));
    setIsOpen(true);
  };
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (isBackwards || !Number.isFinite(startMs) || !Number.isFinite(endMs)) return;
    onWindow({ kind: 'between', startMs, endMs });
    setIsOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setIsOpen} trapFocus shadow="md">
      <Popover.Target>
        <Button size="xs" variant={window.kind === 'between' ? 'light' : 'default'} leftSection={<IconCalendar size={14} />} onClick={open}>
          {window.kind === 'between' ? `${shortTime(window.startMs)} – ${shortTime(window.endMs)}` : 'Custom'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={apply}>
          <Stack gap="xs">
            <TextInput type="datetime-local" label="From" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
            <TextInput
              type="datetime-local"
              label="To"
              value={to}
              error={isBackwards ? 'Must be after “From”.' : undefined}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
            <Group justify="space-between">
              <Text size="xs" c="dimmed">
                Times are yours: {Intl.DateTimeFormat().resolvedOptions().timeZone}
              </Text>
              <Button type="submit" size="xs">
                Show
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A time as a `datetime-local` field wants it: local, without zone. */
function localText(tsMs: number): string {
  const shifted = new Date(tsMs - new Date(tsMs).getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
