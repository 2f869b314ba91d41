import type { CancelTimer, Clock, Log, Problem } from '@fieldline/kernel';
import { isProblem, problemOf } from '@fieldline/kernel';
import type { AnyRuleNodeDefinition } from '@fieldline/plugin-sdk';
import { engineErrors } from '../errors.js';
import { CONNECT_PAUSE_FIRST_MS, CONNECT_PAUSE_MAX_MS } from '../limits.js';

type Declaration = NonNullable<AnyRuleNodeDefinition['connection']>;

/** What messages meet at a node that keeps a connection; where it is away they fail, or try again. */
export type Reach = { readonly is: 'open' } | { readonly is: 'away'; readonly problem: Problem; readonly againInMs: number; readonly fails: boolean };

/**
 * Keeps the connection of a node open: opens it when the node starts, and again with growing pauses while that fails or
 * after it broke. Nobody waits for it.
 */
export class NodeConnection {
  readonly #declaration: Declaration;
  readonly #context: Parameters<Declaration['open']>[0];
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #nodeName: string;
  readonly #stopping = new AbortController();
  #opened: unknown;
  #problem: Problem;
  #pauseMs = CONNECT_PAUSE_FIRST_MS;
  #againAtMs: number;
  #cancel: CancelTimer | undefined;
  #hasTried = false;
  #round = 0;

  constructor(declaration: Declaration, context: object, parts: { readonly clock: Clock; readonly log: Log; readonly nodeName: string }) {
    this.#declaration = declaration;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#nodeName = parts.nodeName;
    this.#context = context as Parameters<Declaration['open']>[0];
    this.#problem = problemOf(engineErrors.NODE_NOT_CONNECTED({ node: parts.nodeName, reason: 'the connection is being opened' }));
    this.#againAtMs = parts.clock.monotonicMs() + CONNECT_PAUSE_FIRST_MS;
  }

  /** What `open` of the node gave; undefined while there is no connection. */
  get opened(): unknown {
    return this.#opened;
  }

  /** Why there is none, for those who look at the node. */
  get problem(): Problem | undefined {
    return this.#opened === undefined ? this.#problem : undefined;
  }

  /** @returns whether messages may be given to the node, and if not, whether they wait or fail */
  reach(config: unknown): Reach {
    if (this.#opened !== undefined) return { is: 'open' };
    // Nobody knows yet whether it works: messages of a node that has just started wait in any case.
    const fails = this.#hasTried && this.#declaration.whenAway(config) === 'fail';
    const againInMs = Math.max(CONNECT_PAUSE_FIRST_MS, this.#againAtMs - this.#clock.monotonicMs());
    return { is: 'away', problem: this.#problem, againInMs, fails };
  }

  open(): void {
    this.#round += 1;
    const round = this.#round;
    const { signal } = this.#stopping;
    const lost = (reason: Error): void => {
      if (round === this.#round && !signal.aborted) this.#away(reason);
    };
    void this.#attempt({ ...this.#context, signal, lost } as Parameters<Declaration['open']>[0], round);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    this.#cancel?.();
    await this.#letGo();
  }

  async #attempt(context: Parameters<Declaration['open']>[0], round: number): Promise<void> {
    try {
      const opened: unknown = await this.#declaration.open(context);
      this.#hasTried = true;
      if (round !== this.#round || this.#stopping.signal.aborted) return await this.#declaration.close(opened);
      this.#opened = opened;
      this.#pauseMs = CONNECT_PAUSE_FIRST_MS;
    } catch (error) {
      this.#hasTried = true;
      if (round === this.#round && !this.#stopping.signal.aborted) this.#away(error);
    }
  }

  #away(error: unknown): void {
    const reason = isProblem(error) ? error.message : String((error as Error | undefined)?.message ?? error);
    this.#problem = problemOf(engineErrors.NODE_NOT_CONNECTED({ node: this.#nodeName, reason }));
    this.#round += 1;
    this.#log.warn('node-connection-away', { node: this.#nodeName, reason, againInMs: this.#pauseMs });
    this.#letGo().catch((failure: unknown) => this.#log.warn('node-connection-not-closed', { node: this.#nodeName, error: failure }));
    this.#againAtMs = this.#clock.monotonicMs() + this.#pauseMs;
    this.#cancel?.();
    this.#cancel = this.#clock.after('node-connection', this.#pauseMs, () => this.open());
    this.#pauseMs = Math.min(this.#pauseMs * 2, CONNECT_PAUSE_MAX_MS);
  }

  async #letGo(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    if (opened !== undefined) await this.#declaration.close(opened);
  }
}
