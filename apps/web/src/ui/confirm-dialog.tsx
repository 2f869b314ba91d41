import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { messageOf } from '../api/failures.js';

interface Props {
  readonly isOpen: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** The verb on the button, such as "Delete device". */
  readonly action: string;
  /** True where nothing is lost: the button is not red then. */
  readonly isHarmless?: boolean;
  /** False until the question may be answered with yes. */
  readonly isReady?: boolean;
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks before something that cannot be undone, and stays open with the reason when it is refused. */
export function ConfirmDialog({ isOpen, title, children, action, isHarmless = false, isReady = true, onConfirm, onClose }: Props) {
  const confirm = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  const close = () => {
    confirm.reset();
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={close} title={<Text fw={600}>{title}</Text>}>
      <Stack>
        <Text size="md" component="div">
          {children}
        </Text>
        {confirm.isError && (
          <Alert color="red" role="alert">
            {messageOf(confirm.error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close} data-autofocus>
            Cancel
          </Button>
          <Button {...(isHarmless ? {} : { color: 'red' })} loading={confirm.isPending} disabled={!isReady} onClick={() => confirm.mutate()}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
