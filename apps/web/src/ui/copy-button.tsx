import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const clipboard = useClipboard({ timeout: 1_500 });
  return (
    <Tooltip label={clipboard.copied ? 'Copied' : label}>
      <ActionIcon aria-label={label} onClick={() => clipboard.copy(text)} size="md">
        {clipboard.copied ? <IconCheck size={16} color="var(--fl-ok)" /> : <IconCopy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
