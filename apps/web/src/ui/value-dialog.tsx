import { Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { CopyBlock } from './copy-block.js';
import { exactTime } from './times.js';

export interface ShownValue {
  readonly name: string;
  readonly tsMs: number;
  readonly value: string;
}

interface Props {
  /** Undefined while it is closed. */
  readonly shown: ShownValue | undefined;
  readonly onClose: () => void;
}

/** One value as a whole, JSON in lines. */
export function ValueDialog({ shown, onClose }: Props) {
  // What was shown stays while the dialog fades out.
  const [last, setLast] = useState(shown);
  if (shown !== undefined && shown !== last) setLast(shown);
  return (
    <Modal
      size="lg"
      opened={shown !== undefined}
      onClose={onClose}
      title={
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {last?.name}
        </Text>
      }
    >
      {last !== undefined && (
        <>
          <Text size="sm" c="dimmed" mb="xs">
            {exactTime(last.tsMs).text}
          </Text>
          <CopyBlock label={`Value of ${last.name}`} text={inLines(last.value)} />
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
