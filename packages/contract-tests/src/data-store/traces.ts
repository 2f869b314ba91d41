import { traceLimits, type DataStore, type TraceHop, type TracePart, type TraceQuery } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { commit, device, freshStore, tenantA, tenantB, uuid } from './fixtures.js';

const [main, nested] = [uuid(70), uuid(80)];

function hopIn(ruleChainId: string, hop: Partial<TraceHop> = {}): TraceHop {
  const at = { ruleChainId, ruleNodeId: uuid(71) };
  const node = { at, chainVersion: 3, nodeName: 'Too "warm"?', nodeType: 'filter.script' };
  return { ...node, startedAtMs: 5, durationUs: 12.5, calledWith: 2, in: 0, outcome: 'routed', ...hop };
}

/** A part that started at `n`, with everything in it that may be in one. */
export function tracePartOf(n: number, changes: Partial<TracePart> = {}): TracePart {
  const message = { id: uuid(n), type: 'POST_TELEMETRY_REQUEST', originator: device(), metadata: '{"deviceName":"Käfer"}', data: '{"t":1.0}' };
  const out = [{ relationType: 'True', message: 1, isUnconnected: true }];
  const error = { code: 'NODE_FAILED', message: 'It broke.' };
  return {
    id: uuid(n),
    tenantId: tenantA,
    traceId: uuid(n),
    originator: device(),
    messageType: 'POST_TELEMETRY_REQUEST',
    ruleChainId: main,
    startedAtMs: n,
    reason: 'sampled',
    hasFailed: false,
    isStart: true,
    isCut: false,
    hops: [hopIn(main, { out }), hopIn(main, { callers: [{ ruleChainId: main, ruleNodeId: uuid(72) }], outcome: 'failed', error })],
    messages: [message, { ...message, isCut: true }],
    ...changes,
  };
}

/** Writes each part in a commit of its own. */
async function write(store: DataStore, parts: readonly TracePart[]): Promise<void> {
  for (const part of parts) await commit(store, (unit) => unit.trace(part));
}

/** The paths of messages. */
export function tracesContract(open: OpenStore<DataStore>): void {
  writtenTracesContract(open);
  trimmedTracesContract(open);
}

