import { defineErrors } from '@fieldline/kernel';

/** What filling a template can meet. */
export const templateErrors = defineErrors('TEMPLATE', {
  BODY_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { template: string }) => `Failed to process pattern! "${d.template}" looks into the message, whose body is not JSON.`,
    remedy: 'Look at the node before this one, or at the device: the body of a message must be JSON.',
  },
});
