import type { Queue } from '../api/engine-api.js';

type SubmitType = Queue['submitStrategy']['type'];
type ProcessingType = Queue['processingStrategy']['type'];

interface Words {
  /** Short enough for a choice and for a table. */
  readonly label: string;
  readonly hint: string;
}

const submitWords: Readonly<Record<SubmitType, Words>> = {
  BURST: { label: 'All at once', hint: 'Every message of a pack begins at once. The fastest, and right for most.' },
  BATCH: {
    label: 'So many at a time',
    hint: 'The next ones begin when all of the last ones succeeded; behind one that fails they wait for its retry.',
  },
  SEQUENTIAL_BY_ORIGINATOR: {
    label: 'One after the other for each device',
    hint: 'The next message of a device or other entity begins when its last one succeeded. Different entities do not wait for each other.',
  },
  SEQUENTIAL_BY_TENANT: {
    label: 'One after the other for each tenant',
    hint: 'The next message of a tenant begins when its last one succeeded. Tenants do not wait for each other.',
  },
  SEQUENTIAL: { label: 'One after the other', hint: 'A message begins when the one before it in the pack succeeded. The slowest.' },
};

const processingWords: Readonly<Record<ProcessingType, Words>> = {
  SKIP_ALL_FAILURES: { label: 'Nothing', hint: 'What fails becomes a dead letter. Messages that take longer than a pack may run on to their end.' },
  SKIP_ALL_FAILURES_AND_TIMED_OUT: {
    label: 'Nothing, and late ones are stopped',
    hint: 'What fails becomes a dead letter, and so do messages that take longer than a pack may.',
  },
  RETRY_ALL: {
    label: 'The whole pack',
    hint: 'Where a message fails or is late, all of its pack run again, also those that succeeded: their effects happen twice.',
  },
  RETRY_FAILED: { label: 'What failed', hint: 'Late messages are stopped and not retried.' },
  RETRY_TIMED_OUT: { label: 'What was late', hint: 'Messages that failed become dead letters without a retry.' },
  RETRY_FAILED_AND_TIMED_OUT: { label: 'What failed or was late', hint: 'The others of the pack are done and do not run again.' },
};

const choicesOf = <T extends string>(
  words: Readonly<Record<T, Words>>,
): readonly { readonly value: T; readonly label: string; readonly hint: string }[] =>
  Object.entries<Words>(words).map(([value, text]) => ({ value: value as T, ...text }));

export const submitChoices = choicesOf(submitWords);
export const processingChoices = choicesOf(processingWords);

/** True where nothing is ever retried, so that the bounds of retries mean nothing. */
export function neverRetries(type: ProcessingType): boolean {
  return type === 'SKIP_ALL_FAILURES' || type === 'SKIP_ALL_FAILURES_AND_TIMED_OUT';
}

/** How messages begin, such as "100 at a time". */
export function submitText({ type, batchSize }: Queue['submitStrategy']): string {
  return type === 'BATCH' ? `${batchSize.toLocaleString('en')} at a time` : submitWords[type].label;
}

/** What becomes of messages that fail, in a sentence. */
export function processingText({
  type,
  retries,
  pauseBetweenRetries,
  maxPauseBetweenRetries,
  failurePercentage,
}: Queue['processingStrategy']): string {
  if (type === 'SKIP_ALL_FAILURES') return 'Failed messages become dead letters';
  if (type === 'SKIP_ALL_FAILURES_AND_TIMED_OUT') return 'Failed and late messages become dead letters';
  const often = retries === 0 ? 'until it succeeds' : retries === 1 ? 'once' : `up to ${retries.toLocaleString('en')} times`;
  const pause =
    maxPauseBetweenRetries > pauseBetweenRetries
      ? `every ${pauseBetweenRetries} s, later every ${maxPauseBetweenRetries} s`
      : pauseBetweenRetries === 0
        ? 'at once'
        : `every ${pauseBetweenRetries} s`;
  const bound =
    failurePercentage > 0 && failurePercentage < 1 ? `, unless more than ${Math.round(failurePercentage * 1_000) / 10} % of the pack fail` : '';
  return `${processingWords[type].label} ${type === 'RETRY_ALL' ? 'runs again' : 'is retried'} ${often}, ${pause}${bound}`;
}

/** The description that people gave a queue. */
export function queueDescription({ additionalInfo }: Queue): string {
  const description = additionalInfo?.['description'];
  return typeof description === 'string' ? description : '';
}
