import type { IdSource } from '@fieldline/kernel';
import type { CustomerId, EntityId, Metadata, TenantId } from '@fieldline/model';
import { Message } from '@fieldline/model';
import type { MessageBatch, QueuedMessage } from '@fieldline/ports';
import { queueErrors } from '@fieldline/ports';

/** Version of the text form. A process reads its own and all earlier ones; a later one it refuses. */
export const BATCH_FORMAT = 1;

type Packet = readonly [deviceId: string, packetId: number, payloadHash: number];
type Row = readonly [
  id: string,
  tenantId: string,
  type: string,
  originatorType: string,
  originatorId: string,
  customerId: string | null,
  tsMs: number,
  metadata: Metadata,
  text: string,
  ruleChainId: string | null,
  packet: Packet | null,
];

/**
 * The messages of a batch as one text. Bodies go as the text they came with, so that every digit of a number stays as
 * the device wrote it; ids and times are those of the messages.
 */
export function encodeMessages(messages: readonly QueuedMessage[]): string {
  const rows = messages.map(({ message, ruleChainId, packet }): Row => {
    const { id, tenantId, type, originator, customerId, tsMs, metadata, text } = message;
    const from = packet === undefined ? null : ([packet.deviceId, packet.packetId, packet.payloadHash] as const);
    return [id, tenantId, type, originator.entityType, originator.id, customerId ?? null, tsMs, metadata, text, ruleChainId ?? null, from];
  });
  return JSON.stringify({ v: BATCH_FORMAT, m: rows });
}

/**
 * What `encodeMessages` was given.
 *
 * @throws QUEUE_BATCH_UNREADABLE where the text is no batch of a version this process knows
 */
export function decodeMessages(text: unknown, ids: IdSource): MessageBatch['messages'] {
  const rows = rowsOf(text);
  return rows.map(([id, tenantId, type, entityType, originatorId, customerId, tsMs, metadata, body, ruleChainId, packet]) => {
    const originator = { entityType, id: originatorId } as EntityId;
    const fields = { id, tenantId: tenantId as TenantId, type, originator, tsMs, metadata, text: body };
    const message = new Message({ ...fields, customerId: (customerId ?? undefined) as CustomerId | undefined }, ids);
    const from = packet === null ? undefined : { deviceId: packet[0], packetId: packet[1], payloadHash: packet[2] };
    return { message, ruleChainId: ruleChainId ?? undefined, ...(from === undefined ? {} : { packet: from }) };
  });
}

function rowsOf(text: unknown): readonly Row[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(typeof text === 'string' ? text : '');
  } catch (error) {
    throw queueErrors.BATCH_UNREADABLE({ reason: 'it is not JSON' }, { cause: error });
  }
  const { v, m } = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as { readonly v?: unknown; readonly m?: unknown };
  if (v !== BATCH_FORMAT) throw queueErrors.BATCH_UNREADABLE({ reason: `its format is ${String(v)}, not ${BATCH_FORMAT}` });
  if (!Array.isArray(m) || !m.every(isRow)) throw queueErrors.BATCH_UNREADABLE({ reason: 'its messages are not complete' });
  return m;
}

function isRow(row: unknown): row is Row {
  if (!Array.isArray(row) || row.length !== 11) return false;
  const [id, tenantId, type, entityType, originatorId, , tsMs, metadata, body] = row as readonly unknown[];
  const areTexts = [id, tenantId, type, entityType, originatorId, body].every((part) => typeof part === 'string');
  return areTexts && typeof tsMs === 'number' && typeof metadata === 'object' && metadata !== null;
}
