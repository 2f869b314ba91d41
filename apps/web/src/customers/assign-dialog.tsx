import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { customerApi } from '../api/customer-api.js';
import { EntityMultiSelect } from '../entities/entity-select.js';
import { DialogForm, FormDialog } from '../ui/form-dialog.js';

const kinds = {
  DEVICE: { one: 'device', many: 'devices', assign: customerApi.assignDevice },
  ASSET: { one: 'asset', many: 'assets', assign: customerApi.assignAsset },
} as const;
export type AssignedKind = keyof typeof kinds;

interface Props {
  readonly kind: AssignedKind;
  readonly customerId: string;
  readonly customerTitle: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onAssigned: (text: string) => void;
}

/** Assigns devices or assets to a customer. */
export function AssignDialog({ isOpen, ...props }: Props) {
  return (
    <FormDialog title={`Assign ${kinds[props.kind].many} to ${props.customerTitle}`} isOpen={isOpen} onClose={props.onClose}>
      <AssignForm {...props} />
    </FormDialog>
  );
}

function AssignForm({ kind, customerId, customerTitle, onClose, onAssigned }: Omit<Props, 'isOpen'>) {
  const { one, many, assign } = kinds[kind];
  const [chosen, setChosen] = useState<string[]>([]);
  const [isTried, setIsTried] = useState(false);
  const saving = useMutation({
    mutationFn: async () => {
      // One after the other: what was assigned before one is refused stays assigned, and is taken off the list.
      for (const id of chosen) {
        await assign(customerId, id);
        setChosen((left) => left.filter((other) => other !== id));
      }
      return chosen.length;
    },
    onSuccess: (count) => onAssigned(`${count} ${count === 1 ? one : many} assigned to ${customerTitle}.`),
  });
  const submit = () => {
    setIsTried(true);
    if (chosen.length > 0) saving.mutate();
  };
  return (
    <DialogForm action="Assign" saving={saving} onSubmit={submit} onClose={onClose}>
      <EntityMultiSelect
        kind={kind}
        label={kind === 'DEVICE' ? 'Devices' : 'Assets'}
        placeholder="Search by name"
        value={chosen}
        onChange={setChosen}
        error={isTried && chosen.length === 0 ? `Choose at least one ${one}.` : undefined}
      />
      <Text size="sm" c="dimmed">
        Users of {customerTitle} can see and operate them from then on. What belongs to another customer moves over.
      </Text>
    </DialogForm>
  );
}
