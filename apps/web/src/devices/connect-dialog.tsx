import { Button, Group, Modal, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Device } from '../api/wire.js';
import { ConnectPanel } from './connect-panel.js';

/** Opens after a device was created: how to make it send. */
export function ConnectDialog({ device, onClose }: { device: Device | undefined; onClose: () => void }) {
  return (
    <Modal opened={device !== undefined} onClose={onClose} size="lg" title={<Text fw={600}>Connect {device?.name}</Text>}>
      {device !== undefined && (
        <>
          <ConnectPanel deviceId={device.id.id} deviceProfileId={device.deviceProfileId.id} />
          <Group justify="flex-end" gap="xs" mt="lg">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button component={Link} to={`/devices/${device.id.id}`}>
              Open device
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}
