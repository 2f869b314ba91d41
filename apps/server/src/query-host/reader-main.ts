import type { Log } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { EntityQueries, ManyEntitiesReader, TimeSeriesReader } from '@fieldline/ports';
import { queryMethods, type FromReader, type ToReader } from './link.js';
import { OpenQuestions } from './open-questions.js';
import { unpackedLatest } from './packed-latest.js';

type Closable = EntityQueries & { close(): void };
type Values = Pick<ManyEntitiesReader, 'latestOfMany'> & Pick<TimeSeriesReader, 'range'>;

/** The reader thread's end of the link: answers queries until it is told to stop. */
export class ReaderMain {
  readonly #open: (values: Values) => Closable;
  readonly #send: (message: FromReader) => void;
  readonly #log: Log;
  readonly #questions = new OpenQuestions();
  #queries: Closable | undefined = undefined;

  /** @param open called with the first query: the writer has made the database by then */
  constructor(open: (values: Values) => Closable, send: (message: FromReader) => void, log: Log) {
    this.#open = open;
    this.#send = send;
    this.#log = log;
  }

  receive(message: ToReader): void {
    if (message.kind === 'query') void this.#answer(message);
    else if (message.kind === 'points') this.#questions.answered(message.id, message.points, message.problem);
    else this.#stop();
  }

  async #answer({ id, method, args }: Extract<ToReader, { kind: 'query' }>): Promise<void> {
    try {
      if (!queryMethods.includes(method)) throw new Error(`there is no query ${String(method)}`);
      this.#queries ??= this.#open(this.#values());
      const queries = this.#queries as unknown as Readonly<Record<string, (...given: readonly unknown[]) => Promise<unknown>>>;
      this.#send({ kind: 'answer', id, value: await queries[method]?.(...args) });
    } catch (error) {
      if (!isProblem(error)) this.#log.error('query-failed', { method, error });
      this.#send({ kind: 'answer', id, problem: problemOf(error) });
    }
  }

  /** What the engine thread is asked for by way of the main thread. */
  #values(): Values {
    const latest = unpackedLatest({
      latestOfMany: (tenantId, entities, keys) => this.#questions.ask((id) => this.#send({ kind: 'latest', id, tenantId, entities, keys })),
    });
    return {
      latestOfMany: (...asked) => latest.latestOfMany(...asked),
      range: (tenantId, entity, query) => this.#questions.ask((id) => this.#send({ kind: 'range', id, tenantId, entity, query })),
    };
  }

  #stop(): void {
    this.#queries?.close();
    this.#send({ kind: 'stopped' });
  }
}
