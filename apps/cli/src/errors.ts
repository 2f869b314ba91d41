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
  CALL_REFUSED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { call: string; answer: string }) => `The server refused ${d.call} (${d.answer}).`,
    remedy: 'Check the API key, which must be one of a tenant administrator, and what the answer says.',
  },
  CHAIN_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { wanted: string }) => `There is no rule chain "${d.wanted}".`,
    remedy: 'Give the name or the id as the web app shows it; names are compared with case.',
  },
  CHAIN_NAME_TWICE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { wanted: string; ids: readonly string[] }) => `${d.ids.length} rule chains are called "${d.wanted}".`,
    remedy: (d: { ids: readonly string[] }) => `Give the id of one of them: ${d.ids.join(', ')}.`,
  },
  CHAIN_FILE_WRONG: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { path: string; reason: string }) => `${d.path} is no rule chain: ${d.reason}.`,
    remedy: 'Give a file that fieldline chain export wrote; what was edited by hand has to keep its form.',
  },
  FILE_UNUSABLE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { path: string; reason: string }) => `${d.path} cannot be used: ${d.reason}.`,
    remedy: 'Check the path, and that this user may read or write there.',
  },
  SERVER_TROUBLE: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { answer: string }) => `The server could not store the reading (${d.answer}).`,
    remedy: 'Send it again later; the server log says what is wrong.',
  },
});
