import type { Log } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { DataPoint } from '@fieldline/model';
import type { EntityQueries, TimeSeriesReader } from '@fieldline/ports';
import type { Worker } from 'node:worker_threads';
import { readerErrors } from '../errors.js';
import { queryMethods, type FromReader, type ToReader } from './link.js';
import { OpenQuestions } from './open-questions.js';
import type { PackedLatest, PackedPoints } from './packed-latest.js';

type Asked = Extract<FromReader, { kind: 'latest' | 'range' }>;

/** What the engine thread knows and queries ask for. */
export type EngineValues = PackedLatest & Pick<TimeSeriesReader, 'range'>;

/**
 * The main thread's end of the reader thread: passes queries on, and fetches for it what the engine thread knows. The
 * thread starts with the first query: an installation that asks none does without its memory.
 */
export class QueryHost {
  readonly #start: () => Worker;
  #worker: Worker | undefined;
  readonly #values: EngineValues;
  readonly #log: Log;
  readonly #questions = new OpenQuestions();
  #isRunning = true;
  #onLost: (reason: string) => void = () => undefined;
  #onStopped: () => void = () => undefined;

  constructor(start: () => Worker, values: EngineValues, log: Log) {
    this.#start = start;
    this.#values = values;
    this.#log = log;
  }

  /** Called when the thread ends though nobody stopped it. */
  set onLost(listener: (reason: string) => void) {
    this.#onLost = listener;
  }

  queries(): EntityQueries {
    const ask =
      (method: (typeof queryMethods)[number]) =>
      (...args: readonly unknown[]): Promise<unknown> => {
        if (!this.#isRunning) return Promise.reject(readerErrors.STOPPED());
        return this.#questions.ask((id) => this.#send({ kind: 'query', id, method, args }));
      };
    return Object.fromEntries(queryMethods.map((method) => [method, ask(method)])) as unknown as EntityQueries;
  }

  /** Lets the thread close the database and end. */
  async stop(): Promise<void> {
    if (this.#worker === undefined) this.#isRunning = false;
    if (this.#isRunning) {
      const stopped = new Promise<void>((resolve) => (this.#onStopped = resolve));
      this.#send({ kind: 'stop' });
      await stopped;
      this.#end();
    }
    await this.#worker?.terminate();
  }

  #send(message: ToReader): void {
    this.#worker ??= this.#started();
    this.#worker.postMessage(message);
  }

  #started(): Worker {
    const worker = this.#start();
    worker.on('message', (message: FromReader) => this.#receive(message));
    worker.once('error', (error: Error) => this.#lost(error));
    worker.once('exit', (code) => this.#lost(new Error(`exit code ${code}`)));
    return worker;
  }

  #receive(message: FromReader): void {
    if (message.kind === 'answer') this.#questions.answered(message.id, message.value, message.problem);
    else if (message.kind === 'stopped') this.#onStopped();
    else void this.#fetch(message);
  }

  async #fetch(asked: Asked): Promise<void> {
    const { id } = asked;
    try {
      this.#send({ kind: 'points', id, points: await this.#pointsOf(asked) });
    } catch (error) {
      if (!isProblem(error)) this.#log.error('latest-values-not-read', { error });
      this.#send({ kind: 'points', id, problem: problemOf(error) });
    }
  }

  #pointsOf(asked: Asked): Promise<PackedPoints | readonly DataPoint[]> {
    if (asked.kind === 'range') return this.#values.range(asked.tenantId, asked.entity, asked.query);
    return this.#values.latestOfMany(asked.tenantId, asked.entities, asked.keys);
  }

  #end(): void {
    this.#isRunning = false;
    this.#questions.fail(readerErrors.STOPPED());
    this.#onStopped();
  }

  #lost(error: Error): void {
    if (!this.#isRunning) return;
    this.#end();
    this.#log.error('reader-thread-ended', { error });
    this.#onLost(problemOf(error).message);
  }
}