function writtenTracesContract(open: OpenStore<DataStore>): void {
  describe('traces', () => {
    const opened = freshStore(open);
    const find = async (query: Partial<TraceQuery> = {}, tenantId = tenantA): Promise<readonly string[]> =>
      (await opened.store.traces(tenantId, { page: 0, pageSize: 9, ...query })).data.map(({ id }) => id);

    test('come newest first, in pages, of their tenant only, without their hops', async () => {
      await write(
        opened.store,
        [2, 3, 1].map((n) => tracePartOf(n)),
      );
      const heads = [3, 2, 1].map((n) => {
        const { hops, messages: _, ...head } = tracePartOf(n);
        return { ...head, hopCount: hops.length };
      });
      const [first, second] = [
        { page: 0, pageSize: 2 },
        { page: 1, pageSize: 2 },
      ];
      expect(await opened.store.traces(tenantA, first)).toEqual({ data: heads.slice(0, 2), totalElements: 3, totalPages: 2, hasNext: true });
      expect(await opened.store.traces(tenantA, second)).toMatchObject({ data: heads.slice(2), totalElements: 3, hasNext: false });
      expect((await opened.store.traces(tenantB, first)).totalElements).toBe(0);
    });

    test('that started in the same millisecond stand in the order of their ids', async () => {
      await commit(opened.store, (unit) => [1, 2].forEach((n) => unit.trace(tracePartOf(n, { startedAtMs: 7, traceId: uuid(9) }))));
      await write(opened.store, [tracePartOf(3, { startedAtMs: 7, traceId: uuid(9) })]);
      expect(await find()).toEqual([uuid(3), uuid(2), uuid(1)]);
      expect((await opened.store.traceParts(tenantA, uuid(9))).map(({ id }) => id)).toEqual([uuid(1), uuid(2), uuid(3)]);
    });

    test('are found by originator, chain of a hop, reason, failure, time and type of message, and by several of these', async () => {
      await write(opened.store, [
        tracePartOf(1, { originator: device(5) }),
        tracePartOf(2, { hops: [hopIn(main), hopIn(nested), hopIn(main)] }),
        tracePartOf(3, { reason: 'failed', hasFailed: true, hops: [hopIn(nested)] }),
        tracePartOf(4, { originator: { entityType: 'ASSET', id: device(5).id }, messageType: 'ALARM' }),
        tracePartOf(5, { reason: 'first', isStart: false, isCut: true, hops: [], messages: [] }),
      ]);
      expect(await find({ originator: device(5) })).toEqual([uuid(1)]);
      expect(await find({ originator: { entityType: 'ASSET', id: device(5).id } })).toEqual([uuid(4)]);
      expect(await find({ ruleChainId: nested })).toEqual([uuid(3), uuid(2)]);
      expect(await find({ ruleChainId: main, reason: 'sampled' })).toEqual([uuid(4), uuid(2), uuid(1)]);
      expect(await find({ reason: 'first' })).toEqual([uuid(5)]);
      expect(await find({ hasFailed: true })).toEqual([uuid(3)]);
      expect(await find({ hasFailed: false, ruleChainId: nested })).toEqual([uuid(2)]);
      expect(await find({ createdFromMs: 2, createdToMs: 3 })).toEqual([uuid(3), uuid(2)]);
      expect(await find({ textSearch: 'larm' })).toEqual([uuid(4)]);
      expect(await find({ originator: device(), createdFromMs: 3, reason: 'failed', hasFailed: true })).toEqual([uuid(3)]);
      expect((await opened.store.traces(tenantA, { page: 1, pageSize: 1, ruleChainId: nested })).totalElements).toBe(2);
      expect(await find({}, tenantB)).toEqual([]);
    });

    test('are read with everything in them, oldest part first, of their tenant only', async () => {
      const parts = [tracePartOf(1), tracePartOf(3, { traceId: uuid(1), isStart: false }), tracePartOf(2, { traceId: uuid(1), hops: [] })];
      await write(opened.store, [...parts, tracePartOf(4), tracePartOf(5, { tenantId: tenantB, traceId: uuid(1) })]);
      expect(await opened.store.traceParts(tenantA, uuid(1))).toEqual([parts[0], parts[2], parts[1]]);
      expect((await opened.store.traceParts(tenantB, uuid(1))).map(({ id }) => id)).toEqual([uuid(5)]);
      expect(await opened.store.traceParts(tenantA, uuid(99))).toEqual([]);
    });

    test('of very many parts are read to a bound', async () => {
      await commit(opened.store, (unit) => {
        for (let n = 0; n <= traceLimits.partsRead; n += 1) unit.trace(tracePartOf(n, { traceId: uuid(1), hops: [], messages: [] }));
      });
      expect((await opened.store.traceParts(tenantA, uuid(1))).map(({ startedAtMs }) => startedAtMs)).toEqual(
        Array.from({ length: traceLimits.partsRead }, (_, n) => n),
      );
    });

    test('count as what their hops and messages take', async () => {
      expect(await opened.store.traceUsage(tenantA)).toEqual({ bytes: 0, parts: 0 });
      await write(opened.store, [tracePartOf(1), tracePartOf(2, { tenantId: tenantB, hops: [] })]);
      const [ofA, ofB] = [await opened.store.traceUsage(tenantA), await opened.store.traceUsage(tenantB)];
      expect([ofA.parts, ofB.parts]).toEqual([1, 1]);
      expect(ofA.bytes).toBeGreaterThan(ofB.bytes);
      expect(ofA.bytes).toBeLessThan(2 * Buffer.byteLength(JSON.stringify(tracePartOf(1))));
      await write(opened.store, [tracePartOf(3)]);
      expect(await opened.store.traceUsage(tenantA)).toEqual({ bytes: 2 * ofA.bytes, parts: 2 });
    });

    test('are seen from the moment they are given to commit, durable or not', async () => {
      const unit = opened.store.begin();
      unit.trace(tracePartOf(1));
      expect(await find()).toEqual([]);
      const durable = opened.store.commit(unit);
      expect([await find(), (await opened.store.traceUsage(tenantA)).parts]).toEqual([[uuid(1)], 1]);
      expect(await opened.store.traceParts(tenantA, uuid(1))).toEqual([tracePartOf(1)]);
      await durable;
    });
  });
}

