import { defineErrors } from '@fieldline/plugin-sdk';

export const mailNodeErrors = defineErrors('MAIL_NODE', {
  TYPE_UNEXPECTED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { type: string }) => `Not expected msg type [${d.type}] for SendEmail Node`,
    remedy: 'Lead only messages of the node "to email" here.',
  },
  BODY_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { issues: string }) => `The body of the message is no mail: ${d.issues}.`,
    remedy: 'Make it with the node "to email".',
  },
  RECEIVER_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Email destination can not be blank',
    remedy: 'Let the "to" template of the node "to email" give an address; look whether the message has the metadata it names.',
  },
  RECEIVERS_TOO_MANY: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { count: number; limit: number }) => `The mail has ${d.count} receivers; it may have ${d.limit}.`,
    remedy: 'Send it to fewer, or to a mailing list.',
  },
  IMAGES_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'The metadata "images" is no JSON object of texts.',
    remedy: 'Give an object of data URIs by content id, or remove it.',
  },
});
