import type { ProblemError } from '@fieldline/kernel';

/** A failure as people read it: what is wrong, what to do about it, and the code to look for. */
export function failureText({ message, remedy, code }: ProblemError): string {
  return `${message}\n${remedy}\n[${code}]`;
}
