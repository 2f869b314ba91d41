import { defineErrors } from '@fieldline/plugin-sdk';

export const restErrors = defineErrors('REST_NODE', {
  STATUS: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { status: number; reason: string }) => `The HTTP service answered ${d.status} ${d.reason}`.trimEnd() + '.',
    remedy: 'Look at the metadata error_body for what the service says, and at its settings in the node.',
  },
  HEADER_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { name: string }) => `The header "${d.name}" cannot be sent: its name or value has characters that a header may not have.`,
    remedy: 'Look whether the message puts line breaks or control characters into the header.',
  },
  BODY_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'The body of the message is not JSON.',
    remedy: 'Look at the node before this one, or send the body as plain text.',
  },
  TEMPLATE_NOT_JSON: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string }) => `The request body template does not give JSON for this message: ${d.reason}`,
    remedy: 'Put quotes around placeholders that are texts, and look whether the message has all that the template names.',
  },
  PROXY_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'The proxy is enabled, but its host or port is missing.',
    remedy: 'Name host and port of the proxy, use those of the system, or turn the proxy off.',
  },
  REPLY_INCOMPLETE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { what: string }) => d.what,
    remedy: 'Lead only messages here that a REST call brought in, and keep their metadata.',
  },
});
