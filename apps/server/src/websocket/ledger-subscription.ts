import { ledgerFrame } from '@fieldline/api-contract';
import type { FrameQueue, FrameSource } from './frame-queue.js';

/** The account of one rule chain on its way to one socket: one that reads slowly gets the newest only. */
export class LedgerSubscription implements FrameSource {
  readonly #cmdId: number;
  readonly #queue: Pick<FrameQueue, 'send'>;
  #waiting: string | undefined;

  constructor(cmdId: number, queue: Pick<FrameQueue, 'send'>) {
    this.#cmdId = cmdId;
    this.#queue = queue;
  }

  /** @param ledger JSON text of the account */
  changed(ledger: string): void {
    const isQueued = this.#waiting !== undefined;
    this.#waiting = ledger;
    if (!isQueued) this.#queue.send(this);
  }

  /** What waits is not sent any more. */
  end(): void {
    this.#waiting = undefined;
  }

  takeFrame(): string | undefined {
    const ledger = this.#waiting;
    this.#waiting = undefined;
    return ledger === undefined ? undefined : ledgerFrame(this.#cmdId, ledger);
  }
}
