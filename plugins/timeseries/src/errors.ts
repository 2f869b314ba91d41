import { defineErrors } from '@fieldline/plugin-sdk';

export const saveErrors = defineErrors('SAVE', {
  MESSAGE_TYPE_UNSUPPORTED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { type: string }) => `Unsupported msg type: ${d.type}`,
    remedy: 'Lead only messages of the right type here, or set the type in a script before this node.',
  },
  BODY_EMPTY: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { text: string }) => `Msg body is empty: ${d.text}`,
    remedy: 'Send at least one key, or filter empty messages out before this node.',
  },
  TTL_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { ttl: string }) => `The metadata TTL is "${d.ttl}", which is no number of seconds.`,
    remedy: 'Write a whole number of seconds to the metadata key TTL, or leave it out.',
  },
  SCOPE_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { scope: string }) => `The metadata scope is "${d.scope}", which is no attribute scope.`,
    remedy: 'Use CLIENT_SCOPE, SHARED_SCOPE or SERVER_SCOPE, or leave the metadata key out.',
  },
});
