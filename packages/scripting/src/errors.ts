import { defineErrors } from '@fieldline/kernel';
import { ARGUMENTS_CHARS_MAX, BODY_CHARS_MAX, COUNTED_ERRORS_MAX, MESSAGES_PER_RESULT_MAX, RESULT_CHARS_MAX } from './limits.js';

const place = (d: { line?: number | undefined; column?: number | undefined }): string =>
  d.line === undefined ? '' : ` (line ${d.line}${d.column === undefined ? '' : `, column ${d.column}`})`;

/** Everything a script can do wrong. Lines and columns count from 1 in the user's text. */
export const scriptErrors = defineErrors('SCRIPT', {
  EMPTY: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'The script is empty.',
    remedy: 'Write a function body that returns a value.',
  },
  TOO_LONG: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { chars: number }) => `The script has ${d.chars} characters; the limit is ${BODY_CHARS_MAX}.`,
    remedy: 'Shorten the script, or split it over several nodes.',
  },
  WORD_FORBIDDEN: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { word: string; line: number; column: number }) => `The script uses "${d.word}", which scripts may not${place(d)}.`,
    remedy: 'Scripts run to their end at once. Compute the result without waiting, and leave waiting to a node.',
  },
  COMPILE_FAILED: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string; line?: number | undefined; column?: number | undefined }) =>
      `The script does not compile: ${d.reason}${place(d)}.`,
    remedy: 'Correct the script at that place. It is the inside of a function and must return a value.',
  },
  THREW: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string; line?: number | undefined; column?: number | undefined }) => `The script failed: ${d.reason}${place(d)}.`,
    remedy: 'Let the script check what the message holds before it uses it.',
  },
  WRONG_RESULT_TYPE: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { actual: string; expected: string }) => `Wrong result type: ${d.actual}. The script must return ${d.expected}.`,
    remedy: 'Change what the script returns. A value is never converted: 1 and "true" are not true.',
  },
  RESULT_EMPTY: {
    kind: 'invalid-input',
    retry: 'never',
    message: 'Message or messages list are empty!',
    remedy: 'Return at least one message, or filter the message out with a filter node before this one.',
  },
  ARGUMENT_INVALID: {
    kind: 'invalid-input',
    retry: 'never',
    message: (d: { reason: string }) => `The message is not JSON that a script can read: ${d.reason}.`,
    remedy: 'Look at the node before this one, or at the device: the body of a message must be JSON.',
  },
  ARGUMENTS_TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { chars: number }) =>
      `Script input arguments exceed maximum allowed total args size of ${ARGUMENTS_CHARS_MAX} symbols (there are ${d.chars}).`,
    remedy: 'Send smaller messages, or drop what the script does not need before this node.',
  },
  RESULT_TOO_LARGE: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: `Script invocation result exceeds maximum allowed size of ${RESULT_CHARS_MAX} symbols or ${MESSAGES_PER_RESULT_MAX} messages.`,
    remedy: 'Return less.',
  },
  TIMEOUT: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { deadlineMs: number }) => `Script timeout! It ran for more than ${d.deadlineMs} ms.`,
    remedy: 'Look for a loop that does not end for this message.',
  },
  MEMORY_OVERFLOW: {
    kind: 'limit-exceeded',
    retry: 'never',
    message: (d: { bytesMax: number }) => `Script memory overflow! It needed more than ${d.bytesMax} bytes.`,
    remedy: 'Look for a loop that collects without end for this message.',
  },
  BLOCKED: {
    kind: 'limit-exceeded',
    retry: 'later',
    message: (d: { untilMs: number }) =>
      `Script invocation is blocked due to maximum error count ${COUNTED_ERRORS_MAX} until ${d.untilMs} (ms since 1970).`,
    remedy: 'Correct the script; a changed script runs at once.',
  },
  SANDBOX_LOST: {
    kind: 'unavailable',
    retry: 'later',
    message: 'The sandbox was lost to another script, and the next one is still being made.',
    remedy: 'Send the message again. If this lasts, look in the log for the script that exhausts the stack.',
  },
});
