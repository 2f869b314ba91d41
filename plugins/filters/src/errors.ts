import { defineErrors } from '@fieldline/plugin-sdk';

export const filterErrors = defineErrors('FILTER', {
  BODY_NOT_OBJECT: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'The body of the message is not a JSON object, so it has no fields to look for.',
    remedy: 'Filter such messages out before this node, or look only for metadata.',
  },
});
