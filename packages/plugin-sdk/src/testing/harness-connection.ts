import type { EpochMs, Problem } from '@fieldline/kernel';
import { epochMs } from '@fieldline/kernel';
import type { Message } from '@fieldline/model';
import type { ConnectionDeclaration, OpenContext, StartContext } from '../definition.js';
import type { Outcome } from '../outcome.js';
import { defer } from '../outcome.js';
import { failOutside } from '../outside/delivery.js';
import type { Need } from '../services/index.js';

/** Keeps the connection of a node as the engine does, without its pauses: where there is none, the next messages open it first. */
export class HarnessConnection<Config, Connection, Needs extends Need> {
  readonly #declaration: ConnectionDeclaration<Config, Connection, Needs>;
  readonly #given: Connection | undefined;
  #stopping = new AbortController();
  #context: StartContext<Config, Needs> | undefined;
  #opened: Connection | undefined;
  #problem: Problem | undefined;

  /** @param given stands for what the node would open */
  constructor(declaration: ConnectionDeclaration<Config, Connection, Needs>, given: Connection | undefined) {
    this.#declaration = declaration;
    this.#given = given;
  }

  get opened(): Connection | undefined {
    return this.#opened;
  }

  start(context: StartContext<Config, Needs>): Promise<void> {
    this.#context = context;
    this.#stopping = new AbortController();
    return this.open();
  }

  /** Opens it unless it is open. A connection that cannot be opened keeps no node from starting. */
  async open(): Promise<void> {
    if (this.#opened !== undefined) return;
    const { signal } = this.#stopping;
    try {
      const context = { ...this.#context, signal, lost: (reason: Error) => this.#away(reason) } as OpenContext<Config, Needs>;
      this.#opened = this.#given ?? (await this.#declaration.open(context));
      this.#problem = undefined;
    } catch (error) {
      this.#away(error as Error);
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#letGo();
  }

  /** What becomes of a message while there is no connection. */
  outcome(message: Message, config: Config, nowMs: EpochMs): Outcome<never, never> {
    const problem = this.#problem ?? notConnected('it is being opened');
    return this.#declaration.whenAway(config) === 'wait' ? defer(problem, epochMs(nowMs + 1_000)) : failOutside(problem, message);
  }

  #away(reason: Error): void {
    this.#problem = notConnected(reason.message);
    void this.#letGo();
  }

  async #letGo(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    if (opened !== undefined && this.#given === undefined) await this.#declaration.close(opened);
  }
}

/** As the engine says it. */
const notConnected = (reason: string): Problem => ({
  code: 'ENGINE_NODE_NOT_CONNECTED',
  kind: 'unavailable',
  retry: 'later',
  message: `The rule node has no connection: ${reason}`,
  remedy: 'Start the service that the test talks to.',
});
