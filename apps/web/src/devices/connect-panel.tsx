import { Alert, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { messageOf } from '../api/failures.js';
import { queries } from '../api/queries.js';
import { CopyBlock } from '../ui/copy-block.js';
import { type ConnectProtocol, connectProtocols } from './connect-commands.js';
import { KaaExtraction } from './kaa-extraction.js';
import { SendSample } from './send-sample.js';

interface Props {
  readonly deviceId: string;
  readonly deviceProfileId: string;
}

/** Everything needed to make a device send: commands with the real addresses and token, and a button that sends for it. */
export function ConnectPanel({ deviceId, deviceProfileId }: Props) {
  const endpoints = useQuery(queries.endpoints());
  const credentials = useQuery(queries.deviceCredentials(deviceId));
  const profile = useQuery(queries.deviceProfile(deviceProfileId));
  const error = endpoints.error ?? credentials.error ?? profile.error;
  if (error !== null) {
    return (
      <Alert color="red" role="alert" title="The connection details could not be loaded">
        {messageOf(error)}
      </Alert>
    );
  }
  if (endpoints.data === undefined || credentials.data === undefined || profile.data === undefined) return <Skeleton height={220} />;
  if (credentials.data.credentialsType !== 'ACCESS_TOKEN') {
    return (
      <Alert color="gray">
        This device signs in by {credentials.data.credentialsType.replaceAll('_', ' ').toLowerCase()}. Commands are shown for access tokens only.
      </Alert>
    );
  }
  const token = credentials.data.credentialsId;
  const protocols = connectProtocols({ endpoints: endpoints.data, token, appVersion: profile.data.kaaAppVersion });
  return (
    <Stack gap="lg">
      <SendSample deviceId={deviceId} token={token} />
      <div>
        <Text size="sm" c="dimmed" mb={6}>
          Or from a terminal. “Node only” needs nothing but Node.js and runs in Fieldline’s own folder.
        </Text>
        <Tabs defaultValue="mqtt" keepMounted={false}>
          <Tabs.List mb="sm">
            {protocols.map((protocol) => (
              <Tabs.Tab key={protocol.id} value={protocol.id}>
                {protocol.name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {protocols.map((protocol) => (
            <Tabs.Panel key={protocol.id} value={protocol.id}>
              <ProtocolCommands protocol={protocol} note={protocol.id === 'kaa' && <KaaExtraction profile={profile.data} />} />
            </Tabs.Panel>
          ))}
        </Tabs>
      </div>
    </Stack>
  );
}

function ProtocolCommands({ protocol, note }: { protocol: ConnectProtocol; note: ReactNode }) {
  if (!protocol.isAvailable) return <Alert color="gray">{protocol.reason}</Alert>;
  return (
    <Stack gap="sm">
      {note}
      {protocol.commands.map(({ title, command }) => (
        <div key={title}>
          <Text size="xs" fw={550} mb={4}>
            {title}
          </Text>
          <CopyBlock text={command} label={`${protocol.name} with ${title}`} />
        </div>
      ))}
    </Stack>
  );
}
