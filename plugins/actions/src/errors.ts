import { defineErrors } from '@fieldline/plugin-sdk';

export const actionErrors = defineErrors('ACTION', {
  GENERATOR_ORIGINATOR_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { originatorType: string }) => `The generator makes messages about an entity of type ${d.originatorType}, but does not say which.`,
    remedy: 'Choose the originator in the settings of the node, or let the rule node itself be it.',
  },
  ORIGINATOR_NOT_DEVICE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { entityType: string }) => `Message originator is not a device entity! It is of type ${d.entityType}.`,
    remedy: 'Lead only messages of devices here, or change the originator before this node.',
  },
  RPC_FIELD_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { field: string }) => `${d.field} is not present in the message!`,
    remedy: 'Send a body such as {"method": "setValue", "params": {}}.',
  },
  REST_CALL_UNKNOWN: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { what: string }) => `${d.what} is not present in the metadata!`,
    remedy: 'Lead only messages here that a call of /api/rule-engine sent, with their metadata, or name the right metadata keys in the settings.',
  },
  REST_REPLY_EMPTY: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Request body is empty!',
    remedy: 'Give the message a body before this node: it becomes the answer of the call.',
  },
});
