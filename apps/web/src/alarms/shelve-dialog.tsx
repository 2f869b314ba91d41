import { Alert, Button, Group, Input, Modal, SegmentedControl, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { alarmApi } from '../api/alarm-api.js';
import { alarmQueries } from '../api/alarm-queries.js';
import { messageOf } from '../api/failures.js';
import type { AlarmInfo } from '../api/wire.js';
import { confirmDone } from '../ui/notify.js';
import { shortTime } from '../ui/times.js';
import { useNow } from '../ui/use-now.js';
import { REASON_CHARACTERS_MAX } from './limits.js';
import { type ShelveChoice, fieldTime, shelveChoices, shelvedUntil } from './shelve-times.js';

const DAY_MS = 86_400_000;

interface Props {
  readonly alarm: AlarmInfo;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Takes a known nuisance out of sight for a while; it comes back by itself. */
export function ShelveDialog({ alarm, isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={<Text fw={600}>Shelve {alarm.type}</Text>}>
      {isOpen && <ShelveForm alarm={alarm} onClose={onClose} />}
    </Modal>
  );
}

function ShelveForm({ alarm, onClose }: Omit<Props, 'isOpen'>) {
  const client = useQueryClient();
  const nowMs = useNow();
  const [reason, setReason] = useState('');
  const [choice, setChoice] = useState<ShelveChoice>('2h');
  const [until, setUntil] = useState(() => fieldTime(nowMs + DAY_MS));
  const [isTried, setIsTried] = useState(false);
  const end = shelvedUntil(choice, until, nowMs);
  const shelve = useMutation({
    mutationFn: (untilTs: number) => alarmApi.shelve(alarm.id.id, reason.trim(), untilTs),
    onSuccess: async (_, untilTs) => {
      confirmDone(`Shelved until ${shortTime(untilTs)}.`);
      onClose();
      await client.invalidateQueries({ queryKey: alarmQueries.all });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (reason.trim() !== '' && typeof end === 'number') shelve.mutate(end);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {shelve.isError && (
          <Alert color="red" role="alert">
            {messageOf(shelve.error)}
          </Alert>
        )}
        <Textarea
          label="Reason"
          description="For the next shift: why nobody needs to see it."
          withAsterisk
          autosize
          minRows={2}
          maxRows={6}
          maxLength={REASON_CHARACTERS_MAX}
          data-autofocus
          value={reason}
          error={isTried && reason.trim() === '' ? 'Shelving needs a reason.' : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Input.Wrapper label="For how long" labelElement="div">
          <SegmentedControl fullWidth data={[...shelveChoices]} value={choice} onChange={setChoice} aria-label="For how long" />
        </Input.Wrapper>
        {choice === 'until' && (
          <TextInput
            type="datetime-local"
            label="Until"
            value={until}
            error={typeof end === 'string' ? end : undefined}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        )}
        <Text size="sm" c="dimmed" role="status">
          {typeof end === 'number' ? `Comes back on ${shortTime(end)}, or when it is unshelved.` : ' '}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={shelve.isPending}>
            Shelve
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
