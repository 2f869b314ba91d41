import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

/** Why a form was refused, above its fields. */
export function Refusal({ text }: { readonly text: string }) {
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="alert" p="sm">
      {text}
    </Alert>
  );
}
