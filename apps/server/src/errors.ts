import { defineErrors } from '@fieldline/kernel';

/** Errors of settings and start-up. */
export const configErrors = defineErrors('CONFIG', {
  INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { faults: string }) => `These settings are wrong: ${d.faults}.`,
    remedy: 'Correct them in the environment or in fieldline.config.json; docs/settings.md lists every setting.',
  },
  COMMAND_LINE_WRONG: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string }) => `The command line is not understood: ${d.reason}.`,
    remedy: 'Use "start", "start --demo" or "reset-password <email>".',
  },
  ARGUMENT_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { usage: string }) => `The command is not complete. Usage: ${d.usage}`,
    remedy: 'Give all arguments of the command.',
  },
  FILE_UNREADABLE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { path: string; reason: string }) => `${d.path} cannot be read: ${d.reason}.`,
    remedy: 'Make it a JSON object whose keys are setting names, or remove it.',
  },
  REDIS_URL_MISSING: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'FIELDLINE_QUEUE is bullmq, but REDIS_URL is not set.',
    remedy: 'Set REDIS_URL, for example redis://localhost:6379, or leave FIELDLINE_QUEUE out.',
  },
  DATA_DIR_UNUSABLE: {
    kind: 'unavailable',
    retry: 'never',
    message: (d: { path: string; reason: string }) => `The data folder ${d.path} cannot be used: ${d.reason}.`,
    remedy: 'Point FIELDLINE_DATA_DIR at a folder this user may write to.',
  },
  PORT_TAKEN: {
    kind: 'conflict',
    retry: 'never',
    message: (d: { setting: string; host: string; port: number }) => `Port ${d.port} on ${d.host} is taken.`,
    remedy: (d: { setting: string }) => `Stop the program that has it, or set ${d.setting} to another port (0 picks a free one).`,
  },
  PORT_FORBIDDEN: {
    kind: 'forbidden',
    retry: 'never',
    message: (d: { setting: string; host: string; port: number }) => `This user may not listen on port ${d.port} of ${d.host}.`,
    remedy: (d: { setting: string }) => `Set ${d.setting} to a port above 1023, or FIELDLINE_HOST to an address of this machine.`,
  },
});

/** Errors of the link to the thread that answers entity queries. */
export const readerErrors = defineErrors('READER', {
  STOPPED: {
    kind: 'unavailable',
    retry: 'later',
    message: 'The reader thread is not running.',
    remedy: 'The server is starting or stopping. Try again; if it lasts, look for "reader-thread-ended" in the log.',
  },
});

/** Errors of the link between the threads of the embedded profile. */
export const engineErrors = defineErrors('ENGINE', {
  STOPPED: {
    kind: 'unavailable',
    retry: 'later',
    message: 'The engine thread is not running.',
    remedy: 'The server is starting or stopping. Try again; if it lasts, look for "engine-thread-ended" in the log.',
  },
  CHANGES_WAIT: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { limit: number }) => `${d.limit} changes that rule nodes want are under way; more are not taken.`,
    remedy: 'Let fewer messages reach nodes that create, assign or relate entities, for example behind a filter or "deduplication".',
  },
});

/** Errors of the broker listener that only the server knows. */
export const brokerListenerErrors = defineErrors('BROKER', {
  OFF: {
    kind: 'unavailable',
    retry: 'never',
    message: 'The MQTT broker of this server is off.',
    remedy: 'Set FIELDLINE_BROKER_PORT to a port, usually 1884, and start the server again.',
  },
  KEY_REFUSED: {
    kind: 'forbidden',
    retry: 'never',
    message: 'Only API keys of tenant administrators open the MQTT broker.',
    remedy: 'Create a key as a tenant administrator, or connect with the credentials of a device.',
  },
});
