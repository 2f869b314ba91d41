import { defineErrors } from '@fieldline/kernel';

const invalid = { kind: 'invalid-input', retry: 'never' } as const;

/** Errors of claiming. Which of its reasons made a claim fail is not told: it would help those who guess. */
export const claimErrors = defineErrors('DIRECTORY', {
  CLAIM_FAILED: {
    ...invalid,
    message: 'The device does not wait to be claimed, or the secret key is wrong.',
    remedy: 'Let the device send its claim once more, and enter the key that it sends.',
  },
  DEVICE_CLAIMED: { ...invalid, message: 'The device belongs to a customer already.', remedy: 'Ask the customer who has it to give it back.' },
});
