import { defineErrors } from '@fieldline/kernel';

/** Everything the command can fail with. */
export const cliErrors = defineErrors('CLI', {
  USAGE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { fault: string }) => `${d.fault}.`,
    remedy: 'Run fieldline help for the commands and their options.',
  },
  PAYLOAD_NOT_JSON: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { payload: string }) => `${d.payload} is not JSON.`,
    remedy: 'Put the reading in single quotes, its keys in double quotes: \'{"temperature":21.5}\'.',
  },
  UNREACHABLE: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { host: string; port: number; reason: string }) => `Nothing answers at ${d.host}:${d.port} (${d.reason}).`,
    remedy: 'Start Fieldline with npm start, or name the right machine with --host and --port.',
  },
  CONNECTION_CLOSED: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { host: string; port: number }) => `${d.host}:${d.port} closed the connection before it acknowledged the reading.`,
    remedy: 'Look at the server log for the reason. The reading may or may not be stored; sending it again does no harm.',
  },
  NO_ANSWER: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { host: string; port: number; waitedMs: number }) => `${d.host}:${d.port} did not acknowledge the reading within ${d.waitedMs} ms.`,
    remedy: 'Check that this port speaks the protocol, and look at the server log. Sending the reading again does no harm.',
  },
  TOKEN_REFUSED: {
    kind: 'unauthenticated',
    retry: 'never',
    message: (d: { answer: string }) => `The server does not know the device (${d.answer}).`,
    remedy: 'Copy the access token from the page of the device and give it with --token; for kaa also the application version with --app.',
  },
  READING_REFUSED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { answer: string }) => `The server refused the reading (${d.answer}).`,
    remedy: 'Compare it with the examples in the documentation of the device API: an object of keys and values.',
  },
  SERVER_TROUBLE: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { answer: string }) => `The server could not store the reading (${d.answer}).`,
    remedy: 'Send it again later; the server log says what is wrong.',
  },
});
