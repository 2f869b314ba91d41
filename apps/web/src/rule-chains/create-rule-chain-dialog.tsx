import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api/api.js';
import { messageOf } from '../api/failures.js';
import type { RuleChainInfo } from '../api/wire.js';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onCreated: (chain: RuleChainInfo) => void;
}

export function CreateRuleChainDialog({ isOpen, onClose, onCreated }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={<Text fw={600}>Add rule chain</Text>}>
      <CreateRuleChainForm onClose={onClose} onCreated={onCreated} />
    </Modal>
  );
}

function CreateRuleChainForm({ onClose, onCreated }: Omit<Props, 'isOpen'>) {
  const [name, setName] = useState('');
  const create = useMutation({ mutationFn: () => api.createRuleChain(name.trim()), onSuccess: onCreated });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') create.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {create.isError && (
          <Alert color="red" role="alert">
            {messageOf(create.error)}
          </Alert>
        )}
        <TextInput label="Name" withAsterisk data-autofocus maxLength={255} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
            Add and open
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
