import type { IdSource } from '@fieldline/kernel';
import type { CustomerId, EntityId, TenantId } from './entity-id.js';
import { TIME_MAX_MS } from './limits.js';
import type { JsonValue } from './value.js';

/** String pairs that accompany a message. Values are always text. */
export type Metadata = Readonly<Record<string, string>>;

/** What a message is made from. Give `data`, or `text`, or both when they say the same. */
export interface MessageFields {
  readonly tenantId: TenantId;
  readonly type: string;
  readonly originator: EntityId;
  readonly customerId?: CustomerId | undefined;
  readonly tsMs: number;
  readonly metadata: Metadata;
  readonly data?: JsonValue | undefined;
  readonly text?: string | undefined;
  /** Id of a message that exists already; otherwise one is made when it is first asked for. */
  readonly id?: string | undefined;
}

/** The parts a node may replace to make the next version of a message; the rest, id included, stays. */
export interface MessageChanges {
  readonly type?: string | undefined;
  readonly originator?: EntityId | undefined;
  readonly metadata?: Metadata | undefined;
  readonly data?: JsonValue | undefined;
  readonly text?: string | undefined;
}

/**
 * What a rule chain processes. Never modified in place: `with` makes the next version under the same id.
 *
 * `data` is the parsed body and `text` its JSON text. Each is made from the other when first asked for, so
 * a message that nobody rewrites keeps the exact text the device sent (`42.0` stays `42.0`), and a message
 * that nobody prints is never printed.
 */
export class Message {
  readonly tenantId: TenantId;
  readonly type: string;
  readonly originator: EntityId;
  readonly customerId: CustomerId | undefined;
  /** When the message was created. The time of a reading is `metadata.ts`, see `readingTsMs`. */
  readonly tsMs: number;
  readonly metadata: Metadata;
  private parsed: JsonValue | undefined;
  private printed: string | undefined;
  private identity: string | undefined;
  private readonly ids: IdSource;

  constructor(fields: MessageFields, ids: IdSource) {
    this.tenantId = fields.tenantId;
    this.type = fields.type;
    this.originator = fields.originator;
    this.customerId = fields.customerId;
    this.tsMs = fields.tsMs;
    this.metadata = fields.metadata;
    this.parsed = fields.data;
    this.printed = fields.text;
    this.identity = fields.id;
    this.ids = ids;
  }

  /** A UUID; the same for all versions of the message and for every redelivery. */
  get id(): string {
    this.identity ??= this.ids.next();
    return this.identity;
  }

  /** The body. Throws a SyntaxError where `text` was given and is not JSON. */
  get data(): JsonValue {
    if (this.parsed === undefined) this.parsed = JSON.parse(this.printed ?? 'null') as JsonValue;
    return this.parsed;
  }

  get text(): string {
    this.printed ??= JSON.stringify(this.parsed ?? null);
    return this.printed;
  }

  /** The text if one was given: what a reader of exact numbers must look at instead of `data`. */
  get originalText(): string | undefined {
    return this.printed;
  }

  /** The next version of this message. Giving `data` without `text` drops the old text, and the other way round. */
  with(changes: MessageChanges): Message {
    const replacesBody = changes.data !== undefined || changes.text !== undefined;
    return new Message(
      {
        tenantId: this.tenantId,
        type: changes.type ?? this.type,
        originator: changes.originator ?? this.originator,
        customerId: this.customerId,
        tsMs: this.tsMs,
        metadata: changes.metadata ?? this.metadata,
        data: replacesBody ? changes.data : this.parsed,
        text: replacesBody ? changes.text : this.printed,
        id: this.id,
      },
      this.ids,
    );
  }
}

/** The time of the reading a message carries: metadata `ts` as whole milliseconds, else the message's own time. */
export function readingTsMs(message: Message): number {
  const text = message.metadata['ts'];
  if (text === undefined || !/^-?\d{1,16}$/.test(text)) return message.tsMs;
  const tsMs = Number(text);
  return Math.abs(tsMs) <= TIME_MAX_MS ? tsMs : message.tsMs;
}
