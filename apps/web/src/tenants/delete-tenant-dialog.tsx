import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { type TenantInfo, tenantApi } from '../api/tenant-api.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { confirmDone } from '../ui/notify.js';

interface Props {
  readonly tenant: TenantInfo | undefined;
  readonly onClose: () => void;
  readonly onDeleted: () => unknown;
}

/** Asks for the name of a tenant before everything of it is deleted: nothing here does more harm. */
export function DeleteTenantDialog({ tenant, onClose, onDeleted }: Props) {
  const [typed, setTyped] = useState('');
  const close = () => {
    setTyped('');
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={tenant !== undefined}
      title={`Delete ${tenant?.title ?? ''}?`}
      action="Delete tenant"
      isReady={typed.trim() === tenant?.title.trim()}
      onClose={close}
      onConfirm={async () => {
        if (tenant === undefined) return;
        await tenantApi.remove(tenant.id.id);
        confirmDone(`${tenant.title} was deleted.`);
        await onDeleted();
      }}
    >
      Its devices, users, customers, rule chains and all data go with it. This cannot be undone.
      <TextInput mt="md" label={`Type ${tenant?.title ?? ''} to confirm`} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
    </ConfirmDialog>
  );
}
