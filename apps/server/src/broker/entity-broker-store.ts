import type { Clock } from '@fieldline/kernel';
import type { BrokerRecordEntity, TenantId } from '@fieldline/model';
import type { BrokerChange, BrokerRecord, BrokerStore, EntityChange, EntityStore } from '@fieldline/ports';

/** Changes of one transaction at most; what waits beyond it goes into the next one. */
const CHANGES_PER_WRITE_MAX = 1_000;
/** More than the limits of the broker let a tenant keep. */
const RECORDS_PER_TENANT_MAX = 10_000_000;

interface WaitingWrite {
  readonly changes: readonly BrokerChange[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What the broker keeps, in the entity store: everything that waits goes into one transaction, one at a time, so that order holds. */
export class EntityBrokerStore implements BrokerStore {
  readonly #entities: EntityStore;
  readonly #clock: Clock;
  #waiting: WaitingWrite[] = [];
  #isWriting = false;

  constructor(entities: EntityStore, clock: Clock) {
    this.#entities = entities;
    this.#clock = clock;
  }

  async load(): Promise<readonly BrokerRecord[]> {
    const all: BrokerRecord[] = [];
    for (const tenantId of await this.#entities.tenantIds()) {
      const records = await this.#entities.findAll('brokerRecord', tenantId, {}, RECORDS_PER_TENANT_MAX);
      all.push(...[...records].sort(byAge).map(recordOf));
    }
    return all;
  }

  write(changes: readonly BrokerChange[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes, resolve, reject });
      if (!this.#isWriting) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      try {
        await this.#apply(batch.flatMap(({ changes }) => changes));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        await this.#oneByOne(batch, error);
      }
    }
    this.#isWriting = false;
  }

  /** One tenant that was just removed must not fail the writes of others. */
  async #oneByOne(batch: readonly WaitingWrite[], error: unknown): Promise<void> {
    for (const { changes, resolve, reject } of batch) {
      if (batch.length === 1) reject(error);
      else await this.#apply(changes).then(resolve, reject);
    }
  }

  #takeBatch(): readonly WaitingWrite[] {
    let changes = 0;
    let count = 0;
    while (count < this.#waiting.length && (count === 0 || changes < CHANGES_PER_WRITE_MAX)) {
      changes += this.#waiting[count]?.changes.length ?? 0;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #apply(changes: readonly BrokerChange[]): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const putting = new Set(changes.flatMap((change) => (change.change === 'put' ? [change.record.tenantId] : [])));
    const whole = [...putting].map((tenantId): EntityChange => ({ change: 'require', kind: 'tenant', tenantId, id: tenantId }));
    await this.#entities.write([...whole, ...changes.flatMap((change) => entityChanges(change, nowMs))]);
  }
}

function entityChanges(change: BrokerChange, nowMs: number): readonly EntityChange[] {
  const { tenantId, id } = change.change === 'put' ? change.record : change;
  const removal: EntityChange = { change: 'remove', kind: 'brokerRecord', tenantId, id };
  if (change.change === 'remove') return [removal];
  const { payload, topic, qos, packetId, isReleased, type, owner } = change.record;
  const optional = { topic, qos, packetId, isReleased, payload: payload && Buffer.from(payload).toString('base64') };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const entity: BrokerRecordEntity = { id, tenantId, createdAtMs: nowMs, version: 1, type, owner, ...given };
  return [removal, { change: 'insert', kind: 'brokerRecord', entity }];
}

function recordOf({ id, tenantId, type, owner, topic, qos, payload, packetId, isReleased }: BrokerRecordEntity): BrokerRecord {
  const bytes = payload === undefined ? undefined : new Uint8Array(Buffer.from(payload, 'base64'));
  return { id, tenantId: tenantId as TenantId, type, owner, topic, qos, payload: bytes, packetId, isReleased };
}

/** Ids count up in time: a record that was put again keeps its place. */
function byAge(left: BrokerRecordEntity, right: BrokerRecordEntity): number {
  return left.id < right.id ? -1 : 1;
}
