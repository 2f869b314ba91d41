import type { MessageBatch } from '@fieldline/ports';
import { assert } from '@fieldline/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OpenQueue } from '../message-queue.js';
import { partsOf } from './content.js';
import { batchOf, freshQueue, manual, namesOf, none } from './fixtures.js';

/** What a process that ended without a word leaves behind is handled by the next, in order. */
export function crashContract(open: OpenQueue): void {
  const fresh = freshQueue(open);

  describe('a process that was killed', () => {
    test('leaves what it was given out and what waited; the next handles both in order before consume resolves', async () => {
      const { queue, crash } = await fresh();
      const first = manual();
      await queue.consume(first.handler);
      const sent = Array.from({ length: 12 }, (_, n) => batchOf(0, [String(n)]));
      for (const batch of sent) queue.enqueue(batch).catch(() => undefined);
      await first.until(3);
      assert(crash !== undefined, 'a queue that outlives its process can be crashed');
      const next = await crash();
      const seen: MessageBatch[] = [];
      await next.consume((batch) => {
        seen.push(batch);
        return Promise.resolve(none);
      });
      expect(seen.flatMap(namesOf)).toEqual(sent.flatMap(namesOf));
      expect(seen.flatMap(({ messages }) => messages.map(partsOf))).toEqual(sent.flatMap(({ messages }) => messages.map(partsOf)));
    });

    test('leaves a batch under the id it had, so that who commits knows it again; what is done does not come again', async () => {
      const { queue, crash } = await fresh();
      const first = manual();
      await queue.consume(first.handler);
      const done = queue.enqueue(batchOf(0, ['done']));
      queue.enqueue(batchOf(0, ['open'])).catch(() => undefined);
      await first.until(2);
      first.open[0]?.end();
      await done;
      const next = await (crash as NonNullable<typeof crash>)();
      const seen: MessageBatch[] = [];
      await next.consume((batch) => {
        seen.push(batch);
        return Promise.resolve(none);
      });
      const again = seen.find((batch) => namesOf(batch)[0] === 'open');
      expect(again?.id).toBeDefined();
      expect(again?.id).toBe(first.open[1]?.batch.id);
      // Redis may not have heard of the end of the first: then it comes again, under its id too.
      for (const batch of seen) expect(first.open.map((given) => given.batch.id)).toContain(batch.id);
    });

    test('at any moment, again and again, loses nothing and keeps the order of first sight', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.record({ sends: fc.nat(6), handles: fc.nat(6) }), { minLength: 1, maxLength: 4 }), async (plan) => {
          const { queue, crash, dispose } = await open({ depthMax: 1_000 });
          let current = queue;
          let count = 0;
          const seen: number[] = [];
          for (const { sends, handles } of plan) {
            let left = handles;
            const stuck = Promise.withResolvers<void>();
            const handler = (batch: MessageBatch): Promise<typeof none> => {
              if (left === 0) {
                stuck.resolve();
                return new Promise(() => undefined);
              }
              left -= 1;
              seen.push(...namesOf(batch).map(Number));
              return Promise.resolve(none);
            };
            void current.consume(handler);
            const sent = Array.from({ length: sends }, () => current.enqueue(batchOf(0, [String((count += 1))])));
            await Promise.race([stuck.promise, Promise.allSettled(sent)]);
            current = await (crash as NonNullable<typeof crash>)();
          }
          await current.consume((batch) => {
            seen.push(...namesOf(batch).map(Number));
            return Promise.resolve(none);
          });
          const firstSight = [...new Set(seen)];
          expect(firstSight).toEqual([...firstSight].sort((a, b) => a - b));
          await dispose();
        }),
        { numRuns: 10 },
      );
    });
  });
}
