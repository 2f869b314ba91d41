import { isProblem, type Clock } from '@fieldline/kernel';
import type { MessageBatch, MessageQueue } from '@fieldline/ports';

/** Messages that wait while the queue is away, and characters of their bodies: some minutes of what people and timers cause. */
const MESSAGES_MAX = 20_000;
const CHARACTERS_MAX = 16_000_000;

/** Pause before the queue is tried again. */
const PAUSE_MS = 500;

export interface WaitingMessagesDeps {
  readonly queue: Pick<MessageQueue, 'enqueue'>;
  readonly clock: Pick<Clock, 'after'>;
  /** Told of batches that will not be run. */
  readonly onFailure: (error: unknown) => void;
  readonly messagesMax?: number;
}

/**
 * Puts batches into the queue that nobody sends again: where it is full or away they wait, in order and within bounds, until it
 * takes them. They wait in memory: the end of the process loses them.
 */
export class WaitingMessages {
  readonly #deps: WaitingMessagesDeps;
  readonly #waiting: MessageBatch[] = [];
  #messages = 0;
  #characters = 0;

  constructor(deps: WaitingMessagesDeps) {
    this.#deps = deps;
  }

  /** Messages that wait at present. */
  get count(): number {
    return this.#messages;
  }

  put(batch: MessageBatch): void {
    // Nothing overtakes what waits.
    if (this.#waiting.length > 0) this.#keep(batch, undefined);
    else this.#offer(batch, (error) => this.#keep(batch, error));
  }

  /** A queue that does not take a batch says so at once, in nearly all cases. */
  #offer(batch: MessageBatch, onRefused: (error: unknown) => void): void {
    this.#deps.queue.enqueue(batch).catch((error: unknown) => {
      const mayBeLater = isProblem(error) && (error.code === 'QUEUE_UNAVAILABLE' || error.code === 'QUEUE_FULL');
      (mayBeLater ? onRefused : this.#deps.onFailure)(error);
    });
  }

  #keep(batch: MessageBatch, reason: unknown): void {
    const { messagesMax = MESSAGES_MAX, onFailure } = this.#deps;
    const characters = charactersOf(batch);
    if (this.#messages + batch.messages.length > messagesMax || this.#characters + characters > CHARACTERS_MAX) {
      onFailure(reason ?? new Error('too many messages wait for the queue already'));
      return;
    }
    this.#waiting.push(batch);
    this.#messages += batch.messages.length;
    this.#characters += characters;
    if (this.#waiting.length === 1) this.#tryLater();
  }

  #tryLater(): void {
    this.#deps.clock.after('messages-wait', PAUSE_MS, () => void this.#tryAgain());
  }

  async #tryAgain(): Promise<void> {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const batch = first;
      let place: 'first' | 'gone' = 'first';
      let isRefused = false;
      this.#offer(batch, (error) => {
        isRefused = true;
        if (place === 'gone') this.#keep(batch, error);
      });
      await Promise.resolve();
      if (isRefused) return this.#tryLater();
      place = 'gone';
      this.#waiting.shift();
      this.#messages -= batch.messages.length;
      this.#characters -= charactersOf(batch);
    }
  }
}

const charactersOf = ({ messages }: MessageBatch): number => messages.reduce((sum, { message }) => sum + message.text.length, 0);
