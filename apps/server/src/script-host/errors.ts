import { defineErrors } from '@fieldline/kernel';

/** Errors of script tests that are not the script's. */
export const scriptTestErrors = defineErrors('SCRIPT_TEST', {
  TIMEOUT: {
    kind: 'unavailable',
    retry: 'later',
    message: (d: { seconds: number }) => `The test did not end within ${d.seconds} seconds.`,
    remedy: 'Try again; other tests may have kept the script thread busy.',
  },
  BUSY: {
    kind: 'limit-exceeded',
    retry: 'later',
    message: (d: { limit: number }) => `${d.limit} script tests are under way; more are not taken.`,
    remedy: 'Try again in some seconds.',
  },
  THREAD_LOST: {
    kind: 'unavailable',
    retry: 'later',
    message: 'The script thread ended before the test did.',
    remedy: 'Try again; if it lasts, look for "script-thread-ended" in the log.',
  },
});
