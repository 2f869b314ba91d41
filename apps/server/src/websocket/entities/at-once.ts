/** Does a piece of work for each item in order, some at a time. After a failure no further one is begun. */
export async function forEachAtOnce<T>(items: readonly T[], places: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  let isFailed = false;
  const worker = async (): Promise<void> => {
    while (!isFailed && next < items.length) {
      try {
        await work(items[next++] as T);
      } catch (error) {
        isFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(places, items.length) }, worker));
}
