import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** Errors of queues. */
export const queueEntityErrors = defineErrors('DIRECTORY', {
  QUEUE_NAME_TAKEN: { ...invalid, message: 'Queue with such name already exists!', remedy: 'Choose another name.' },
  QUEUE_NAME_FIXED: {
    ...invalid,
    message: "Queue name can't be changed!",
    remedy: 'Make a queue of the new name and let profiles and rule nodes name that one.',
  },
  QUEUE_IS_MAIN: {
    ...invalid,
    message: 'The queue Main of the system cannot be removed.',
    remedy: 'Change its strategies instead: messages that name no other queue go through it.',
  },
  QUEUES_TOO_MANY: {
    ...invalid,
    message: (d: { limit: number }) => `There are ${d.limit} queues already.`,
    remedy: 'Remove a queue that no profile and no rule node names.',
  },
});
