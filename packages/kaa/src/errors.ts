import { defineErrors } from '@fieldline/kernel';

/** Errors of Kaa time series, of devices that send them and of programs that read and publish them. */
export const kaaErrors = defineErrors('KAA', {
  SAMPLE_TIME_UNREADABLE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { path: string; format: string }) => `A data sample has no time at ${d.path} that can be read as ${d.format}.`,
    remedy: 'Send the time as the application is configured, or set its fallback strategy to server-timestamp.',
  },
});
