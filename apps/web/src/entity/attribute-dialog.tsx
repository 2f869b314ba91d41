import { SegmentedControl, Select, TextInput, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { entityApi } from '../api/entity-api.js';
import type { AttributeEntry, AttributeScope, EntityRef } from '../api/wire.js';
import { DialogForm, FormDialog } from '../ui/form-dialog.js';
import { type AttributeKind, attributeKinds, kindOf, readAttribute } from './attribute-value.js';
import { textOf } from './value-kind.js';

interface Props {
  readonly entity: EntityRef;
  readonly scope: AttributeScope;
  /** The attribute to change; `new` for one that is added, absent while the dialog is closed. */
  readonly attribute: AttributeEntry | 'new' | undefined;
  readonly onClose: () => void;
  readonly onSaved: (key: string) => void;
}

/** Adds an attribute, or changes its value. */
export function AttributeDialog({ attribute, ...props }: Props) {
  const stored = attribute === 'new' ? undefined : attribute;
  const scopeName = props.scope === 'SHARED_SCOPE' ? 'shared' : 'server';
  return (
    <FormDialog
      title={stored === undefined ? `Add ${scopeName} attribute` : `Edit ${stored.key}`}
      isOpen={attribute !== undefined}
      onClose={props.onClose}
    >
      <AttributeForm stored={stored} {...props} />
    </FormDialog>
  );
}

function AttributeForm({ entity, scope, stored, onClose, onSaved }: Omit<Props, 'attribute'> & { stored: AttributeEntry | undefined }) {
  const [key, setKey] = useState(stored?.key ?? '');
  const [kind, setKind] = useState<AttributeKind>(stored === undefined ? 'text' : kindOf(stored.value));
  const [text, setText] = useState(stored === undefined ? '' : textOf(stored.value));
  const [isTried, setIsTried] = useState(false);
  const keyError = key.trim() === '' ? 'An attribute needs a key.' : undefined;
  const read = readAttribute(kind, text);
  const saving = useMutation({
    mutationFn: async () => {
      if ('value' in read) await entityApi.saveAttribute(entity, scope, key.trim(), read.value);
    },
    onSuccess: () => onSaved(key.trim()),
  });
  const submit = () => {
    setIsTried(true);
    if (keyError === undefined && 'value' in read) saving.mutate();
  };
  const error = isTried && 'fault' in read ? read.fault : undefined;
  const write = (event: { currentTarget: { value: string } }) => setText(event.currentTarget.value);
  return (
    <DialogForm action={stored === undefined ? 'Add attribute' : 'Save'} saving={saving} onSubmit={submit} onClose={onClose}>
      {stored === undefined && (
        <TextInput
          label="Key"
          withAsterisk
          data-autofocus
          maxLength={255}
          value={key}
          error={isTried && keyError}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
      )}
      <SegmentedControl aria-label="Type of the value" data={[...attributeKinds]} value={kind} onChange={(next) => setKind(next)} />
      {kind === 'boolean' ? (
        <Select
          label="Value"
          allowDeselect={false}
          data={[
            { value: 'true', label: 'true' },
            { value: 'false', label: 'false' },
          ]}
          value={text === 'true' ? 'true' : 'false'}
          onChange={(next) => setText(next ?? 'false')}
        />
      ) : kind === 'json' ? (
        <Textarea
          label="Value"
          autosize
          minRows={4}
          maxRows={12}
          maxLength={100_000}
          styles={{ input: { fontFamily: 'var(--fl-mono)' } }}
          value={text}
          error={error}
          onChange={write}
        />
      ) : (
        <TextInput
          label="Value"
          maxLength={10_000}
          value={text}
          error={error}
          onChange={write}
          {...(stored === undefined ? {} : { 'data-autofocus': true })}
          {...(kind === 'number' ? { inputMode: 'decimal' as const } : {})}
        />
      )}
    </DialogForm>
  );
}
