import { Badge } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import type { Customer } from '../api/customer-api.js';

/** Marks the customer whose things anybody may see who has the link. */
export function PublicBadge() {
  return (
    <Badge variant="light" color="gray" size="sm" leftSection={<IconWorld size={12} aria-hidden />} tt="none">
      Public
    </Badge>
  );
}

export function isPublic(customer: Customer): boolean {
  return customer.additionalInfo?.['isPublic'] === true;
}
