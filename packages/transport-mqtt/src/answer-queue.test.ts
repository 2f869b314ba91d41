import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnswerQueue } from './answer-queue.js';

const entry = fc.record({
  place: fc.constantFrom(0, 1, 0xffff_ffff),
  packetId: fc.constantFrom(0, 1, 0x8000, 0xffff),
  reason: fc.constantFrom(0, 0x80, 0x90, 0xff),
  isLocal: fc.boolean(),
  isKaa: fc.boolean(),
});
// Pushes outnumber takes, so that the ring grows while it is wrapped.
const step = fc.oneof({ weight: 3, arbitrary: entry }, { weight: 2, arbitrary: fc.constant('take' as const) });

test('what was pushed is taken in order, however often the ring wraps and grows', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
      const queue = new AnswerQueue();
      const model: object[] = [];
      for (const next of steps) {
        if (next !== 'take') {
          // A local answer has no place, an uplink no reason yet.
          const pushed = next.isLocal ? { ...next, place: 0 } : { ...next, reason: 0 };
          if (next.isLocal) queue.pushLocal(next.packetId, next.reason, next.isKaa);
          else queue.pushUplink(next.place, next.packetId, next.isKaa);
          model.push(pushed);
        } else if (model.length > 0) {
          queue.take();
          const { place, packetId, reason, isLocal, isKaa } = queue;
          expect({ place, packetId, reason, isLocal, isKaa }).toEqual(model.shift());
        }
        expect(queue.count).toBe(model.length);
      }
    }),
  );
});
