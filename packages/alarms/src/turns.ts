/** Runs work on the same subject one after the other, in the order it was asked for; other subjects go on meanwhile. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  take<T>(subject: string, act: () => Promise<T>): Promise<T> {
    const before = this.#last.get(subject);
    const turn = before === undefined ? act() : before.then(act, act);
    this.#last.set(subject, turn);
    const forget = (): void => {
      if (this.#last.get(subject) === turn) this.#last.delete(subject);
    };
    turn.then(forget, forget);
    return turn;
  }
}
