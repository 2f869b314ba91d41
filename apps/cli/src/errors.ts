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
  PLUGIN_WRONG: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { path: string; reason: string }) => `${d.path} is no plugin: ${d.reason}.`,
    remedy: 'Give the folder of a plugin that was built, or the .tgz file that npm pack made of it; docs/plugins.md shows how one is made.',
  },
  PLUGIN_TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { path: string; what: string }) => `${d.path} has more than ${d.what}.`,
    remedy: 'Name only what the plugin needs at run time under "files" in its package.json; a plugin is one built file.',
  },
  PLUGIN_ARCHIVE_WRONG: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { path: string; reason: string }) => `${d.path} is no package as npm packs them: ${d.reason}.`,
    remedy: 'Make the file with npm pack in the folder of the plugin, and copy it in binary form.',
  },
  PLUGIN_LINK_REFUSED: {
    kind: 'forbidden',
    retry: 'never',
    message: (d: { path: string }) => `${d.path} is a link, and could lead out of the package.`,
    remedy: 'Put the file itself into the package.',
  },
  PLUGIN_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { name: string; folder: string }) => `There is no plugin "${d.name}" in ${d.folder}.`,
    remedy: 'fieldline plugin list shows the names; FIELDLINE_PLUGINS_DIR or --dir names another folder.',
  },
  PLUGIN_ELSEWHERE: {
    kind: 'conflict',
    retry: 'never',
    message: (d: { name: string; folder: string }) =>
      `The plugin ${d.name} is in ${d.folder} already, and the server would not know which of the two is meant.`,
    remedy: 'Remove that one first: with fieldline plugin remove, or with npm uninstall where npm installed it.',
  },
  PLUGIN_OF_NPM: {
    kind: 'conflict',
    retry: 'never',
    message: (d: { name: string; folder: string }) => `${d.name} was installed by npm.`,
    remedy: (d: { name: string; folder: string }) => `Remove it with npm uninstall --prefix ${d.folder} ${d.name}.`,
  },
  ENTITY_UNKNOWN: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { wanted: string }) => `No entity with points has the name or id "${d.wanted}".`,
    remedy: 'Give the name or the id as the web app shows it; names are compared with case.',
  },
  DATA_DAMAGED: {
    kind: 'internal',
    retry: 'never',
    message: (d: { path: string; findings: number }) => `${d.path} is damaged; findings, listed above: ${d.findings}.`,
    remedy: 'Restore a backup with fieldline restore. Damaged blocks cost only the points in them; all others can still be exported.',
  },
  BACKUP_DAMAGED: {
    kind: 'internal',
    retry: 'never',
    message: (d: { path: string; to: string; findings: number }) =>
      `${d.path} was backed up to ${d.to}, but it is damaged, and so is the backup; findings, listed above: ${d.findings}.`,
    remedy:
      'Keep earlier backups: fieldline restore takes none that is damaged. A server that is started on a copy of this one reads all but the damaged blocks.',
  },
  EXPORT_INCOMPLETE: {
    kind: 'internal',
    retry: 'never',
    message: (d: { path: string; damaged: number }) => `${d.path} is damaged; places whose points were left out, listed above: ${d.damaged}.`,
    remedy: 'All other points were written. Look for the missing ones in a backup; fieldline check finds everything that is damaged.',
  },
  SERVER_TROUBLE: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { answer: string }) => `The server could not store the reading (${d.answer}).`,
    remedy: 'Send it again later; the server log says what is wrong.',
  },
});
