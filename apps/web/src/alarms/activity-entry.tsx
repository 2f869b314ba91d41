import { ActionIcon, Alert, Button, Group, Menu, Text, Textarea } from '@mantine/core';
import { IconDots, IconMessage, IconPencil, IconSettings, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { alarmApi } from '../api/alarm-api.js';
import { messageOf } from '../api/failures.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { TimeAgo } from '../ui/time-ago.js';
import type { Activity } from './activity.js';
import { COMMENT_CHARACTERS_MAX } from './limits.js';
import styles from './alarm-activity.module.css';

interface Props {
  readonly alarmId: string;
  readonly entry: Activity;
  /** May delete comments of others too. */
  readonly isAdministrator: boolean;
  readonly onDialog: (isOpen: boolean) => void;
}

/** One thing that happened, or that somebody said. */
export function ActivityEntry({ alarmId, entry, isAdministrator, onDialog }: Props) {
  const client = useQueryClient();
  const [mode, setMode] = useState<'read' | 'edit' | 'delete'>('read');
  const refresh = () => client.invalidateQueries({ queryKey: ['alarms', 'comments', alarmId] });
  const turn = (next: typeof mode) => {
    setMode(next);
    onDialog(next === 'delete');
  };
  const EntryIcon = entry.isSystem ? IconSettings : IconMessage;
  return (
    <li className={styles.entry} data-system={entry.isSystem ? '' : undefined}>
      <span className={styles.icon}>
        <EntryIcon size={14} aria-hidden />
      </span>
      <div className={styles.words}>
        <div className={styles.head}>
          <Text span size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
            {entry.who}
          </Text>
          <Text span size="xs" c="dimmed">
            <TimeAgo tsMs={entry.tsMs} />
            {entry.isEdited && ', edited'}
          </Text>
        </div>
        {mode === 'edit' ? (
          <EditForm alarmId={alarmId} entry={entry} onDone={() => turn('read')} onSaved={refresh} />
        ) : (
          <p className={styles.text}>{entry.text}</p>
        )}
      </div>
      {!entry.isSystem && mode !== 'edit' && (entry.isOwn || isAdministrator) && (
        <EntryMenu entry={entry} onEdit={() => turn('edit')} onDelete={() => turn('delete')} />
      )}
      <ConfirmDialog
        isOpen={mode === 'delete'}
        title="Delete the comment?"
        action="Delete comment"
        onClose={() => turn('read')}
        onConfirm={async () => {
          await alarmApi.removeComment(alarmId, entry.id);
          await refresh();
        }}
      >
        A note that you deleted a comment stays in its place. This cannot be undone.
      </ConfirmDialog>
    </li>
  );
}

function EntryMenu({ entry, onEdit, onDelete }: { entry: Activity; onEdit: () => void; onDelete: () => void }) {
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={28} aria-label={`Actions for the comment of ${entry.who}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {entry.isOwn && (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
            Edit
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={onDelete}>
          Delete…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface EditProps {
  readonly alarmId: string;
  readonly entry: Activity;
  readonly onDone: () => void;
  readonly onSaved: () => Promise<unknown>;
}

function EditForm({ alarmId, entry, onDone, onSaved }: EditProps) {
  const [text, setText] = useState(entry.text);
  const save = useMutation({
    mutationFn: () => alarmApi.saveComment(alarmId, text.trim(), entry.id),
    onSuccess: async () => {
      await onSaved();
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Textarea
        aria-label="Comment"
        autoFocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={COMMENT_CHARACTERS_MAX}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {save.isError && (
        <Alert color="red" role="alert" mt="xs">
          {messageOf(save.error)}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs" mt={6}>
        <Button size="compact-md" fz="sm" variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button size="compact-md" fz="sm" type="submit" loading={save.isPending} disabled={text.trim() === ''}>
          Save
        </Button>
      </Group>
    </form>
  );
}
