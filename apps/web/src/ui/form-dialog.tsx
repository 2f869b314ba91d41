import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type UseMutationResult } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { messageOf } from '../api/failures.js';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** For more fields than fit one below the other. */
  readonly isWide?: boolean;
  /** Mounted anew each time the dialog opens, so that no form remembers the one before. */
  readonly children: ReactNode;
}

/** A dialog that asks for something. */
export function FormDialog({ title, isOpen, onClose, isWide = false, children }: DialogProps) {
  return (
    <Modal size={isWide ? 'lg' : 'md'} opened={isOpen} onClose={onClose} title={<Text fw={600}>{title}</Text>}>
      {isOpen && children}
    </Modal>
  );
}

interface BodyProps {
  readonly action: string;
  readonly saving: Pick<UseMutationResult<unknown, Error, void>, 'isPending' | 'isError' | 'error'>;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The fields of a dialog between the reason of a refusal and the buttons. */
export function DialogForm({ action, saving, onSubmit, onClose, children }: BodyProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {saving.isError && (
          <Alert color="red" role="alert">
            {messageOf(saving.error)}
          </Alert>
        )}
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A text as the API wants it: null where nothing was written. */
export function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
