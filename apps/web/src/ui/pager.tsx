import { ActionIcon, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';

interface Props {
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

/** Which part of a list is shown, and the way to the next part. Says nothing where all fits on one page. */
export function Pager({ page, pageSize, total, onPage }: Props) {
  if (total <= pageSize && page === 0) return null;
  const first = Math.min(total, page * pageSize + 1);
  const last = Math.min(total, (page + 1) * pageSize);
  return (
    <Group justify="flex-end" gap="xs" px="md" py={6} style={{ borderTop: '1px solid var(--fl-border)' }}>
      <Text size="xs" c="dimmed" className="fl-numeric" aria-live="polite">
        {first}–{last} of {total}
      </Text>
      <ActionIcon aria-label="Previous page" disabled={page === 0} onClick={() => onPage(page - 1)}>
        <IconChevronLeft size={18} />
      </ActionIcon>
      <ActionIcon aria-label="Next page" disabled={last >= total} onClick={() => onPage(page + 1)}>
        <IconChevronRight size={18} />
      </ActionIcon>
    </Group>
  );
}
