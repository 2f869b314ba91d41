import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { accountApi } from '../api/account-api.js';
import { CopyBlock } from '../ui/copy-block.js';
import { DialogForm } from '../ui/form-dialog.js';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onCreated: () => void;
}

const DAY_MS = 86_400_000;
const lives = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: '0', label: 'Until it is revoked' },
];

/** Creates a key, and shows its value this once: the dialog closes only by its button then. */
export function ApiKeyDialog({ isOpen, onClose, onCreated }: Props) {
  const [value, setValue] = useState<string>();
  const close = () => {
    setValue(undefined);
    onClose();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      closeOnClickOutside={value === undefined}
      closeOnEscape={value === undefined}
      withCloseButton={value === undefined}
      title={<Text fw={600}>{value === undefined ? 'Create API key' : 'Copy the key now'}</Text>}
    >
      {!isOpen ? null : value === undefined ? (
        <ApiKeyForm
          onClose={close}
          onCreated={(created) => {
            setValue(created);
            onCreated();
          }}
        />
      ) : (
        <NewKey value={value} onClose={close} />
      )}
    </Modal>
  );
}

function ApiKeyForm({ onClose, onCreated }: { onClose: () => void; onCreated: (value: string) => void }) {
  const [description, setDescription] = useState('');
  const [days, setDays] = useState('90');
  const [isTried, setIsTried] = useState(false);
  const error = description.trim() === '' ? 'Say what the key is for, to recognise it later.' : undefined;
  const saving = useMutation({
    mutationFn: () => accountApi.createApiKey(description.trim(), days === '0' ? 0 : Date.now() + Number(days) * DAY_MS),
    onSuccess: (key) => onCreated(key.value),
  });
  const submit = () => {
    setIsTried(true);
    if (error === undefined) saving.mutate();
  };
  return (
    <DialogForm action="Create key" saving={saving} onSubmit={submit} onClose={onClose}>
      <TextInput
        label="What it is for"
        placeholder="Nightly export"
        withAsterisk
        data-autofocus
        maxLength={255}
        value={description}
        error={isTried && error}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <Select label="It works for" allowDeselect={false} data={lives} value={days} onChange={(next) => setDays(next ?? '90')} />
    </DialogForm>
  );
}

function NewKey({ value, onClose }: { value: string; onClose: () => void }) {
  return (
    <Stack>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <IconAlertTriangle size={20} color="var(--fl-warning)" aria-hidden style={{ flex: 'none' }} />
        <Text>The key is shown this once and cannot be looked up again. Whoever has it can do what you can.</Text>
      </Group>
      <CopyBlock label="API key" text={value} />
      <Text size="sm" c="dimmed">
        Send it with each request as the header
      </Text>
      <CopyBlock label="Header of a request" text={`X-Authorization: ApiKey ${value}`} />
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          I have copied it
        </Button>
      </Group>
    </Stack>
  );
}
