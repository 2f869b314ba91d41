import { Badge } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';

/** Says that a message failed for good on its way. */
export function FailedBadge() {
  return (
    <Badge variant="light" color="red" size="sm" tt="none" leftSection={<IconAlertOctagon size={12} aria-hidden />}>
      Failed
    </Badge>
  );
}
