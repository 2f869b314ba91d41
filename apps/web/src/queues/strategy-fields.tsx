import { NumberInput, Select, SimpleGrid } from '@mantine/core';
import type { Queue } from '../api/engine-api.js';
import type { QueueFieldsProps } from './queue-dialog.js';
import { queueBounds } from './queue-form.js';
import { neverRetries, processingChoices, submitChoices } from './queue-words.js';

const whole = { allowDecimal: false, allowNegative: false, thousandSeparator: ',', clampBehavior: 'blur' } as const;

/** Which messages wait for which. */
export function SubmitFields({ parts, errors, onChange }: QueueFieldsProps) {
  const { submitStrategy } = parts;
  return (
    <>
      <Select
        label="Messages run"
        description={submitChoices.find(({ value }) => value === submitStrategy.type)?.hint}
        allowDeselect={false}
        data={submitChoices.map(({ value, label }) => ({ value, label }))}
        value={submitStrategy.type}
        onChange={(type) => type !== null && onChange({ submitStrategy: { ...submitStrategy, type } })}
      />
      {submitStrategy.type === 'BATCH' && (
        <NumberInput
          label="How many at a time"
          {...whole}
          min={1}
          max={queueBounds.batchSize}
          value={submitStrategy.batchSize}
          error={errors.batchSize}
          onChange={(value) => onChange({ submitStrategy: { ...submitStrategy, batchSize: Number(value) || 0 } })}
        />
      )}
    </>
  );
}

/** What is retried, how often and after which pauses. */
export function ProcessingFields(fields: QueueFieldsProps) {
  const { processingStrategy } = fields.parts;
  return (
    <>
      <Select
        label="What runs again"
        description={processingChoices.find(({ value }) => value === processingStrategy.type)?.hint}
        allowDeselect={false}
        data={processingChoices.map(({ value, label }) => ({ value, label }))}
        value={processingStrategy.type}
        onChange={(type) => type !== null && fields.onChange({ processingStrategy: { ...processingStrategy, type } })}
      />
      {!neverRetries(processingStrategy.type) && <RetryFields {...fields} />}
    </>
  );
}

function RetryFields({ parts: { processingStrategy }, errors, onChange }: QueueFieldsProps) {
  const change = (changes: Partial<Queue['processingStrategy']>) => onChange({ processingStrategy: { ...processingStrategy, ...changes } });
  const { retries, failurePercentage, pauseBetweenRetries, maxPauseBetweenRetries } = processingStrategy;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NumberInput
        label="Retries"
        description={
          retries === 0
            ? 'Without end: later messages of the partition wait until it succeeds.'
            : 'What fails after them becomes a dead letter. 0 is without end.'
        }
        {...whole}
        min={0}
        max={queueBounds.retries}
        value={retries}
        onChange={(value) => change({ retries: Number(value) || 0 })}
      />
      <NumberInput
        label="Largest share that may fail"
        description="From 0 to 1: where more of a pack fails, nothing is retried. 0 is no bound."
        allowNegative={false}
        clampBehavior="blur"
        step={0.05}
        min={0}
        max={queueBounds.share}
        value={failurePercentage}
        onChange={(value) => change({ failurePercentage: Number(value) || 0 })}
      />
      <NumberInput
        label="First pause"
        description="Before the first retry."
        suffix=" s"
        {...whole}
        min={0}
        max={queueBounds.pauseSeconds}
        value={pauseBetweenRetries}
        onChange={(value) => change({ pauseBetweenRetries: Number(value) || 0 })}
      />
      <NumberInput
        label="Longest pause"
        description="Pauses double up to this."
        suffix=" s"
        {...whole}
        min={0}
        max={queueBounds.pauseSeconds}
        value={maxPauseBetweenRetries}
        error={errors.longestPause}
        onChange={(value) => change({ maxPauseBetweenRetries: Number(value) || 0 })}
      />
    </SimpleGrid>
  );
}
