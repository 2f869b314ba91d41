import type { CustomerId, EntityId, Message, NewMessage } from '@fieldline/plugin-sdk';
import { compactJson, readingTsMs, z } from '@fieldline/plugin-sdk';

/** A message that waits, without what all messages of its originator share. */
export const pendingMessage = z.strictObject({
  tsMs: z.int().describe('Time of the reading.'),
  type: z.string(),
  customerId: z.string().optional(),
  metadata: z.record(z.string(), z.string()),
  text: z.string().describe('JSON text of the body.'),
});
export type PendingMessage = z.infer<typeof pendingMessage>;

export function pendingOf(message: Message): PendingMessage {
  const { type, customerId, metadata, text } = message;
  return { tsMs: readingTsMs(message), type, ...(customerId === undefined ? {} : { customerId }), metadata: { ...metadata }, text };
}

/**
 * Divides what waits into packs, each beginning at its smallest time of reading and as long as the interval. A pack is given
 * out when its end has passed; then its messages come in the order in which they arrived.
 */
export function completePacks(
  pending: readonly PendingMessage[],
  { intervalMs, nowMs }: { readonly intervalMs: number; readonly nowMs: number },
): { readonly packs: readonly (readonly PendingMessage[])[]; readonly rest: readonly PendingMessage[] } {
  const byTime = pending.map((_, place) => place).sort((a, b) => timeAt(pending, a) - timeAt(pending, b));
  const packs: PendingMessage[][] = [];
  let next = 0;
  while (next < byTime.length) {
    const endMs = timeAt(pending, byTime[next]) + intervalMs;
    if (endMs > nowMs) break;
    const first = next;
    while (next < byTime.length && timeAt(pending, byTime[next]) < endMs) next += 1;
    packs.push(inArrivalOrder(pending, byTime.slice(first, next)));
  }
  return { packs, rest: inArrivalOrder(pending, byTime.slice(next)) };
}

/** The message of a pack that goes on: the one with the smallest or the largest time; of equal times the one that arrived first. */
export function chosenOf(pack: readonly PendingMessage[], strategy: 'FIRST' | 'LAST'): PendingMessage | undefined {
  const sign = strategy === 'FIRST' ? 1 : -1;
  return pack.reduce<PendingMessage | undefined>((best, one) => (best !== undefined && sign * (one.tsMs - best.tsMs) >= 0 ? best : one), undefined);
}

/** One message with all of a pack in a list. */
export function allOf(
  pack: readonly PendingMessage[],
  about: { readonly originator: EntityId; readonly type: string; readonly nowMs: number },
): NewMessage {
  const list = pack.map(({ text, metadata }) => `{"msg":${jsonOf(text)},"metadata":${JSON.stringify(metadata)}}`);
  const { originator, type, nowMs } = about;
  return {
    type,
    originator,
    customerId: pack[0]?.customerId as CustomerId | undefined,
    metadata: { ts: String(nowMs) },
    text: `[${list.join(',')}]`,
  };
}

function jsonOf(text: string): string {
  try {
    JSON.parse(text);
    return compactJson(text);
  } catch {
    // A body that is not JSON stands in the list as a text.
    return JSON.stringify(text);
  }
}

const timeAt = (pending: readonly PendingMessage[], place: number | undefined): number => pending[place ?? 0]?.tsMs ?? 0;

const inArrivalOrder = (pending: readonly PendingMessage[], places: readonly number[]): PendingMessage[] =>
  places.toSorted((a, b) => a - b).flatMap((place) => pending[place] ?? []);
