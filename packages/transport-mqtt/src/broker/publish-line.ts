/**
 * Keeps the messages of one client in their order: each is accepted and written while those before it still are, and none is
 * passed on before them. After one that failed none passes: the client sends them all again.
 */
export class PublishLine {
  #written: Promise<unknown> = Promise.resolve();
  #passed: Promise<unknown> = Promise.resolve();
  #isBroken = false;

  /**
   * @param accepted settles when the message was taken; already under way
   * @param write begins to make the message durable, when it and all before it were accepted
   * @param pass hands the message on, when it and all before it are durable
   */
  async run<T>(accepted: Promise<void>, write: () => Promise<void>, pass: () => T): Promise<T> {
    const written = this.#written
      .then(() => accepted)
      .then(() => {
        if (this.#isBroken) throw new Error('an earlier message of this connection failed');
        const durable = write();
        durable.catch(() => undefined);
        // In an object, so that the next message need not wait for the disk to write this one.
        return { durable };
      });
    const passed = Promise.all([written, this.#passed]).then(async ([{ durable }]) => {
      await durable;
      if (this.#isBroken) throw new Error('an earlier message of this connection failed');
      return pass();
    });
    const broken = (): void => void (this.#isBroken = true);
    this.#written = written.then(() => undefined, broken);
    this.#passed = passed.then(() => undefined, broken);
    return passed;
  }

  /** Resolves when every message so far was passed on or has failed. */
  async idle(): Promise<void> {
    await this.#passed;
  }
}
