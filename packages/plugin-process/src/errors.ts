import { defineErrors } from '@fieldline/kernel';

const forAuthor = 'Ask the author of the plugin, or take another version of it.';

/** Why a package of the plugins folder is not used, and why a node of a plugin failed a message. */
export const pluginErrors = defineErrors('PLUGIN', {
  FOLDER_UNREADABLE: {
    kind: 'unavailable',
    retry: 'never',
    message: (d: { folder: string; reason: string }) => `The plugins folder ${d.folder} could not be read: ${d.reason}.`,
    remedy: 'Let the user that runs the server read the folder, or set FIELDLINE_PLUGINS_DIR to another one, and restart the server.',
  },
  TOO_MANY: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { limit: number }) => `The plugins folder holds more than ${d.limit} plugins; this one is not used.`,
    remedy: 'Remove plugins that no rule chain uses, and restart the server.',
  },
  MANIFEST_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { folder: string; faults: string }) => `The package in ${d.folder} is not a plugin: ${d.faults}.`,
    remedy: 'Correct its package.json as docs/plugins.md says, or move the package out of the plugins folder, and restart the server.',
  },
  API_UNSUPPORTED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { plugin: string; found: string; known: string }) =>
      `The plugin ${d.plugin} was made for version ${d.found} of the plugin interface; this server has version ${d.known}.`,
    remedy: 'Install the version of the plugin that fits this server, and restart the server.',
  },
  ENTRY_MISSING: {
    kind: 'not-found',
    retry: 'never',
    message: (d: { plugin: string; entry: string; reason: string }) => `The file ${d.entry} of the plugin ${d.plugin} cannot be used: ${d.reason}.`,
    remedy: 'Build the plugin, so that exports["."] of its package.json names one file inside the package, and restart the server.',
  },
  NAME_TAKEN: {
    kind: 'conflict',
    retry: 'never',
    message: (d: { plugin: string; folder: string }) => `The plugin ${d.plugin} is already installed in ${d.folder}.`,
    remedy: 'Remove one of the two, and restart the server.',
  },
  NODE_TYPE_TAKEN: {
    kind: 'conflict',
    retry: 'never',
    message: (d: { plugin: string; type: string; owner: string }) =>
      `The plugin ${d.plugin} has a node type ${d.type}, which ${d.owner} has already.`,
    remedy: 'Remove one of the two plugins, or have the node type renamed, and restart the server.',
  },
  NOT_LOADED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { plugin: string; reason: string }) => `The plugin ${d.plugin} could not be loaded: ${d.reason}.`,
    remedy: forAuthor,
  },
  DECLARATION_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { plugin: string; faults: string }) => `What the plugin ${d.plugin} says of its nodes is not valid: ${d.faults}.`,
    remedy: forAuthor,
  },
  NEED_UNSUPPORTED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { plugin: string; type: string; need: string }) =>
      `The node type ${d.type} of the plugin ${d.plugin} needs "${d.need}", which a node in a process of its own cannot have.`,
    remedy: 'Have the node changed: what it can need is listed in docs/plugins.md.',
  },
  CRASHED: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { plugin: string; reason: string }) => `The process of the plugin ${d.plugin} ended while it had the message: ${d.reason}.`,
    remedy: 'Replay the message. If it happens again, look for "plugin-ended" in the log and tell the author of the plugin.',
  },
  TIMED_OUT: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { plugin: string; deadlineMs: number }) => `The plugin ${d.plugin} did not answer within ${d.deadlineMs} ms.`,
    remedy: 'Replay the message. Where the plugin needs longer, raise FIELDLINE_PLUGIN_TIMEOUT_MS.',
  },
  UNAVAILABLE: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { plugin: string; reason: string }) => `The plugin ${d.plugin} does not run at the moment: ${d.reason}.`,
    remedy: 'It is started again by itself. If it keeps ending, tell the author of the plugin what the log says under "plugin-ended".',
  },
  QUARANTINED: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { plugin: string; crashes: number; reason: string }) =>
      `The plugin ${d.plugin} ended ${d.crashes} times in a row and is left alone for a while; the last time: ${d.reason}.`,
    remedy: 'Install a version of the plugin that works and restart the server, or replace its nodes. Every ten minutes it gets one more try.',
  },
  BUSY: {
    kind: 'limit-exceeded',
    retry: 'later',
    message: (d: { plugin: string }) => `The plugin ${d.plugin} is behind with what it was given.`,
    remedy: 'The message waits until the plugin comes to it. Send less through its nodes if it stays so.',
  },
  MESSAGE_TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { plugin: string; bytes: number }) =>
      `The message has ${d.bytes} bytes with its state, more than the plugin ${d.plugin} can be given.`,
    remedy: 'Send smaller messages through the node, or route large ones past it.',
  },
  TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { what: string; bytes: number }) => `${d.what} has ${d.bytes} bytes, more than can go between a plugin and the server.`,
    remedy: 'Have the node ask for less at once, or make fewer and smaller messages.',
  },
  ANSWER_INVALID: {
    kind: 'internal',
    retry: 'never',
    message: (d: { plugin: string; faults: string }) => `The plugin ${d.plugin} gave no valid answer: ${d.faults}.`,
    remedy: 'Report this to the author of the plugin: the test harness of the plugin SDK finds such answers.',
  },
  SETTINGS_UNKNOWN: {
    kind: 'internal',
    retry: 'later',
    message: 'The plugin was called for settings it does not have.',
    remedy: 'Report this: the server and the process of the plugin disagree.',
  },
  SERVICE_UNKNOWN: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { service: string }) => `The node asked for "${d.service}", which it does not declare in its needs, or which does not exist.`,
    remedy: 'Have the service added to the needs of the node.',
  },
  SERVICE_ARGUMENTS_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { service: string; faults: string }) => `The node called "${d.service}" with arguments that do not fit: ${d.faults}.`,
    remedy: forAuthor,
  },
  MODULE_REFUSED: {
    kind: 'forbidden',
    retry: 'never',
    message: (d: { module: string }) => `A plugin cannot use ${d.module}.`,
    remedy: 'Use the services of the node instead (docs/plugins.md), such as "http" for calls to other servers.',
  },
});
