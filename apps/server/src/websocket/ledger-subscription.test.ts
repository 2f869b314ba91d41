// Goal: a socket that reads slowly waits with one frame for each account, and gets the newest of it.
import { expect, it } from 'vitest';
import type { FrameSource } from './frame-queue.js';
import { LedgerSubscription } from './ledger-subscription.js';

it('what waits for a socket is replaced, and let go at the end', () => {
  const waiting: FrameSource[] = [];
  const send = (frame: string | FrameSource): void => void waiting.push(frame as FrameSource);
  const subscription = new LedgerSubscription(3, { send });
  const sent = (): (string | undefined)[] => waiting.splice(0).map((source) => source.takeFrame());
  subscription.changed('{"entered":1}');
  subscription.changed('{"entered":2}');
  expect(sent()).toEqual(['{"cmdId":3,"cmdUpdateType":"RULE_CHAIN_LEDGER","data":{"entered":2}}']);
  subscription.changed('null');
  expect(sent()).toEqual(['{"cmdId":3,"cmdUpdateType":"RULE_CHAIN_LEDGER","data":null}']);
  subscription.changed('{"entered":3}');
  subscription.end();
  expect(sent()).toEqual([undefined]);
});
