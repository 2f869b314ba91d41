import { Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { TopicMapping } from '../api/broker-api.js';
import { DialogForm, FormDialog } from '../ui/form-dialog.js';
import { DeviceFields, ValueFields } from './mapping-fields.js';
import { type MappingErrors, type MappingFields, fieldsOf, mappingBounds, mappingErrorsOf, mappingOf } from './mapping-form.js';
import { TryOut } from './try-out.js';

interface Props {
  /** The mapping to change; `new` for one that is added, absent while the dialog is closed. */
  readonly mapping: TopicMapping | 'new' | undefined;
  readonly onClose: () => void;
  readonly onSave: (mapping: TopicMapping) => Promise<unknown>;
}

/** Adds a topic mapping, or changes one, with a message to try it on. */
export function MappingDialog({ mapping, onClose, onSave }: Props) {
  const stored = mapping === 'new' ? undefined : mapping;
  return (
    <FormDialog isWide title={stored === undefined ? 'Add mapping' : `Edit ${stored.topicFilter}`} isOpen={mapping !== undefined} onClose={onClose}>
      <MappingForm stored={stored} onClose={onClose} onSave={onSave} />
    </FormDialog>
  );
}

export interface MappingFieldsProps {
  readonly fields: MappingFields;
  readonly errors: MappingErrors;
  readonly onChange: (changes: Partial<MappingFields>) => void;
}

function MappingForm({ stored, onClose, onSave }: Omit<Props, 'mapping'> & { stored: TopicMapping | undefined }) {
  const [fields, setFields] = useState(() => fieldsOf(stored));
  const [isTried, setIsTried] = useState(false);
  const errors = mappingErrorsOf(fields);
  const isRight = Object.keys(errors).length === 0;
  const saving = useMutation({ mutationFn: () => onSave(mappingOf(fields)) });
  const submit = () => {
    setIsTried(true);
    if (isRight) saving.mutate();
  };
  const props = { fields, errors: isTried ? errors : {}, onChange: (changes: Partial<MappingFields>) => setFields({ ...fields, ...changes }) };
  return (
    <DialogForm action={stored === undefined ? 'Add mapping' : 'Save'} saving={saving} onSubmit={submit} onClose={onClose}>
      <TextInput
        label="Topics"
        description="An MQTT filter: + stands for one level, # for all that follow."
        placeholder="plant/+/data"
        withAsterisk
        data-autofocus
        maxLength={mappingBounds.filter}
        styles={{ input: { fontFamily: 'var(--fl-mono)' } }}
        value={fields.topicFilter}
        error={props.errors.topicFilter}
        onChange={(event) => props.onChange({ topicFilter: event.currentTarget.value })}
      />
      <DeviceFields {...props} />
      <ValueFields {...props} />
      <Text component="h3" size="md" fw={600} m={0}>
        Try it
      </Text>
      <TryOut mappings={isRight ? [mappingOf(fields)] : []} />
    </DialogForm>
  );
}
