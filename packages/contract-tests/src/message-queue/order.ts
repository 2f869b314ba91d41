import type { MessageBatch } from '@fieldline/ports';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpenQueue } from '../message-queue.js';
import { batchOf, freshQueue, manual, namesOf, none } from './fixtures.js';

/** Order, room, rejected batches, and the end. */
export function orderContract(open: OpenQueue): void {
  const fresh = freshQueue(open);

  describe('order', () => {
    test('batches of a partition reach the handler in the order they were sent, whenever they end', async () => {
      const plans = fc.array(fc.record({ partition: fc.nat(2), turns: fc.nat(4) }), { maxLength: 30 });
      await fc.assert(
        fc.asyncProperty(plans, async (plan) => {
          const { queue, dispose } = await open({ depthMax: 1_000 });
          const seen: MessageBatch[] = [];
          await queue.consume(async (batch) => {
            seen.push(batch);
            const turns = plan[Number(namesOf(batch)[0])]?.turns ?? 0;
            for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
            return none;
          });
          await Promise.all(plan.map(({ partition }, n) => queue.enqueue(batchOf(partition, [String(n)]))));
          for (const partition of [0, 1, 2]) {
            const sent = plan.flatMap((entry, n) => (entry.partition === partition ? [String(n)] : []));
            expect(seen.filter((batch) => batch.partition === partition).flatMap(namesOf)).toEqual(sent);
          }
          expect(queue.depth()).toBe(0);
          await dispose();
        }),
        { numRuns: 20 },
      );
    });

    test('a batch that does not end holds up neither those behind it nor other partitions, queues and tenants', async () => {
      const { queue } = await fresh();
      const { open: given, handler, until } = manual();
      await queue.consume(handler);
      const tenants = ['a', 'b'].map((letter) => `00000000-0000-7000-8000-00000000000${letter}`) as never[];
      const others = [{ queueName: 'Own' }, { tenantId: tenants[0] }, { tenantId: tenants[1] }].map((more) => batchOf(0, ['other'], more as object));
      const sent = [batchOf(0, ['first']), batchOf(0, ['second']), batchOf(1, ['beside']), ...others].map((batch) => queue.enqueue(batch));
      await until(sent.length);
      expect(given.slice(0, sent.length).map(({ batch }) => [batch.queueName, batch.tenantId, batch.partition])).toHaveLength(sent.length);
      for (const { end } of [...given].reverse()) end();
      await Promise.all(sent);
    });

    test('batches that came before the consumer wait for it', async () => {
      const { queue } = await fresh();
      const sent = ['1', '2', '3'].map((name) => queue.enqueue(batchOf(0, [name])));
      const seen: string[] = [];
      await queue.consume((batch) => {
        seen.push(...namesOf(batch));
        return Promise.resolve(none);
      });
      await Promise.all(sent);
      expect(seen).toEqual(['1', '2', '3']);
    });
  });

  describe('what cannot be handled', () => {
    test('beyond the bound it refuses with QUEUE_FULL, and takes again when there is room', async () => {
      const { queue } = await fresh(3);
      const { open: given, handler, until } = manual();
      await queue.consume(handler);
      const first = queue.enqueue(batchOf(0, ['1', '2']));
      await expect(queue.enqueue(batchOf(1, ['3', '4']))).rejects.toMatchObject({ code: 'QUEUE_FULL', retry: 'later' });
      await until(1);
      given[0]?.end();
      await first;
      const next = queue.enqueue(batchOf(1, ['5', '6', '7', '8', '9']));
      expect(queue.depth()).toBe(5);
      await until(2);
      given[1]?.end();
      await next;
    });

    test('a batch that the handler rejects is not lost: its sender hears of it, or it is given to the handler again', async () => {
      const { queue } = await fresh();
      let attempts = 0;
      await queue.consume(() => {
        attempts += 1;
        return attempts === 1 ? Promise.reject(new Error('no disk')) : Promise.resolve(none);
      });
      const outcome = await queue.enqueue(batchOf(0, ['1'])).then(
        () => 'handled',
        (error: Error) => error.message,
      );
      expect([outcome, attempts]).toEqual(attempts === 1 ? ['no disk', 1] : ['handled', 2]);
    });
  });

  describe('closing', () => {
    test('refuses what is new and waits for what was taken', async () => {
      const { queue } = await fresh();
      const { open: given, handler, until } = manual();
      await queue.consume(handler);
      const taken = [queue.enqueue(batchOf(0, ['1'])), queue.enqueue(batchOf(0, ['2']))];
      await until(2);
      let isClosed = false;
      const closed = queue.close().then(() => (isClosed = true));
      await expect(queue.enqueue(batchOf(0, ['3']))).rejects.toMatchObject({ code: 'QUEUE_CLOSED' });
      given[0]?.end();
      await taken[0];
      expect(isClosed).toBe(false);
      given[1]?.end();
      await Promise.all([closed, ...taken]);
    });

    test('without a consumer gives everything back', async () => {
      const { queue } = await fresh();
      const waiting = expect(queue.enqueue(batchOf(0, ['1']))).rejects.toMatchObject({ code: 'QUEUE_CLOSED' });
      await queue.close();
      await waiting;
    });
  });
}
