import type { NodeChanges } from '@fieldline/directory';
import { engineErrors } from '../errors.js';
import { OpenQuestions } from '../query-host/open-questions.js';
import type { FromEngine, NodeChangeMethod, NodePublication, RuleReply, ToEngine } from './link.js';
import { nodeChangeMethods } from './link.js';

/** Changes that may be under way at once: some seconds of work for the store. */
const CHANGES_UNDER_WAY_MAX = 10_000;

/** The main thread as rule nodes reach it: it changes the control plane for them. */
export class MainThread {
  readonly #send: (message: FromEngine) => void;
  readonly #questions = new OpenQuestions();
  #isClosed = false;

  constructor(send: (message: FromEngine) => void) {
    this.#send = send;
  }

  /** @throws ENGINE_CHANGES_WAIT, ENGINE_STOPPED besides what the changes throw */
  changes(): NodeChanges {
    const ask =
      (method: NodeChangeMethod) =>
      (...args: readonly unknown[]): Promise<unknown> =>
        this.#ask((id) => this.#send({ kind: 'change', id, method, args }));
    return Object.fromEntries(nodeChangeMethods.map((method) => [method, ask(method)])) as unknown as NodeChanges;
  }

  /** Publishes through the MQTT broker. @throws BROKER_OFF, BROKER_TOPIC_INVALID, BROKER_RETAINED_FULL, ENGINE_CHANGES_WAIT, ENGINE_STOPPED */
  async publish(publication: NodePublication): Promise<void> {
    await this.#ask((id) => this.#send({ kind: 'publish', id, ...publication }));
  }

  reply(reply: RuleReply): void {
    this.#send({ kind: 'reply', ...reply });
  }

  answered({ id, value, problem }: Extract<ToEngine, { kind: 'changed' }>): void {
    this.#questions.answered(id, value, problem);
  }

  /** Nobody waits any more. */
  close(): void {
    this.#isClosed = true;
    this.#questions.fail(engineErrors.STOPPED());
  }
  #ask(post: (id: number) => void): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(engineErrors.STOPPED());
    if (this.#questions.count >= CHANGES_UNDER_WAY_MAX) return Promise.reject(engineErrors.CHANGES_WAIT({ limit: CHANGES_UNDER_WAY_MAX }));
    return this.#questions.ask(post);
  }
}