function trimmedTracesContract(open: OpenStore<DataStore>): void {
  describe('trimmed traces', () => {
    const opened = freshStore(open);
    const left = async (tenantId = tenantA): Promise<readonly number[]> =>
      (await opened.store.traces(tenantId, { page: 0, pageSize: 1_000 })).data.map(({ startedAtMs }) => startedAtMs);
    const trim = (beforeMs: number, bytesMax: number): Promise<void> =>
      commit(opened.store, (unit) => unit.trimTraces(tenantA, { beforeMs, bytesMax }));
    const enough = 1e9;

    test('lose what is too old', async () => {
      await write(opened.store, [...[2, 3, 1].map((n) => tracePartOf(n)), tracePartOf(4, { tenantId: tenantB, startedAtMs: 1 })]);
      await trim(3, enough);
      expect([await left(), await left(tenantB)]).toEqual([[3], [1]]);
      expect(await opened.store.traceParts(tenantA, uuid(1))).toEqual([]);
      expect((await opened.store.traceUsage(tenantA)).parts).toBe(1);
    });

    test('lose the oldest beyond the bytes there may be, and nothing as long as there are fewer', async () => {
      await write(
        opened.store,
        [2, 3, 1, 4].map((n) => tracePartOf(n)),
      );
      const { bytes } = await opened.store.traceUsage(tenantA);
      await trim(0, bytes);
      expect(await left()).toEqual([4, 3, 2, 1]);
      await trim(0, bytes / 2);
      expect(await left()).toEqual([4, 3]);
      await trim(0, bytes / 2 - 1);
      expect([await left(), await opened.store.traceUsage(tenantA)]).toEqual([[4], { bytes: bytes / 4, parts: 1 }]);
      await trim(0, 0);
      expect([await left(), await opened.store.traceUsage(tenantA)]).toEqual([[], { bytes: 0, parts: 0 }]);
    });

    test('lose by age first, and by size what is left', async () => {
      await write(
        opened.store,
        [1, 2, 3, 4].map((n) => tracePartOf(n)),
      );
      const { bytes } = await opened.store.traceUsage(tenantA);
      await trim(3, bytes / 4);
      expect(await left()).toEqual([4]);
    });

    test('are trimmed with what their own unit adds, and of a tenant without any it is no error', async () => {
      const unit = opened.store.begin();
      [1, 2].forEach((n) => unit.trace(tracePartOf(n)));
      unit.trimTraces(tenantA, { beforeMs: 2, bytesMax: enough });
      unit.trimTraces(tenantB, { beforeMs: 2, bytesMax: 0 });
      await opened.store.commit(unit);
      expect(await left()).toEqual([2]);
    });

    test('go in slices', async () => {
      await commit(opened.store, (unit) => {
        for (let n = 1; n <= traceLimits.partsATrim + 5; n += 1) unit.trace(tracePartOf(n, { hops: [], messages: [] }));
      });
      await trim(1_000, enough);
      expect(await left()).toEqual([5, 4, 3, 2, 1].map((n) => traceLimits.partsATrim + n));
      await trim(0, 0);
      expect((await opened.store.traceUsage(tenantA)).parts).toBe(0);
    });
  });
}
