import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { Deploy } from './use-deploy.js';

/** Somebody else deployed since this draft was begun: whose work shall run is for the person to decide. */
export function ConflictDialog({ deploy }: { deploy: Deploy }) {
  return (
    <Modal opened={deploy.hasConflict} onClose={deploy.closeConflict} title={<Text fw={600}>A newer version is deployed</Text>}>
      <Stack>
        <Text size="md">
          Somebody deployed this chain after you opened it. Nothing of yours is lost: your draft stays here until you decide. To keep both, copy your
          nodes with Ctrl+A and Ctrl+C, load the newer version, and paste.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={deploy.closeConflict} data-autofocus>
            Keep editing
          </Button>
          <Button variant="default" loading={deploy.isReloading} onClick={deploy.reload}>
            Load theirs, drop mine
          </Button>
          <Button color="red" loading={deploy.isDeploying} onClick={deploy.overwrite}>
            Overwrite theirs
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
