import { ledgerFrame } from '@fieldline/api-contract';
import type { FrameQueue, FrameSource } from './frame-queue.js';

/** The account of one rule chain on its way to one socket: one that reads slowly gets the newest only. */
export class LedgerSubscription implements FrameSource {
  readonly #cmdId: number;
  readonly #queue: FrameQueue;
  #waiting: string | undefined;
  #isEnded = false;

  constructor(cmdId: number, queue: FrameQueue) {
    this.#cmdId = cmdId;
    this.#queue = queue;
  }

  /** @param ledger JSON text of the account */
  changed(ledger: string): void {
    if (this.#isEnded) return;
    const isQueued = this.#waiting !== undefined;
    this.#waiting = ledger;
    if (!isQueued) this.#queue.send(this);
  }

  end(): void {
    this.#isEnded = true;
    this.#waiting = undefined;
  }

  takeFrame(): string | undefined {
    const ledger = this.#waiting;
    this.#waiting = undefined;
    return ledger === undefined ? undefined : ledgerFrame(this.#cmdId, ledger);
  }
}
