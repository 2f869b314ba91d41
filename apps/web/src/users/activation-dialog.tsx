import type { User } from '@fieldline/api-client';
import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { administration } from '../api/administration-queries.js';
import { userApi } from '../api/customer-api.js';
import { hasStatus, messageOf } from '../api/failures.js';
import { Refusal } from '../sign-in/refusal.js';
import { CopyBlock } from '../ui/copy-block.js';
import { confirmDone } from '../ui/notify.js';

interface Props {
  /** Absent while the dialog is closed. */
  readonly user: User | undefined;
  readonly onClose: () => void;
}

/** Shows the link by which a user sets the first password, and mails it on demand. */
export function ActivationDialog({ user, onClose }: Props) {
  return (
    <Modal opened={user !== undefined} onClose={onClose} title={<Text fw={600}>Activation link</Text>}>
      {user !== undefined && <Link user={user} onClose={onClose} />}
    </Modal>
  );
}

function Link({ user, onClose }: { user: User; onClose: () => void }) {
  const link = useQuery({ ...administration.activationLink(user.id.id), refetchOnMount: 'always' });
  const mailing = useMutation({
    mutationFn: () => userApi.mailActivationLink(user.email),
    onSuccess: () => {
      confirmDone(`The link is on its way to ${user.email}.`);
      onClose();
    },
  });
  // The only refusal for a user that can be seen at all.
  const isActivated = hasStatus(link.error, 400);
  return (
    <Stack>
      {isActivated ? (
        <Text>{user.email} has set a password already, and signs in with that. A lost one is replaced with “Forgot password?”.</Text>
      ) : link.isError ? (
        <Refusal text={messageOf(link.error)} />
      ) : (
        <>
          <Text>
            Pass this link on to {user.email}. It leads to a page that asks for a first password
            {link.data === undefined ? '.' : `, and works for ${lifeText(link.data.ttlMs)}.`}
          </Text>
          {link.data === undefined ? <Skeleton height={60} /> : <CopyBlock label="Activation link" text={link.data.value} />}
          {mailing.isError && <Refusal text={messageOf(mailing.error)} />}
        </>
      )}
      <Group justify="flex-end" gap="xs">
        {!isActivated && (
          <Button variant="default" leftSection={<IconMail size={16} />} loading={mailing.isPending} onClick={() => mailing.mutate()}>
            Send by mail
          </Button>
        )}
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}

function lifeText(ttlMs: number): string {
  const hours = Math.max(1, Math.round(ttlMs / 3_600_000));
  return hours === 1 ? 'an hour' : `${hours} hours`;
}
