import type { CustomerId } from '@fieldline/model';
import { Message } from '@fieldline/model';
import type { MessageBatch, QueuedMessage } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenQueue } from '../message-queue.js';
import { batchOf, freshQueue, ids, none, tenantId } from './fixtures.js';

const originator = { entityType: 'DEVICE', id: 'device' } as const;
const customerId = 'customer' as CustomerId;

/** Bodies that are easily changed on the way: numbers beyond a double, their spelling, white space, and what is no JSON. */
const bodies = [
  '{"a": 42.0, "b":1e3,"c":12345678901234567890.123456789}',
  '[-0, 1E-7]',
  '"\\ud83d\\ude00 😀 \\u0000 \\n"',
  '\ud800 half a pair',
  'plain text',
  '',
  ' {"white": "space"}\n',
];

/** Messages arrive as they were sent, and failures as they were told. */
export function contentContract(open: OpenQueue): void {
  const fresh = freshQueue(open);

  describe('content', () => {
    test('messages arrive exactly as they were sent, with their ids', async () => {
      const { queue } = await fresh();
      const messages = bodies.map((text, n): QueuedMessage => {
        const fields = { tenantId, type: `T${n}`, originator, tsMs: 1_700_000_000_000 + n, metadata: { ts: '5', 'ü"\n': '' }, text };
        const message = new Message(n % 2 === 0 ? fields : { ...fields, customerId }, ids);
        return n % 2 === 0
          ? { message, ruleChainId: undefined }
          : { message, ruleChainId: 'chain', packet: { deviceId: 'device', packetId: 7, payloadHash: 0xffffffff } };
      });
      const seen: MessageBatch[] = [];
      await queue.consume((batch) => {
        seen.push(batch);
        return Promise.resolve(none);
      });
      await queue.enqueue({ queueName: 'Main', partition: 3, messages });
      expect(seen[0]).toMatchObject({ queueName: 'Main', partition: 3 });
      expect(seen[0]?.messages.map(partsOf)).toEqual(messages.map(partsOf));
    });

    test('a body that was made of data arrives as that data', async () => {
      const { queue } = await fresh();
      const data = { a: [1.5, null, { b: true }] };
      const message = new Message({ tenantId, type: 'T', originator, tsMs: 1, metadata: {}, data }, ids);
      const seen: unknown[] = [];
      await queue.consume((batch) => {
        seen.push(...batch.messages.map((queued) => queued.message.data));
        return Promise.resolve(none);
      });
      await queue.enqueue({ queueName: 'Main', partition: 0, messages: [{ message, ruleChainId: undefined }] });
      expect(seen).toEqual([data]);
    });

    test('the sender is told which messages failed and how', async () => {
      const { queue } = await fresh();
      const problem = { code: 'X', kind: 'internal', message: 'No.', remedy: '-', retry: 'never' } as const;
      await queue.consume(() => Promise.resolve(new Map([[1, problem]])));
      expect([...(await queue.enqueue(batchOf(0, ['1', '2'])))]).toEqual([[1, problem]]);
    });
  });
}

export function partsOf({ message, ruleChainId, packet }: QueuedMessage) {
  const { id, type, originator: about, customerId: customer, tsMs, metadata, text } = message;
  return { id, tenantId: message.tenantId, type, about, customer, tsMs, metadata, text, ruleChainId, packet };
}
