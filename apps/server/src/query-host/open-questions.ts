import { ProblemError, type Problem } from '@fieldline/kernel';

interface Asked {
  resolve(value: never): void;
  reject(error: unknown): void;
}

/** Questions to the other end of a link that have no answer yet. */
export class OpenQuestions {
  readonly #asked = new Map<number, Asked>();
  #nextId = 1;

  get count(): number {
    return this.#asked.size;
  }

  ask<T>(post: (id: number) => void): Promise<T> {
    const id = this.#nextId++;
    return new Promise<T>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      post(id);
    });
  }

  answered(id: number, value: unknown, problem: Problem | undefined): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (problem === undefined) asked?.resolve(value as never);
    else asked?.reject(new ProblemError(problem));
  }

  /** Nobody will answer any more. */
  fail(error: Error): void {
    for (const asked of this.#asked.values()) asked.reject(error);
    this.#asked.clear();
  }
}
