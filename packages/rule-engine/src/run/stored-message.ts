import type { IdSource } from '@fieldline/kernel';
import type { CustomerId } from '@fieldline/model';
import { Message } from '@fieldline/model';
import type { StoredMessage } from '@fieldline/ports';

/** A message in the form that outlives the process. */
export function storedMessage(message: Message): StoredMessage {
  const { id, tenantId, type, originator, customerId, tsMs, metadata, text } = message;
  return { id, tenantId, type, originator, customerId, tsMs, metadata, text };
}

/** The message it was made from. */
export function restoredMessage(stored: StoredMessage, ids: IdSource): Message {
  return new Message({ ...stored, customerId: stored.customerId as CustomerId | undefined }, ids);
}
