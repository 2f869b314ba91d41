import { Button, Modal, Stack, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import type { EntityRef } from '../api/wire.js';
import { CopyBlock } from '../ui/copy-block.js';
import { nounOf } from './named-entity.js';

/** How readings get to an entity that sends none itself. */
export function HowToSend({ entity }: { entity: EntityRef }) {
  const [isOpen, setIsOpen] = useState(false);
  const noun = nounOf(entity);
  return (
    <>
      <Button leftSection={<IconSend size={16} />} onClick={() => setIsOpen(true)}>
        How to send readings
      </Button>
      <Modal size="lg" opened={isOpen} onClose={() => setIsOpen(false)} title={<Text fw={600}>Send readings of this {noun}</Text>}>
        <Stack gap="md">
          <Text size="sm">
            <b>From a rule chain.</b> The node “Change originator” turns a message of a device into one about this {noun}; “Save time series” after it
            stores here what the message holds.
          </Text>
          <Text size="sm">
            <b>From a program.</b> Put an API key of your account into this request:
          </Text>
          <CopyBlock label="Request that sends a reading" text={sendCommand(location.origin, entity)} />
        </Stack>
      </Modal>
    </>
  );
}

/** A command that sends a reading of an entity, ready to be pasted into a shell. */
export function sendCommand(origin: string, { entityType, id }: EntityRef): string {
  return [
    `curl ${origin}/api/plugins/telemetry/${entityType}/${id}/timeseries/ANY \\`,
    `  -H 'X-Authorization: ApiKey YOUR_KEY' -H 'Content-Type: application/json' \\`,
    `  -d '{"temperature":21.5}'`,
  ].join('\n');
}
