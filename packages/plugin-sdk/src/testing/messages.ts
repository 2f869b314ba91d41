import type { IdSource } from '@fieldline/kernel';
import type { CustomerId, EntityId, JsonValue, Metadata, TenantId } from '@fieldline/model';
import { Message } from '@fieldline/model';

/** The instant at which the clock of a harness starts, and the time of messages that name none. */
export const harnessStartMs = 1_700_000_000_000;
export const harnessTenantId = '00000000-0000-7000-8000-0000000000aa' as TenantId;

/** Ids that count up, so a test can be replayed. */
export function countingIds(): IdSource {
  let count = 0;
  return {
    next() {
      count += 1;
      return `00000000-0000-7000-8000-${count.toString(16).padStart(12, '0')}`;
    },
  };
}

const ids = countingIds();

export interface MessageOptions {
  readonly metadata?: Metadata;
  readonly tsMs?: number;
  readonly customerId?: string;
  readonly tenantId?: TenantId;
  /** JSON text to send instead of `data`, where the exact spelling of a number matters. */
  readonly text?: string;
}

/** A message of any type about any entity. Its metadata and data are frozen: a node that writes to them throws. */
export function message(type: string, originator: EntityId, data: JsonValue, options: MessageOptions = {}): Message {
  return new Message(
    {
      tenantId: options.tenantId ?? harnessTenantId,
      type,
      originator: Object.freeze({ ...originator }),
      customerId: options.customerId as CustomerId | undefined,
      tsMs: options.tsMs ?? harnessStartMs,
      metadata: Object.freeze({ ...options.metadata }),
      ...(options.text === undefined ? { data: frozen(structuredClone(data)) } : { text: options.text }),
      id: ids.next(),
    },
    ids,
  );
}

/** A reading of a device, as the transports make it. The device's name serves as its id. */
export function telemetry(device: string, data: JsonValue, options: MessageOptions = {}): Message {
  const tsMs = options.tsMs ?? harnessStartMs;
  const metadata = { deviceName: device, deviceType: 'default', ts: String(tsMs), ...options.metadata };
  return message('POST_TELEMETRY_REQUEST', { entityType: 'DEVICE', id: device }, data, { ...options, metadata });
}

/** Client attributes of a device, as the transports make them. */
export function attributes(device: string, data: JsonValue, options: MessageOptions = {}): Message {
  const metadata = { deviceName: device, deviceType: 'default', notifyDevice: 'false', ...options.metadata };
  return message('POST_ATTRIBUTES_REQUEST', { entityType: 'DEVICE', id: device }, data, { ...options, metadata });
}

/** Freezes a JSON value through and through. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
