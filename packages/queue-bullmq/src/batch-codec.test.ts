// Goal: what goes through Redis comes back as it was, and what cannot be read is refused in words. The text below is what
// version 1 wrote: a change of the form must still read it.
import type { CustomerId, EntityType, TenantId } from '@fieldline/model';
import { Message } from '@fieldline/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeMessages, encodeMessages } from './batch-codec.js';

const ids = { next: () => 'made' };
const written = '{"v":1,"m":[["id","tenant","T","DEVICE","device",null,5,{"ts":"5"},"{\\"a\\":42.0}","chain",["device",7,9]]]}';

test('the text of version 1 is read and written', () => {
  const [queued] = decodeMessages(written, ids);
  expect(queued).toMatchObject({ ruleChainId: 'chain', packet: { deviceId: 'device', packetId: 7, payloadHash: 9 } });
  expect(queued?.message).toMatchObject({ id: 'id', tenantId: 'tenant', type: 'T', tsMs: 5, metadata: { ts: '5' }, text: '{"a":42.0}' });
  expect(encodeMessages(queued === undefined ? [] : [queued])).toBe(written);
});

test('any message comes back as it was', () => {
  const text = fc.string({ unit: 'binary' });
  const message = fc.record({
    ...{ id: fc.uuid(), type: text, customerId: fc.option(fc.uuid(), { nil: undefined }), tsMs: fc.maxSafeInteger(), text, device: fc.uuid() },
    metadata: fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      text,
    ),
    ruleChainId: fc.option(fc.uuid(), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(message), (parts) => {
      const messages = parts.map(({ ruleChainId, device, customerId, ...rest }) => {
        const originator = { entityType: 'DEVICE' as EntityType, id: device };
        return {
          message: new Message({ ...rest, customerId: customerId as CustomerId | undefined, tenantId: 't' as TenantId, originator }, ids),
          ruleChainId,
        };
      });
      const again = decodeMessages(encodeMessages(messages), ids);
      expect(again.map(({ message: made, ruleChainId }) => ({ ...made, ruleChainId }))).toEqual(
        messages.map(({ message: made, ruleChainId }) => ({ ...made, ruleChainId })),
      );
    }),
  );
});

test.each([
  { text: undefined, reason: 'not JSON' },
  { text: '{"v":1', reason: 'not JSON' },
  { text: 'null', reason: 'its format is undefined' },
  { text: '{"v":2,"m":[]}', reason: 'its format is 2, not 1' },
  { text: '{"v":1,"m":{}}', reason: 'not complete' },
  { text: '{"v":1,"m":[["id"]]}', reason: 'not complete' },
])('$text is refused: $reason', ({ text, reason }) => {
  expect(() => decodeMessages(text, ids)).toThrow(
    expect.objectContaining({ code: 'QUEUE_BATCH_UNREADABLE', message: expect.stringContaining(reason) as string }),
  );
});
