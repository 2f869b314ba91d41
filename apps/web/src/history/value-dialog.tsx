import { Modal, Text } from '@mantine/core';
import { useState } from 'react';
import type { Reading } from '../api/telemetry-api.js';
import { CopyBlock } from '../ui/copy-block.js';
import { exactTime } from '../ui/times.js';

interface Props {
  readonly name: string;
  /** Undefined while it is closed. */
  readonly reading: Reading | undefined;
  readonly onClose: () => void;
}

/** One value as a whole, JSON in lines. */
export function ValueDialog({ name, reading, onClose }: Props) {
  // What was shown stays while the dialog fades out.
  const [last, setLast] = useState(reading);
  if (reading !== undefined && reading !== last) setLast(reading);
  return (
    <Modal
      size="lg"
      opened={reading !== undefined}
      onClose={onClose}
      title={
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
      }
    >
      {last !== undefined && (
        <>
          <Text size="sm" c="dimmed" mb="xs">
            {exactTime(last.ts).text}
          </Text>
          <CopyBlock label={`Value of ${name}`} text={inLines(last.value)} />
        </>
      )}
    </Modal>
  );
}

function inLines(value: string): string {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
