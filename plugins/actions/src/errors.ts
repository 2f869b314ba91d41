import { defineErrors } from '@fieldline/plugin-sdk';

export const actionErrors = defineErrors('ACTION', {
  GENERATOR_ORIGINATOR_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { originatorType: string }) => `The generator makes messages about an entity of type ${d.originatorType}, but does not say which.`,
    remedy: 'Choose the originator in the settings of the node, or let the rule node itself be it.',
  },
  GENERATOR_ORIGINATOR_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { originatorType: string; id: string }) => `There is no ${d.originatorType} ${d.id} for the generator to make messages about.`,
    remedy: 'Choose the originator anew: a chain that was imported names one of the place it came from.',
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
    message: (d: { field: 'method' | 'params' }) =>
      d.field === 'method' ? 'Method is not present in the message!' : 'Params are not present in the message!',
    remedy: 'Send a body such as {"method": "setValue", "params": {}}.',
  },
  RPC_REPLY_INCOMPLETE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { missing: string; key: string }) => `${d.missing} is not present in the metadata! It is looked for under "${d.key}".`,
    remedy: 'Lead only requests of devices here (TO_SERVER_RPC_REQUEST), and keep their metadata on the way.',
  },
  RPC_REQUEST_ID_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { id: string }) => `"${d.id}" is no request id: it must be a whole number.`,
    remedy: 'Keep the metadata of the request of the device as it is.',
  },
  RPC_REPLY_EMPTY: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Request body is empty!',
    remedy: 'Make the answer the body of the message before this node, {} for none.',
  },
  DELAY_FULL: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { limit: number }) => `Max limit of pending messages reached! ${d.limit} wait already.`,
    remedy: 'Raise the limit of the node, shorten its period, or lead fewer messages here.',
  },
  DELAY_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { pattern: string; period: string }) =>
      `Can't parse period in seconds from metadata using pattern: ${d.pattern}. It gives "${d.period}".`,
    remedy: 'Let the metadata hold a whole number of seconds, or switch the pattern off.',
  },
  ORIGINATOR_NOT_ASSIGNABLE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { entityType: string }) =>
      `Unsupported originator type '${d.entityType}'! Only 'ASSET', 'DEVICE', 'ENTITY_VIEW', 'DASHBOARD', 'EDGE' types are allowed.`,
    remedy: 'Lead only messages about such entities here, or change the originator before this node.',
  },
  CUSTOMER_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { title: string }) => `Customer with title '${d.title}' doesn't exist!`,
    remedy: 'Create the customer, let the node create it, or correct the pattern.',
  },
  RELATED_TYPE_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Entity type of the related entity is not specified.',
    remedy: 'Choose it in the settings of the node.',
  },
  RELATED_NOT_FOUND: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { label: string; name: string }) => `${d.label} with name '${d.name}' doesn't exist!`,
    remedy: 'Create the entity, let the node create it where it can, or correct the name pattern.',
  },
  MESSAGE_TYPE_UNSUPPORTED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { type: string }) => `Unsupported msg type: ${d.type}`,
    remedy: 'Lead only messages of the types here that the node is made for; its documentation names them.',
  },
  METADATA_EMPTY: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Message metadata is empty',
    remedy: 'Keep the metadata of the message on its way here.',
  },
  SCOPE_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Attribute scope is missing',
    remedy: 'Write CLIENT_SCOPE, SHARED_SCOPE or SERVER_SCOPE to the metadata key scope.',
  },
  SCOPE_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { scope: string }) => `Invalid attribute scope: ${d.scope}`,
    remedy: 'Write CLIENT_SCOPE, SHARED_SCOPE or SERVER_SCOPE to the metadata key scope.',
  },
  BODY_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string }) => `The body of the message cannot be used: ${d.reason}.`,
    remedy: 'Look at the node before this one, or at the device: the documentation of the node says which form it takes.',
  },
  STATE_ORIGINATOR_UNSUPPORTED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { entityType: string }) => `Unsupported originator entity type: [${d.entityType}]. Only DEVICE entity type is supported.`,
    remedy: 'Lead only messages of devices here, or change the originator before this node.',
  },
});
