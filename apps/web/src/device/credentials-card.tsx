import { ActionIcon, Group, Skeleton, Text, Tooltip } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../api/failures.js';
import { queries } from '../api/queries.js';
import { Card } from '../ui/card.js';
import { CopyButton } from '../ui/copy-button.js';

const typeNames = {
  ACCESS_TOKEN: 'Access token',
  MQTT_BASIC: 'MQTT user name and password',
  X509_CERTIFICATE: 'X.509 certificate',
  LWM2M_CREDENTIALS: 'LwM2M credentials',
} as const;

/** How the device proves who it is. The secret stays covered until it is asked for. */
export function CredentialsCard({ deviceId }: { deviceId: string }) {
  const credentials = useQuery(queries.deviceCredentials(deviceId));
  const [isShown, setIsShown] = useState(false);
  const secret = credentials.data?.credentialsId ?? '';
  return (
    <Card title="Credentials">
      <div style={{ padding: '12px 16px' }}>
        {credentials.isPending && <Skeleton height={24} width={260} />}
        {credentials.isError && (
          <Text size="sm" c="red" role="alert">
            {messageOf(credentials.error)}
          </Text>
        )}
        {credentials.data !== undefined && (
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {typeNames[credentials.data.credentialsType]}
            </Text>
            <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {isShown ? secret : '•'.repeat(Math.min(20, secret.length))}
            </Text>
            <Tooltip label={isShown ? 'Hide' : 'Show'}>
              <ActionIcon aria-label={isShown ? 'Hide the secret' : 'Show the secret'} onClick={() => setIsShown(!isShown)}>
                {isShown ? <IconEyeOff size={16} /> : <IconEye size={16} />}
              </ActionIcon>
            </Tooltip>
            <CopyButton text={secret} label="Copy the secret" />
          </Group>
        )}
      </div>
    </Card>
  );
}
