// Changes of an ordered list, each giving a new one.

/** The list with the entry at a place set; at the place after the last it is added. */
export function withMapping<T>(all: readonly T[], place: number, entry: T): readonly T[] {
  return place >= all.length ? [...all, entry] : all.map((before, at) => (at === place ? entry : before));
}

export function without<T>(all: readonly T[], place: number): readonly T[] {
  return all.filter((_, at) => at !== place);
}

/** The list with an entry one place up or down, as far as there is one. */
export function movedBy<T>(all: readonly T[], place: number, step: 1 | -1): readonly T[] {
  const after = [...all];
  const [moved, passed] = [all[place], all[place + step]];
  if (moved === undefined || passed === undefined) return all;
  after[place] = passed;
  after[place + step] = moved;
  return after;
}
