import type { BatchReceipt } from '@fieldline/ports';
import { UplinkKind } from '@fieldline/protocol';
import { expect, test } from 'vitest';
import { PublishReader } from './publish-packet.js';
import { UplinkIntake, type Answerable, type Outcome } from './uplink-intake.js';

test('a connection that gives more while it is answered does not make another miss its turn', async () => {
  const resolve: ((receipt: BatchReceipt) => void)[] = [];
  const intake = new UplinkIntake({
    gateway: { isFull: false, accept: () => new Promise((done) => resolve.push(done)) },
    limits: { batchBytesMax: 1, batchesInFlightMax: 9 },
    onRoom: () => undefined,
    onRefused: () => undefined,
  });
  const packet = new PublishReader();
  const settled: string[] = [];
  const give = (from: Answerable, handle: number): void => {
    // The first byte is the size at which a batch leaves, so each packet is a batch unless it is noted for several.
    intake.add(handle, UplinkKind.telemetry, '', packet, Buffer.alloc(0), 0);
    intake.note(from, 1);
  };
  const answerable = (name: string, then: () => void = () => undefined): Answerable => ({
    turnPackets: 0,
    turnBytes: 0,
    settle(packets: number, _bytes: number, { problems }: Outcome): void {
      settled.push(`${name} ${packets}${problems.size === 0 ? '' : ' refused'}`);
      then();
    },
  });
  const other = answerable('other');
  let hasMore = true;
  const eager = answerable('eager', () => {
    if (hasMore) give(eager, 1);
    hasMore = false;
  });
  // One batch with both, then one with the other alone, which completes first.
  intake.note(eager, 1);
  give(other, 2);
  give(other, 2);
  resolve[1]?.({ problems: new Map() });
  await Promise.resolve();
  resolve[0]?.({ problems: new Map([[0, { code: 'X', kind: 'invalid-input', message: '', remedy: '', retry: 'never' }]]) });
  await new Promise((done) => setImmediate(done));
  expect(settled).toEqual(['eager 1 refused', 'other 1 refused', 'other 1']);
  resolve[2]?.({ problems: new Map() });
  await intake.idle();
  expect(settled.at(-1)).toBe('eager 1');
});
