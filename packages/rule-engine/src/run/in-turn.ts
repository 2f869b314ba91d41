/**
 * Calls `step` for each item in turn. As long as no step answers with a promise nothing is awaited and nothing
 * returned; after the first that does, each waits for the one before.
 */
export function inTurn<T>(items: readonly T[], step: (item: T) => void | Promise<void>): void | Promise<void> {
  for (let i = 0; i < items.length; i += 1) {
    const pending = step(items[i] as T);
    if (pending !== undefined) return rest(items, i + 1, pending, step);
  }
  return undefined;
}

async function rest<T>(items: readonly T[], from: number, pending: Promise<void>, step: (item: T) => void | Promise<void>): Promise<void> {
  await pending;
  for (let i = from; i < items.length; i += 1) {
    const next = step(items[i] as T);
    if (next !== undefined) await next;
  }
}
