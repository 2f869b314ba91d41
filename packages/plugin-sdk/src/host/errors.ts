import { defineErrors } from '@fieldline/kernel';

/** What can be wrong with a node before it sees its first message, and with what it answers. */
export const hostErrors = defineErrors('NODE', {
  SETTINGS_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { type: string; issues: string }) => `The settings of ${d.type} do not fit: ${d.issues}.`,
    remedy: 'Open the node in the editor, correct the fields named here and deploy the chain.',
  },
  SETTINGS_TOO_NEW: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { type: string; found: number; known: number }) => `The settings of ${d.type} have version ${d.found}; version ${d.known} is known.`,
    remedy: 'Install the plugin version that wrote these settings, or configure the node anew.',
  },
  MIGRATION_FAILED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { type: string; from: number; reason: string }) =>
      `The settings of ${d.type} could not be brought on from version ${d.from}: ${d.reason}.`,
    remedy: 'Configure the node anew and deploy the chain.',
  },
  SCRIPT_ANSWER_MISMATCH: {
    kind: 'internal',
    retry: 'never',
    message: (d: { expected: string; found: string }) => `A script of kind ${d.expected} gave an answer of kind ${d.found}.`,
    remedy: 'Report this: the script engine and the rule engine disagree.',
  },
});
