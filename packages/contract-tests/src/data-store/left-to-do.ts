import type { DeadLetter, DeadLetterQuery, DataStore, HandOver, HandOverCount } from '@fieldline/ports';
import { describe, expect, test } from 'vitest';
import type { OpenStore } from '../store-under-test.js';
import { commit, device, freshStore, handOverOf, storedMessage, tenantA, tenantB, uuid } from './fixtures.js';

export const deadLetterOf = (n: number): DeadLetter => ({
  id: uuid(n),
  message: storedMessage(n),
  ruleChainId: uuid(70),
  ruleNodeId: uuid(71),
  code: 'NODE_FAILED',
  error: `It broke ${n} times.`,
  failedAtMs: n,
});

/** Node state, hand-overs, dead letters and remembered packets. */
export function leftToDoContract(open: OpenStore<DataStore>): void {
  describe('node state', () => {
    const opened = freshStore(open);
    const states = async (tenantId = tenantA, node = uuid(1), limit = 10): Promise<object> =>
      Object.fromEntries((await opened.store.nodeStates(tenantId, node, limit)).map(({ entityId, state }) => [entityId, state]));

    test('is kept for each originator and for the node as a whole, replaced and deleted', async () => {
      await commit(opened.store, (unit) => {
        unit.nodeState({ tenantId: tenantA, ruleNodeId: uuid(1), entityId: '', state: { count: 1 } });
        unit.nodeState({ tenantId: tenantA, ruleNodeId: uuid(1), entityId: uuid(5), state: null });
        unit.nodeState({ tenantId: tenantA, ruleNodeId: uuid(2), entityId: uuid(5), state: [1] });
        unit.nodeState({ tenantId: tenantB, ruleNodeId: uuid(1), entityId: uuid(5), state: 'of B' });
      });
      expect(await states()).toEqual({ '': { count: 1 }, [uuid(5)]: null });
      expect(await states(tenantB)).toEqual({ [uuid(5)]: 'of B' });
      await commit(opened.store, (unit) => {
        unit.nodeState({ tenantId: tenantA, ruleNodeId: uuid(1), entityId: '', state: { count: 2 } });
        unit.nodeState({ tenantId: tenantA, ruleNodeId: uuid(1), entityId: uuid(5) });
        unit.nodeState({ tenantId: tenantA, ruleNodeId: uuid(2), entityId: uuid(5) });
        unit.nodeState({ tenantId: tenantA, ruleNodeId: uuid(2), entityId: uuid(5), state: 'again' });
      });
      expect(await states()).toEqual({ '': { count: 2 } });
      expect(await states(tenantA, uuid(2))).toEqual({ [uuid(5)]: 'again' });
    });

    test('is given up to the limit', async () => {
      await commit(opened.store, (unit) =>
        [5, 6, 7].forEach((n) => unit.nodeState({ tenantId: tenantA, ruleNodeId: uuid(1), entityId: uuid(n), state: n })),
      );
      expect(await opened.store.nodeStates(tenantA, uuid(1), 2)).toHaveLength(2);
    });
  });

  describe('hand-overs', () => {
    const opened = freshStore(open);

    test('are open in the order they were made, until they are done', async () => {
      await commit(opened.store, (unit) => [3, 1, 2].forEach((n) => unit.handOver(handOverOf(n))));
      expect(await opened.store.openHandOvers()).toEqual([handOverOf(3), handOverOf(1), handOverOf(2)]);
      await commit(opened.store, (unit) => {
        unit.handOverDone(uuid(1));
        unit.handOverDone(uuid(77));
      });
      expect((await opened.store.openHandOvers()).map(({ id }) => id)).toEqual([uuid(3), uuid(2)]);
    });

    test('handed over again is replaced, and done after made in one unit is done', async () => {
      await commit(opened.store, (unit) => [1, 2].forEach((n) => unit.handOver(handOverOf(n))));
      await commit(opened.store, (unit) => {
        unit.handOver({ ...handOverOf(1), dueMs: undefined, nodesRun: 9 });
        unit.handOver(handOverOf(4));
        unit.handOverDone(uuid(4));
      });
      const { dueMs: _, ...undue } = handOverOf(1);
      expect(await opened.store.openHandOvers()).toEqual([{ ...undue, nodesRun: 9 }, handOverOf(2)]);
    });

    test('made again after they were done are the last, in one unit and in several', async () => {
      const ids = async (): Promise<readonly string[]> => (await opened.store.openHandOvers()).map(({ id }) => id);
      await commit(opened.store, (unit) => [1, 2, 3].forEach((n) => unit.handOver(handOverOf(n))));
      await commit(opened.store, (unit) => {
        unit.handOverDone(uuid(1));
        unit.handOver(handOverOf(1));
      });
      expect(await ids()).toEqual([uuid(2), uuid(3), uuid(1)]);
      await commit(opened.store, (unit) => unit.handOver({ ...handOverOf(1), nodesRun: 9 }));
      await commit(opened.store, (unit) => unit.handOverDone(uuid(2)));
      await commit(opened.store, (unit) => unit.handOver(handOverOf(2)));
      expect(await ids()).toEqual([uuid(3), uuid(1), uuid(2)]);
    });

    test('are given by node in the order they were made where they go on at once, and by their time where they are held', async () => {
      const at = (n: number) => ({ ruleChainId: uuid(70), ruleNodeId: uuid(n) });
      const ready = [3, 1, 2, 6].map((n) => ({ ...handOverOf(n), dueMs: undefined, at: at(n === 6 ? 81 : 80) }));
      const held = [9, 8, 7].map((n) => ({ ...handOverOf(n), at: at(80), dueMs: n === 9 ? 1_000 : 200 }));
      await commit(opened.store, (unit) => [...ready, ...held].forEach((work) => unit.handOver(work)));
      const { store } = opened;
      const ids = (works: readonly HandOver[]): readonly string[] => works.map(({ id }) => id);
      const byNode = (a: HandOverCount, b: HandOverCount): number => (a.ruleNodeId < b.ruleNodeId ? -1 : 1);
      const counts = async (): Promise<readonly HandOverCount[]> => [...(await store.handOverCounts())].sort(byNode);
      expect(await counts()).toEqual([
        { ruleNodeId: uuid(80), ready: 3, held: 3 },
        { ruleNodeId: uuid(81), ready: 1, held: 0 },
      ]);
      expect(ids(await store.readyHandOvers(uuid(80), 2))).toEqual([uuid(3), uuid(1)]);
      expect(ids(await store.readyHandOvers(uuid(80), 9))).toEqual([uuid(3), uuid(1), uuid(2)]);
      expect(await store.readyHandOvers(uuid(82), 9)).toEqual([]);
      expect(ids(await store.heldHandOvers(2))).toEqual([uuid(8), uuid(7)]);
      expect(await store.heldHandOvers(9)).toEqual([held[1], held[2], held[0]]);
      await commit(store, (unit) => [1, 2, 3, 8].forEach((n) => unit.handOverDone(uuid(n))));
      expect(await counts()).toEqual([
        { ruleNodeId: uuid(80), ready: 0, held: 2 },
        { ruleNodeId: uuid(81), ready: 1, held: 0 },
      ]);
      expect(ids(await store.heldHandOvers(1))).toEqual([uuid(7)]);
    });

    test('keep everything there may be of them', async () => {
      const work: HandOver = { ...handOverOf(1), leaveBy: 'Success', queueName: 'Main', traceId: uuid(9), traceReason: 'first' };
      await commit(opened.store, (unit) => unit.handOver(work));
      expect(await opened.store.openHandOvers()).toEqual([work]);
    });
  });

  describe('dead letters', () => {
    const opened = freshStore(open);

    test('come newest first, in pages, of their tenant only, and can be searched', async () => {
      await commit(opened.store, (unit) => [1, 2, 3].forEach((n) => unit.deadLetter(deadLetterOf(n))));
      const page = await opened.store.deadLetters(tenantA, { page: 0, pageSize: 2 });
      expect(page).toEqual({ data: [deadLetterOf(3), deadLetterOf(2)], totalElements: 3, totalPages: 2, hasNext: true });
      expect((await opened.store.deadLetters(tenantA, { page: 1, pageSize: 2 })).data).toEqual([deadLetterOf(1)]);
      expect((await opened.store.deadLetters(tenantA, { page: 0, pageSize: 9, textSearch: 'BROKE 2' })).data).toEqual([deadLetterOf(2)]);
      expect((await opened.store.deadLetters(tenantB, { page: 0, pageSize: 2 })).totalElements).toBe(0);
    });

    test('are found by chain, node, code, id and the time of the failure, and counted by chain', async () => {
      const others = [
        { ...deadLetterOf(1), ruleChainId: uuid(80) },
        { ...deadLetterOf(2), ruleNodeId: uuid(81) },
        { ...deadLetterOf(3), code: 'OTHER' },
        { ...deadLetterOf(4), ruleNodeId: undefined, callers: [{ ruleChainId: uuid(90), ruleNodeId: uuid(91) }], traceId: uuid(92) },
      ];
      await commit(opened.store, (unit) => others.forEach((letter) => unit.deadLetter(letter)));
      const find = async (query: Partial<DeadLetterQuery>): Promise<readonly string[]> =>
        (await opened.store.deadLetters(tenantA, { page: 0, pageSize: 9, ...query })).data.map(({ id }) => id);
      expect(await find({ ruleChainId: uuid(80) })).toEqual([uuid(1)]);
      expect(await find({ ruleNodeId: uuid(71) })).toEqual([uuid(3), uuid(1)]);
      expect(await find({ code: 'OTHER' })).toEqual([uuid(3)]);
      expect(await find({ createdFromMs: 2, createdToMs: 3 })).toEqual([uuid(3), uuid(2)]);
      expect(await find({ ids: [uuid(4), uuid(1), uuid(99)] })).toEqual([uuid(4), uuid(1)]);
      expect(await find({ ids: [] })).toEqual([]);
      expect((await opened.store.deadLetters(tenantA, { page: 0, pageSize: 1, ids: [uuid(4)] })).data).toEqual([others[3]]);
      const counts = await opened.store.deadLetterCounts(tenantA);
      expect(Object.fromEntries(counts.map(({ ruleChainId, count }) => [ruleChainId, count]))).toEqual({ [uuid(80)]: 1, [uuid(70)]: 3 });
      expect(await opened.store.deadLetterCounts(tenantB)).toEqual([]);
    });

    test('are removed by their tenant only; what is gone already is no error', async () => {
      await commit(opened.store, (unit) => [1, 2, 3].forEach((n) => unit.deadLetter(deadLetterOf(n))));
      await commit(opened.store, (unit) => unit.removeDeadLetters(tenantB, [uuid(1)]));
      await commit(opened.store, (unit) => {
        unit.removeDeadLetters(tenantA, [uuid(2), uuid(99)]);
        unit.handOver(handOverOf(1));
      });
      const left = await opened.store.deadLetters(tenantA, { page: 0, pageSize: 9 });
      expect(left.data.map(({ id }) => id)).toEqual([uuid(3), uuid(1)]);
      expect(await opened.store.openHandOvers()).toEqual([handOverOf(1)]);
    });
  });

  describe('remembered publishes', () => {
    const opened = freshStore(open);
    const { id: deviceId } = device();
    const remember = (deviceOf: string, packetId: number, payloadHash: number, tsMs: number): Promise<void> =>
      commit(opened.store, (unit) => unit.packet({ tenantId: tenantA, deviceId: deviceOf, packetId, payloadHash, tsMs }));

    test('are found by device, packet id and payload, the last of several', async () => {
      await remember(deviceId, 65_535, 4_294_967_295, 1_700_000_000_000);
      await remember(deviceId, 1, 0, 5);
      expect(opened.store.acceptedAt(deviceId, 65_535, 4_294_967_295)).toBe(1_700_000_000_000);
      expect(opened.store.acceptedAt(deviceId, 1, 0)).toBe(5);
      expect(opened.store.acceptedAt(deviceId, 1, 1)).toBeUndefined();
      expect(opened.store.acceptedAt(deviceId, 2, 0)).toBeUndefined();
      expect(opened.store.acceptedAt(device(2).id, 1, 0)).toBeUndefined();
      await remember(deviceId, 1, 0, 6);
      expect(opened.store.acceptedAt(deviceId, 1, 0)).toBe(6);
    });

    test('are the last hundred of each device', async () => {
      await remember(device(2).id, 7, 7, 7);
      await commit(opened.store, (unit) => {
        for (let n = 1; n <= 101; n += 1) unit.packet({ tenantId: tenantA, deviceId, packetId: n, payloadHash: n, tsMs: n });
      });
      expect(opened.store.acceptedAt(deviceId, 1, 1)).toBeUndefined();
      expect(opened.store.acceptedAt(deviceId, 2, 2)).toBe(2);
      expect(opened.store.acceptedAt(deviceId, 101, 101)).toBe(101);
      expect(opened.store.acceptedAt(device(2).id, 7, 7)).toBe(7);
    });
  });
}
