import type { CancelTimer, Clock, Log } from '@fieldline/kernel';
import { problemOf } from '@fieldline/kernel';
import type { ScriptAnswer, ScriptInput, ScriptSource } from '@fieldline/ports';
import type { Worker } from 'node:worker_threads';
import { scriptTestErrors } from './errors.js';
import { SCRIPT_TEST_TIMEOUT_MS, SCRIPT_TESTS_OPEN_MAX, SCRIPT_THREAD_IDLE_MS } from './limits.js';
import type { FromScripts, ToScripts } from './link.js';
import type { ScriptTester } from './test-script.js';

interface Open {
  answered(answer: ScriptAnswer): void;
  readonly cancel: CancelTimer;
}

/**
 * The main thread's end of the script thread, where people's scripts are tried out: one that loops to its deadline delays
 * neither requests nor messages. The thread starts with the first test and ends when nobody tests any more.
 */
export class ScriptHost implements ScriptTester {
  readonly #start: () => Worker;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #open = new Map<number, Open>();
  #worker: Worker | undefined;
  #nextId = 1;
  #cancelIdle: CancelTimer = () => undefined;

  constructor(start: () => Worker, { clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#start = start;
    this.#clock = clock;
    this.#log = log;
  }

  test(source: ScriptSource, input: ScriptInput): Promise<ScriptAnswer> {
    if (this.#open.size >= SCRIPT_TESTS_OPEN_MAX) {
      return Promise.resolve({ problem: problemOf(scriptTestErrors.BUSY({ limit: SCRIPT_TESTS_OPEN_MAX })) });
    }
    const id = this.#nextId++;
    this.#cancelIdle();
    return new Promise((resolve) => {
      const cancel = this.#clock.after('script-test', SCRIPT_TEST_TIMEOUT_MS, () => this.#hangs(id));
      this.#open.set(id, { answered: resolve, cancel });
      this.#worker ??= this.#started();
      this.#worker.postMessage({ id, source, input } satisfies ToScripts);
    });
  }

  async stop(): Promise<void> {
    this.#cancelIdle();
    await this.#end(scriptTestErrors.THREAD_LOST());
  }

  #started(): Worker {
    const worker = this.#start();
    worker.on('message', ({ id, answer }: FromScripts) => this.#answer(id, answer));
    worker.once('error', (error: Error) => this.#lost(worker, error));
    worker.once('exit', (code) => this.#lost(worker, new Error(`exit code ${code}`)));
    return worker;
  }

  #answer(id: number, answer: ScriptAnswer): void {
    const open = this.#open.get(id);
    this.#open.delete(id);
    open?.cancel();
    open?.answered(answer);
    if (this.#open.size > 0) return;
    this.#cancelIdle = this.#clock.after('script-thread-idle', SCRIPT_THREAD_IDLE_MS, () => void this.#end(scriptTestErrors.THREAD_LOST()));
  }

  /** Scripts end by themselves, so a thread that does not answer is beyond help. */
  #hangs(id: number): void {
    this.#answer(id, { problem: problemOf(scriptTestErrors.TIMEOUT({ seconds: SCRIPT_TEST_TIMEOUT_MS / 1_000 })) });
    void this.#end(scriptTestErrors.THREAD_LOST());
  }

  #lost(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#log.warn('script-thread-ended', { error });
    void this.#end(scriptTestErrors.THREAD_LOST());
  }

  async #end(error: Error): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    for (const id of [...this.#open.keys()]) this.#answer(id, { problem: problemOf(error) });
    this.#cancelIdle();
    await worker?.terminate();
  }
}
