import { Alert, Button, Group, MultiSelect, Progress, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { messageOf } from '../api/failures.js';
import type { EntityRef } from '../api/wire.js';
import type { TimeWindow } from '../chart/time-window.js';
import { FormDialog } from '../ui/form-dialog.js';
import type { ExportLayout } from './export-readings.js';
import { exportSpan, exportSpans } from './export-spans.js';
import { EXPORT_KEYS_MAX } from './limits.js';
import { useExport } from './use-export.js';

interface Props {
  readonly entity: EntityRef;
  readonly entityName: string;
  /** All keys there are. */
  readonly names: readonly string[];
  /** Keys that are chosen when the dialog opens; closed without. */
  readonly chosen: readonly string[] | undefined;
  /** What the page shows at the moment. */
  readonly window: TimeWindow;
  readonly onClose: () => void;
}

/** Puts readings into a CSV file. */
export function ExportDialog({ chosen, onClose, ...props }: Props) {
  return (
    <FormDialog title="Export readings" isOpen={chosen !== undefined} onClose={onClose}>
      <ExportForm chosen={chosen ?? []} onClose={onClose} {...props} />
    </FormDialog>
  );
}

function ExportForm({ entity, entityName, names, chosen, window, onClose }: Props & { readonly chosen: readonly string[] }) {
  const [keys, setKeys] = useState([...chosen]);
  const [span, setSpan] = useState('shown');
  const [layout, setLayout] = useState<ExportLayout>('columns');
  const { run, cancel, progress, error } = useExport(entity, entityName, onClose);
  // What nobody waits for any more is not read on.
  useEffect(() => cancel, [cancel]);
  const isRunning = progress !== undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        run({ keys, layout, ...exportSpan(span, window, Date.now()) });
      }}
    >
      <Stack>
        {error !== undefined && (
          <Alert color="red" role="alert">
            {messageOf(error)}
          </Alert>
        )}
        <MultiSelect
          label="Keys"
          data={[...names]}
          value={keys}
          onChange={setKeys}
          searchable
          hidePickedOptions
          maxValues={EXPORT_KEYS_MAX}
          maxDropdownHeight={240}
          disabled={isRunning}
          nothingFoundMessage="No such key"
          // The frame of the whole field shows the focus.
          styles={{ inputField: { outline: 'none' }, pillsList: { maxHeight: 160, overflowY: 'auto' } }}
        />
        {keys.length < Math.min(names.length, EXPORT_KEYS_MAX) && (
          <Button
            variant="subtle"
            size="compact-sm"
            mt={-8}
            style={{ alignSelf: 'start' }}
            disabled={isRunning}
            onClick={() => setKeys(names.slice(0, EXPORT_KEYS_MAX))}
          >
            {names.length > EXPORT_KEYS_MAX ? `Take the first ${EXPORT_KEYS_MAX} keys` : `Take all ${names.length} keys`}
          </Button>
        )}
        <Select
          label="Time"
          data={exportSpans(window)}
          value={span}
          allowDeselect={false}
          disabled={isRunning}
          onChange={(value) => value !== null && setSpan(value)}
        />
        <LayoutField value={layout} isDisabled={isRunning} onChange={setLayout} />
        <div aria-live="polite">{isRunning && <ExportBar {...progress} />}</div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" leftSection={<IconDownload size={16} />} loading={isRunning} disabled={keys.length === 0}>
            Download CSV
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const layouts: readonly { readonly value: ExportLayout; readonly label: string; readonly hint: string }[] = [
  { value: 'columns', label: 'Column for each key', hint: 'One row for each time: for a spreadsheet.' },
  { value: 'rows', label: 'Row for each reading', hint: 'Key, time and value: for programs, and where keys never share a time.' },
];

function LayoutField({ value, isDisabled, onChange }: { value: ExportLayout; isDisabled: boolean; onChange: (layout: ExportLayout) => void }) {
  return (
    <div>
      <Text size="sm" fw={500} mb={4} id="export-layout">
        Layout
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby="export-layout"
        data={layouts.map(({ value: layout, label }) => ({ value: layout, label }))}
        value={value}
        disabled={isDisabled}
        onChange={(next) => onChange(next)}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {layouts.find((layout) => layout.value === value)?.hint} Times are in UTC.
      </Text>
    </div>
  );
}

function ExportBar({ done, total }: { done: number; total: number }) {
  return (
    <>
      <Progress value={total === 0 ? 0 : Math.min(100, (done / total) * 100)} aria-label="Progress of the export" />
      <Text size="xs" c="dimmed" mt={4} className="fl-numeric">
        {total === 0 ? 'Counting the readings…' : `${done.toLocaleString()} of ${total.toLocaleString()} readings`}
      </Text>
    </>
  );
}
