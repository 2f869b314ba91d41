import type { Message } from '@fieldline/model';
import type { MessageBatch } from '@fieldline/ports';
import type { BatchRun } from '../run/batch-run.js';

/** Messages that are run, retried and given up together: a batch from the queue, or work that was handed over. */
export interface Pack {
  readonly messages: readonly Message[];
  /** Runs the messages at the places, in this order, each from where it begins: also when it is retried. */
  enter(run: BatchRun, places: readonly number[]): void | Promise<void>;
  /** Rule chain in which a message begins; empty where there is none. */
  chainOf(run: BatchRun, place: number): string;
  /** Called once for each message, in the batch with which it is done. */
  finish(run: BatchRun, place: number): void;
  /** Called for each message that did not succeed and is run again, in the batch in which it did not. */
  again(run: BatchRun, place: number): void;
  /** Called once, in the batch with which the last of the messages is done. */
  close(run: BatchRun): void;
}

/** A batch from the queue: each message begins at the first node of its chain. */
export function batchPack({ messages: queued }: MessageBatch, close: (run: BatchRun) => void): Pack {
  return {
    messages: queued.map(({ message }) => message),
    enter: (run, places) => run.enterSome(queued, places),
    chainOf: (run, place) => {
      const { ruleChainId, message } = queued[place] as MessageBatch['messages'][number];
      return ruleChainId ?? run.chainIdFor(message) ?? '';
    },
    finish: () => undefined,
    again: (run, place) => run.entersAgain(queued[place] as MessageBatch['messages'][number]),
    close,
  };
}
