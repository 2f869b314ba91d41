import { Box, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.js';
import { Card } from '../ui/card.js';
import { CopyBlock } from '../ui/copy-block.js';
import { LoadFailure } from '../ui/load-failure.js';

/** Whether the broker listens, and where; what to do where it does not. */
export function ListenerCard() {
  const endpoints = useQuery(queries.endpoints());
  return (
    <Card title="Listener">
      {endpoints.isError && endpoints.data === undefined ? (
        <LoadFailure error={endpoints.error} what="The listener" onRetry={() => void endpoints.refetch()} />
      ) : endpoints.data === undefined ? (
        <Box p="md">
          <Skeleton height={48} />
        </Box>
      ) : endpoints.data.broker === null ? (
        <Off />
      ) : (
        <On host={endpoints.data.host} port={endpoints.data.broker} />
      )}
    </Card>
  );
}

function Off() {
  return (
    <Stack p="md" gap="sm">
      <Group gap="xs">
        <IconPlugConnectedX size={18} color="var(--fl-text-dim)" aria-hidden />
        <Text fw={550}>Off</Text>
      </Group>
      <Text size="sm">
        Nobody can connect, and no topic becomes a reading. Mappings can be prepared below; they begin with the listener. Devices that send on the
        fixed topics of the device endpoint need no broker.
      </Text>
      <Text size="sm" c="dimmed">
        Whoever runs the server turns it on with a port:
      </Text>
      <CopyBlock label="Setting" text="FIELDLINE_BROKER_PORT=1884" />
    </Stack>
  );
}

function On({ host, port }: { host: string; port: number }) {
  return (
    <Stack p="md" gap="sm">
      <Group gap="xs">
        <IconPlugConnected size={18} color="var(--fl-ok)" aria-hidden />
        <Text fw={550}>
          On, at{' '}
          <span className="fl-mono">
            {host}:{port}
          </span>
        </Text>
      </Group>
      <Text size="sm">
        Devices sign in with their access token as user name, programs with the user name <code>apikey</code> and an API key of an administrator as
        password. All see all topics of your organisation, and none of others.
      </Text>
      <CopyBlock label="Subscribe" text={`mosquitto_sub -h ${host} -p ${port} -u DEVICE_TOKEN -t '#' -v`} />
    </Stack>
  );
}
