import type { Message, Queue } from '@fieldline/model';

/**
 * Gives out the messages of a pack in rounds, as the submit strategy wants it: those of a round run together, and
 * each line of messages goes on only where all of its last round succeeded. What waits behind a failure is never
 * given out; it is pending when the attempt is over (rule-engine.md §10).
 */
export class SubmitOrder {
  /** Steps, each the places of messages that run together; lines do not wait for one another. */
  #lines: readonly (readonly (readonly number[])[])[];
  #step = 0;

  /** @param places of the messages to run, ascending */
  constructor(submit: Queue['submit'], places: readonly number[], messages: readonly Message[]) {
    this.#lines = linesOf(submit, places, messages);
  }

  /** The places of the next round; none where nothing is left that may run. */
  next(hasFailed: (place: number) => boolean): readonly number[] {
    const step = this.#step;
    this.#step += 1;
    this.#lines = this.#lines.filter((line) => step < line.length && (step === 0 || !line[step - 1]?.some(hasFailed)));
    return this.#lines.flatMap((line) => line[step] ?? []).sort((a, b) => a - b);
  }
}

function linesOf(
  { strategy, batchSize }: Queue['submit'],
  places: readonly number[],
  messages: readonly Message[],
): readonly (readonly number[][])[] {
  switch (strategy) {
    case 'BURST':
      return [[[...places]]];
    case 'BATCH':
      return [slices(places, Math.max(1, batchSize))];
    case 'SEQUENTIAL':
      return [slices(places, 1)];
    case 'SEQUENTIAL_BY_ORIGINATOR':
      return byKey(places, (place) => messages[place]?.originator.id ?? '');
    case 'SEQUENTIAL_BY_TENANT':
      return byKey(places, (place) => messages[place]?.tenantId ?? '');
  }
}

function slices(places: readonly number[], size: number): number[][] {
  const steps: number[][] = [];
  for (let from = 0; from < places.length; from += size) steps.push(places.slice(from, from + size));
  return steps;
}

function byKey(places: readonly number[], keyOf: (place: number) => string): readonly number[][][] {
  const lines = new Map<string, number[][]>();
  for (const place of places) {
    const line = lines.get(keyOf(place));
    if (line === undefined) lines.set(keyOf(place), [[place]]);
    else line.push([place]);
  }
  return [...lines.values()];
}
