import { type Customer, customerApi } from '../api/customer-api.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { confirmDone } from '../ui/notify.js';

interface Props {
  readonly customer: Customer | undefined;
  readonly onClose: () => void;
  readonly onDeleted: () => unknown;
}

/** Asks before a customer is deleted, with its users. */
export function DeleteCustomerDialog({ customer, onClose, onDeleted }: Props) {
  return (
    <ConfirmDialog
      isOpen={customer !== undefined}
      title={`Delete ${customer?.title ?? ''}?`}
      action="Delete customer"
      onClose={onClose}
      onConfirm={async () => {
        if (customer === undefined) return;
        await customerApi.remove(customer.id.id);
        confirmDone(`${customer.title} was deleted.`);
        await onDeleted();
      }}
    >
      Its users are deleted and can no longer sign in. Its devices and assets stay, assigned to nobody. This cannot be undone.
    </ConfirmDialog>
  );
}
