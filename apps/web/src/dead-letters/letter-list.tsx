import { Alert, Button } from '@mantine/core';
import { IconMailOff, IconPlayerTrackNext, IconRefresh, IconTrash, IconZoomQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { useRowKeys } from '../ui/use-row-keys.js';
import { Card } from '../ui/card.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { DataTable } from '../ui/data-table.js';
import { LoadFailure } from '../ui/load-failure.js';
import { Pager } from '../ui/pager.js';
import { SelectionBar } from '../ui/selection-bar.js';
import { StateMessage } from '../ui/state-message.js';
import { toggled } from '../ui/toggled.js';
import { letterColumns } from './letter-columns.js';
import { LetterFilters } from './letter-filters.js';
import { LetterRowsContext } from './letter-rows.js';
import { letterCount } from './letter-text.js';
import { type LetterCommands, useLetterCommands } from './use-letter-commands.js';
import type { LetterList as List } from './use-letter-list.js';

interface Props {
  readonly letters: List;
  readonly addressOf: (id: string) => string;
}

const none: readonly never[] = [];

/** Filters, table and what is done with several messages. */
export function LetterList({ letters, addressOf }: Props) {
  const { list, letters: found, rows } = letters;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [removing, setRemoving] = useState<readonly string[]>([]);
  const commands = useLetterCommands((gone) => setSelected((before) => new Set([...before].filter((id) => !gone.includes(id)))));
  const chosen = (rows ?? none).filter(({ id }) => selected.has(id)).map(({ id }) => id);
  const rowKeys = useRowKeys({ rows: rows?.map(({ id }) => id) ?? [], keys: { x: (id) => setSelected(toggled(selected, id)) } });
  return (
    <Card>
      <LetterFilters letters={letters} />
      {commands.failure !== undefined && (
        <Alert color="red" role="alert" mx="sm" mb="sm" withCloseButton onClose={commands.forgetFailure}>
          {commands.failure}
        </Alert>
      )}
      {chosen.length > 0 && <ChosenBar ids={chosen} commands={commands} onRemove={setRemoving} onClear={() => setSelected(new Set())} />}
      {found.isError && found.data === undefined ? (
        <LoadFailure error={found.error} what="Dead letters" onRetry={() => void found.refetch()} />
      ) : rows?.length === 0 ? (
        <NoLetters letters={letters} />
      ) : (
        <div {...rowKeys}>
          <LetterRowsContext value={{ letters: rows ?? none, nameOf: letters.nameOf, addressOf, selected, onSelect: setSelected }}>
            <DataTable label="Dead letters" columns={letterColumns} rows={rows} rowId={({ id }) => id} selected={selected} />
          </LetterRowsContext>
        </div>
      )}
      <Pager page={list.query.page} pageSize={list.query.pageSize} total={found.data?.totalElements ?? 0} onPage={list.setPage} />
      <ConfirmDialog
        isOpen={removing.length > 0}
        title={`Remove ${letterCount(removing.length)}?`}
        action={`Remove ${letterCount(removing.length)}`}
        onClose={() => setRemoving([])}
        onConfirm={() => commands.remove(removing)}
      >
        What they hold is lost. This cannot be undone.
      </ConfirmDialog>
    </Card>
  );
}

interface BarProps {
  readonly ids: readonly string[];
  readonly commands: LetterCommands;
  readonly onRemove: (ids: readonly string[]) => void;
  readonly onClear: () => void;
}

function ChosenBar({ ids, commands, onRemove, onClear }: BarProps) {
  const button = { size: 'compact-md', fz: 'sm', variant: 'default', disabled: commands.isRunning } as const;
  return (
    <SelectionBar label="Selected messages" count={letterCount(ids.length)} onClear={onClear}>
      <Button {...button} leftSection={<IconRefresh size={16} />} onClick={() => commands.replay(ids, 'CHAIN')}>
        Replay from the start of the chain
      </Button>
      <Button {...button} leftSection={<IconPlayerTrackNext size={16} />} onClick={() => commands.replay(ids, 'NODE')}>
        Replay from the node
      </Button>
      <Button {...button} leftSection={<IconTrash size={16} />} onClick={() => onRemove(ids)}>
        Remove…
      </Button>
    </SelectionBar>
  );
}

/** Why nothing is listed. */
function NoLetters({ letters: { isNarrowed, reset } }: { letters: List }) {
  if (!isNarrowed) {
    return (
      <StateMessage icon={IconMailOff} title="No dead letters">
        No message has failed for good. One that fails where its rule node has no “Failure” connection is kept here, with its error, until it is
        replayed or removed.
      </StateMessage>
    );
  }
  const button = (
    <Button variant="default" onClick={reset}>
      Reset filters
    </Button>
  );
  return (
    <StateMessage icon={IconZoomQuestion} title="No dead letter matches" actions={button}>
      Choose a longer time, or fewer filters.
    </StateMessage>
  );
}
