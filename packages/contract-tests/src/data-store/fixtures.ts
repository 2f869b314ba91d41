import type { Alarm, EntityId, StoredValue, TenantId } from '@fieldline/model';
import { ValueKind } from '@fieldline/model';
import type { AttributeWrite, CommitUnit, DataStore, HandOver, PointRemoval, StoredMessage } from '@fieldline/ports';
import { afterEach, beforeEach } from 'vitest';
import type { TestClock } from '../device-gateway-stand-in.js';
import type { OpenStore, StoreUnderTest } from '../store-under-test.js';

export const tenantA = '0a000000-0000-7000-8000-000000000001' as TenantId;
export const tenantB = '0b000000-0000-7000-8000-000000000002' as TenantId;
export const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const device = (n = 1): EntityId => ({ entityType: 'DEVICE', id: uuid(n) });

export interface FreshStore<S> {
  readonly store: S;
  /** Absent where the store has none that tests can move. */
  readonly clock: TestClock | undefined;
  /** False where nothing outlives the store, which `reopen` would need. */
  readonly isDurable: boolean;
  readonly reopen: () => Promise<S>;
}

/** Gives each test of a suite a store of its own, and cleans up after it. */
export function freshStore<S>(open: OpenStore<S>): FreshStore<S> {
  let opened: StoreUnderTest<S> | undefined;
  let current: S | undefined;
  beforeEach(async () => {
    opened = await open();
    current = opened.store;
  });
  afterEach(async () => {
    await opened?.dispose();
  });
  return {
    get store(): S {
      if (current === undefined) throw new Error('the store is open only inside a test');
      return current;
    },
    get clock(): TestClock | undefined {
      return opened?.clock;
    },
    get isDurable(): boolean {
      return opened?.reopen !== undefined;
    },
    async reopen(): Promise<S> {
      if (opened?.reopen === undefined) throw new Error('the suite says the store is durable, so it must be possible to open it again');
      current = await opened.reopen();
      return current;
    },
  };
}

/** Fills a unit and commits it. */
export async function commit(store: DataStore, fill: (unit: CommitUnit) => void): Promise<void> {
  const unit = store.begin();
  fill(unit);
  await store.commit(unit);
}

/** Adds a double, the kind most readings have. */
export function addDouble(unit: CommitUnit, key: string, tsMs: number, value: number, entity = device()): void {
  unit.point(tenantA, entity, key, tsMs, ValueKind.double, value, 0);
}

/** The points of a device with `startMs <= time < endMs`; of its key `a`, without its latest value, if nothing else is said. */
export function removalOf(startMs: number, endMs: number, changes: Partial<PointRemoval> = {}): PointRemoval {
  return { tenantId: tenantA, entity: device(), key: 'a', startMs, endMs, latest: 'remove', ...changes };
}

export const double = (key: string, tsMs: number, value: number): { key: string; tsMs: number; kind: ValueKind; value: StoredValue } => ({
  key,
  tsMs,
  kind: ValueKind.double,
  value,
});

export function attributeWrite(changes: Partial<AttributeWrite> = {}): AttributeWrite {
  return {
    tenantId: tenantA,
    entity: device(),
    scope: 'SERVER_SCOPE',
    key: 'model',
    kind: ValueKind.string,
    value: 'T-1000',
    lastUpdateMs: 1,
    ...changes,
  };
}

export function alarmOf(changes: Partial<Alarm> = {}): Alarm {
  return {
    id: uuid(900),
    tenantId: tenantA,
    createdAtMs: 1_000,
    type: 'High temperature',
    originator: device(),
    severity: 'CRITICAL',
    startMs: 1_000,
    endMs: 1_000,
    details: { limit: 30 },
    propagate: false,
    propagateToOwner: false,
    propagateToTenant: false,
    propagateRelationTypes: [],
    ...changes,
  };
}

export function storedMessage(n = 1): StoredMessage {
  return {
    id: uuid(n),
    tenantId: tenantA,
    type: 'POST_TELEMETRY_REQUEST',
    originator: device(),
    tsMs: 5,
    metadata: { deviceName: 'Boiler "1"' },
    text: '{"temperature":42.0}',
  };
}

export function handOverOf(n: number): HandOver {
  return {
    id: uuid(n),
    message: storedMessage(n),
    at: { ruleChainId: uuid(70), ruleNodeId: uuid(71) },
    callers: [{ ruleChainId: uuid(72), ruleNodeId: uuid(73) }],
    nodesRun: 3,
    dueMs: 99,
  };
}
