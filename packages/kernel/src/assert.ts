/** Stops the program where an invariant of our own code is broken. Not for input: that gets a coded error. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${message}`);
}
