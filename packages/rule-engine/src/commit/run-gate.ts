/**
 * Lets batches run, and holds them back while the memory of nodes is brought in line with the store after a
 * commit that failed. Closing waits until nothing runs or commits, then recovers, then opens again.
 */
export class RunGate {
  #busy = 0;
  #recover: (() => Promise<void>) | undefined;
  #isRecovering = false;
  #waiters: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];
  #whenIdle: (() => void)[] = [];

  get isOpen(): boolean {
    return this.#recover === undefined;
  }

  enter(): void {
    this.#busy += 1;
  }

  leave(): void {
    this.#busy -= 1;
    if (this.#busy > 0) return;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
    this.#tryToOpen();
  }

  /** Resolves when batches may run; rejects where the recovery failed, which is then tried again by the next who asks. */
  whenOpen(): Promise<void> {
    if (this.isOpen) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      this.#tryToOpen();
    });
  }

  /** Resolves when nothing runs or commits. */
  whenIdle(): Promise<void> {
    return this.#busy === 0 ? Promise.resolve() : new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  close(recover: () => Promise<void>): void {
    this.#recover = recover;
  }

  #tryToOpen(): void {
    const recover = this.#recover;
    if (recover === undefined || this.#busy > 0 || this.#isRecovering) return;
    this.#isRecovering = true;
    recover().then(
      () => {
        this.#isRecovering = false;
        this.#recover = undefined;
        for (const { resolve } of this.#waiters.splice(0)) resolve();
      },
      (error: unknown) => {
        this.#isRecovering = false;
        for (const { reject } of this.#waiters.splice(0)) reject(error);
      },
    );
  }
}
