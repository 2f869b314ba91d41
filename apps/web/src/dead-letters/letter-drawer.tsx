import { Alert, Button, Drawer, Text } from '@mantine/core';
import { IconMailOff, IconPlayerTrackNext, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeadLetter } from '../api/engine-api.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { LoadFailure } from '../ui/load-failure.js';
import { PageLoading } from '../ui/page-loading.js';
import { StateMessage } from '../ui/state-message.js';
import styles from './letter-drawer.module.css';
import { LetterFacts } from './letter-facts.js';
import { LetterMessage } from './letter-message.js';
import { useLetterCommands } from './use-letter-commands.js';
import type { LetterList } from './use-letter-list.js';

interface Props {
  /** Undefined while it is closed. */
  readonly deadLetterId: string | undefined;
  readonly letters: LetterList;
  readonly onClose: () => void;
}

/** One message with its error, beside the list it was opened from. */
export function LetterDrawer({ deadLetterId, letters, onClose }: Props) {
  // A dialog over the drawer takes the Escape key for itself.
  const [hasDialog, setHasDialog] = useState(false);
  // What was shown stays while the drawer slides out.
  const [last, setLast] = useState<DeadLetter>();
  const found = letters.rows?.find(({ id }) => id === deadLetterId);
  if (found !== undefined && found !== last) setLast(found);
  const letter = found ?? (deadLetterId === undefined ? last : undefined);
  const { isError, data, error, refetch } = letters.letters;
  return (
    <Drawer
      opened={deadLetterId !== undefined}
      onClose={onClose}
      position="right"
      size={560}
      closeOnEscape={!hasDialog}
      title={
        <Text size="lg" fw={600}>
          Dead letter
        </Text>
      }
    >
      {letter !== undefined ? (
        <LetterView key={letter.id} letter={letter} letters={letters} onDialog={setHasDialog} onGone={onClose} />
      ) : isError && data === undefined ? (
        <LoadFailure error={error} what="The message" onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <PageLoading />
      ) : (
        <StateMessage icon={IconMailOff} title="This message is not in the list">
          It was replayed or removed, or it stands on another page or outside of the filters.
        </StateMessage>
      )}
    </Drawer>
  );
}

interface ViewProps {
  readonly letter: DeadLetter;
  readonly letters: LetterList;
  readonly onDialog: (isOpen: boolean) => void;
  readonly onGone: () => void;
}

function LetterView({ letter, letters, onDialog, onGone }: ViewProps) {
  const commands = useLetterCommands((ids) => ids.length > 0 && onGone());
  const [isRemoving, setIsRemoving] = useState(false);
  const ask = (isAsking: boolean) => {
    setIsRemoving(isAsking);
    onDialog(isAsking);
  };
  const button = { variant: 'default', loading: commands.isRunning } as const;
  return (
    <div className={styles.view}>
      <div className={styles.actions}>
        <Button {...button} leftSection={<IconRefresh size={16} />} onClick={() => commands.replay([letter.id], 'CHAIN')}>
          Replay from the start of the chain
        </Button>
        {letter.ruleNodeId !== null && (
          <Button {...button} leftSection={<IconPlayerTrackNext size={16} />} onClick={() => commands.replay([letter.id], 'NODE')}>
            Replay from the node
          </Button>
        )}
        <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => ask(true)}>
          Remove…
        </Button>
      </div>
      {commands.failure !== undefined && (
        <Alert color="red" role="alert">
          {commands.failure}
        </Alert>
      )}
      <LetterFacts letter={letter} chainName={letters.nameOf(letter.ruleChainId)} />
      <LetterMessage message={letter.message} />
      <ConfirmDialog
        isOpen={isRemoving}
        title="Remove this message?"
        action="Remove message"
        onClose={() => ask(false)}
        onConfirm={() => commands.remove([letter.id])}
      >
        What it holds is lost. This cannot be undone.
      </ConfirmDialog>
    </div>
  );
}
