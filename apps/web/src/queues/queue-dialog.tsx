import { NumberInput, SimpleGrid, TextInput, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Queue, type QueueOwner, type QueueParts, queueApi } from '../api/engine-api.js';
import { DialogForm, FormDialog } from '../ui/form-dialog.js';
import { type QueueErrors, partsOf, partsToSend, queueBounds, queueErrorsOf } from './queue-form.js';
import { ProcessingFields, SubmitFields } from './strategy-fields.js';

/** What the dialog is for: a queue that is changed, one that takes the place of another, or a new one. */
export interface QueueTask {
  readonly kind: 'add' | 'edit' | 'replace';
  /** The one that is changed or replaced. */
  readonly queue?: Queue;
}

interface Props {
  /** Absent while the dialog is closed. */
  readonly task: QueueTask | undefined;
  readonly owner: QueueOwner;
  readonly onClose: () => void;
  readonly onSaved: (queue: Queue) => void;
}

/** Creates a queue, or changes how one works. */
export function QueueDialog({ task, ...props }: Props) {
  const name = task?.queue?.name ?? '';
  const title = task?.kind === 'edit' ? `Edit ${name}` : task?.kind === 'replace' ? `Own settings of ${name}` : 'Add queue';
  return (
    <FormDialog title={title} isOpen={task !== undefined} onClose={props.onClose}>
      {task !== undefined && <QueueForm task={task} {...props} />}
    </FormDialog>
  );
}

function QueueForm({ task: { kind, queue }, owner, onClose, onSaved }: Omit<Props, 'task'> & { task: QueueTask }) {
  const [parts, setParts] = useState(() => partsOf(queue));
  const [isTried, setIsTried] = useState(false);
  const errors = queueErrorsOf(parts);
  const change = (changes: Partial<QueueParts>) => setParts({ ...parts, ...changes });
  const saving = useMutation({
    mutationFn: () => queueApi.save(owner, kind === 'edit' ? queue : undefined, partsToSend(parts)),
    onSuccess: onSaved,
  });
  const submit = () => {
    setIsTried(true);
    if (Object.keys(errors).length === 0) saving.mutate();
  };
  const fields = { parts, errors: isTried ? errors : {}, onChange: change };
  return (
    <DialogForm action={kind === 'edit' ? 'Save' : 'Add queue'} saving={saving} onSubmit={submit} onClose={onClose}>
      <NameFields {...fields} isNameFixed={kind !== 'add'} />
      <SubmitFields {...fields} />
      <ProcessingFields {...fields} />
      <PackFields {...fields} />
    </DialogForm>
  );
}

export interface QueueFieldsProps {
  readonly parts: QueueParts;
  readonly errors: QueueErrors;
  readonly onChange: (changes: Partial<QueueParts>) => void;
}

function NameFields({ parts, errors, onChange, isNameFixed }: QueueFieldsProps & { isNameFixed: boolean }) {
  return (
    <>
      <TextInput
        label="Name"
        description={isNameFixed ? 'The name of a queue never changes.' : 'Device profiles and rule nodes name the queue by it. It never changes.'}
        withAsterisk={!isNameFixed}
        readOnly={isNameFixed}
        {...(isNameFixed ? {} : { 'data-autofocus': true })}
        maxLength={queueBounds.name}
        value={parts.name}
        error={errors.name}
        onChange={(event) => onChange({ name: event.currentTarget.value.trim() })}
      />
      <Textarea
        label="Description"
        autosize
        minRows={1}
        maxRows={4}
        maxLength={1_024}
        value={parts.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
    </>
  );
}

function PackFields({ parts, onChange }: QueueFieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NumberInput
        label="Time limit of a pack"
        description="Messages that are not done then are late."
        suffix=" ms"
        min={1}
        max={queueBounds.timeoutMs}
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator=","
        clampBehavior="blur"
        value={parts.packProcessingTimeout ?? ''}
        onChange={(value) => onChange({ packProcessingTimeout: Number(value) || 1 })}
      />
      <NumberInput
        label="Partitions"
        description="Packs run side by side in each. All messages of an entity are in one."
        min={1}
        max={queueBounds.partitions}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="blur"
        value={parts.consumerPerPartition === false ? 1 : (parts.partitions ?? 1)}
        onChange={(value) => onChange({ partitions: Number(value) || 1, consumerPerPartition: true })}
      />
    </SimpleGrid>
  );
}
