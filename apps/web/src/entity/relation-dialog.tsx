import { Autocomplete, SegmentedControl, Select, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { entityApi } from '../api/entity-api.js';
import { useMay } from '../api/signed-in.js';
import type { EntityRef } from '../api/wire.js';
import { type ChosenKind, chosenKinds } from '../entities/chosen-kinds.js';
import { EntitySelect } from '../entities/entity-select.js';
import { DialogForm, FormDialog } from '../ui/form-dialog.js';
import { nounOf } from './named-entity.js';

interface Props {
  readonly entity: EntityRef;
  readonly name: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Adds a relation from or to an entity. */
export function RelationDialog({ isOpen, ...props }: Props) {
  return (
    <FormDialog title="Add relation" isOpen={isOpen} onClose={props.onClose}>
      <RelationForm {...props} />
    </FormDialog>
  );
}

const kindsOfCustomers: readonly ChosenKind[] = ['DEVICE', 'ASSET'];

function RelationForm({ entity, name, onClose, onSaved }: Omit<Props, 'isOpen'>) {
  const { administer } = useMay();
  const [direction, setDirection] = useState('from');
  const [type, setType] = useState('Contains');
  const [kind, setKind] = useState<ChosenKind>('ASSET');
  const [otherId, setOtherId] = useState<string | null>(null);
  const [isTried, setIsTried] = useState(false);
  const typeError = type.trim() === '' ? 'A relation needs a type.' : undefined;
  const otherError = otherId === null ? 'Choose what it relates to.' : undefined;
  const saving = useMutation({
    mutationFn: () => {
      const other: EntityRef = { entityType: kind, id: otherId ?? '' };
      return entityApi.saveRelation({ ...(direction === 'from' ? { from: entity, to: other } : { from: other, to: entity }), type: type.trim() });
    },
    onSuccess: onSaved,
  });
  const submit = () => {
    setIsTried(true);
    if (typeError === undefined && otherError === undefined) saving.mutate();
  };
  const kinds = (Object.keys(chosenKinds) as ChosenKind[]).filter((known) => administer || kindsOfCustomers.includes(known));
  return (
    <DialogForm action="Add relation" saving={saving} onSubmit={submit} onClose={onClose}>
      <SegmentedControl
        aria-label="Direction"
        data={[
          { value: 'from', label: `From this ${nounOf(entity)}` },
          { value: 'to', label: `To this ${nounOf(entity)}` },
        ]}
        value={direction}
        onChange={setDirection}
      />
      <Autocomplete
        label="Type"
        description="Contains and Manages are usual; any other word does, too."
        data={['Contains', 'Manages']}
        maxLength={255}
        value={type}
        error={isTried && typeError}
        onChange={setType}
      />
      <Select
        label="Kind"
        data={kinds.map((value) => ({ value, label: chosenKinds[value] }))}
        allowDeselect={false}
        value={kind}
        onChange={(next) => {
          setKind(kinds.find((known) => known === next) ?? kind);
          setOtherId(null);
        }}
      />
      <EntitySelect
        key={kind}
        kind={kind}
        label={chosenKinds[kind]}
        placeholder="Search by name"
        isRequired
        value={otherId}
        onChange={setOtherId}
        error={isTried ? otherError : undefined}
      />
      <Text size="sm" c="dimmed">
        {direction === 'from'
          ? `${name} → ${type} → the ${chosenKinds[kind].toLowerCase()}`
          : `The ${chosenKinds[kind].toLowerCase()} → ${type} → ${name}`}
      </Text>
    </DialogForm>
  );
}
