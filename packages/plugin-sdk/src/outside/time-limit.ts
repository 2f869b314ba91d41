/**
 * The value of a promise, unless it takes longer than `limitMs` or `signal` aborts first; then it rejects with what `late` makes.
 * The work goes on unheard: whoever started it has to end it.
 */
export async function within<T>(work: Promise<T>, limitMs: number, late: () => Error, signal?: AbortSignal): Promise<T> {
  const limit = AbortSignal.timeout(limitMs);
  const either = signal === undefined ? limit : AbortSignal.any([limit, signal]);
  let stop: () => void = () => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    stop = () => reject(late());
    if (either.aborted) stop();
    else either.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    either.removeEventListener('abort', stop);
    work.catch(() => undefined);
  }
}
