import { defineErrors } from '@fieldline/kernel';

/** Errors of calls that rule nodes make to other systems. */
export const outboundErrors = defineErrors('OUTBOUND', {
  REFUSED: {
    kind: 'forbidden',
    retry: 'never',
    message: (d: { target: string; address: string; range: string }) =>
      d.address === d.target
        ? `${d.target} is not a public address (${d.range}), and rule nodes may not reach it.`
        : `${d.target} is at ${d.address}, which is not a public address (${d.range}), and rule nodes may not reach it.`,
    remedy: (d: { target: string }) => `Where it is meant to be reached, add ${d.target} to FIELDLINE_OUTBOUND_ALLOW and restart the server.`,
  },
  URL_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string }) => `The address cannot be called: ${d.reason}.`,
    remedy: 'Write it like https://host/path. A user name belongs into the credentials of the rule node, not into the address.',
  },
  HEADER_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string }) => `The request cannot be made: ${d.reason}.`,
    remedy: 'Check the headers of the rule node, and the metadata and data that fill their templates.',
  },
  TLS_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string }) => `The certificates of the rule node cannot be used: ${d.reason}.`,
    remedy: 'Paste the certificates and the private key as PEM text, and give the password that the key has.',
  },
  HOST_UNKNOWN: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { host: string; reason: string }) => `No address is known for ${d.host}: ${d.reason}.`,
    remedy: 'Check the name, and the name server of the machine that Fieldline runs on.',
  },
  UNREACHABLE: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { target: string; reason: string }) => `${d.target} could not be called: ${d.reason}.`,
    remedy: 'Check that the service runs and that this machine reaches it; a proxy or firewall may be between them.',
  },
  TIMEOUT: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { target: string; timeoutMs: number }) => `${d.target} did not answer within ${d.timeoutMs} ms.`,
    remedy: 'Look why the service is slow, or give it more time in the settings of the rule node.',
  },
  ANSWER_TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { target: string; limit: number }) => `The answer of ${d.target} has more than ${d.limit} bytes.`,
    remedy: 'Ask the service for less, or raise the buffer size in the settings of the rule node.',
  },
  BUSY: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { limit: number }) => `${d.limit} calls to other systems are under way; more are not made.`,
    remedy: 'Look which service is slow, and lower the timeout and number of parallel requests of the nodes that call it.',
  },
});
