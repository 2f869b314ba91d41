// Goal: messages that failed for good are found, counted, replayed and removed by the administrators of their tenant only.
import type { DeadLetter } from '@fieldline/ports';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
const [chain, otherChain, node] = [1, 2, 3].map((n) => `00000000-0000-7000-8000-00000000000${n}`) as [string, string, string];
const letterId = (n: number): string => `00000000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`;

beforeAll(async () => {
  rest = await startRest();
  const originator = { entityType: 'DEVICE', id: letterId(99) } as const;
  const letterOf = (n: number, more: Partial<DeadLetter> = {}): DeadLetter => ({
    id: letterId(n),
    message: { id: letterId(n), tenantId: rest.one.tenantId, type: 'T', originator, tsMs: 5, metadata: { a: 'b' }, text: '{"t":42.0}' },
    ...{ ruleChainId: chain, ruleNodeId: node, code: 'NODE_FAILED', error: `Broke ${n} times.`, remedy: 'Mend it.', failedAtMs: n, ...more },
  });
  await rest.commit((unit) => {
    for (const letter of [letterOf(1), letterOf(2, { code: 'OTHER', traceId: letterId(98) }), letterOf(3, { ruleChainId: otherChain }), letterOf(4)])
      unit.deadLetter(letter);
    unit.deadLetter({ ...letterOf(5), ruleChainId: '', ruleNodeId: undefined, code: 'ENGINE_NO_ROOT_CHAIN' });
  });
});
afterAll(() => rest.close());

const list = async (query = '', token = rest.admin): Promise<number[]> => {
  const { body } = await rest.call('GET', `/api/deadLetters?pageSize=10&page=0${query}`, { token });
  return body.data.map(({ failedTime }: { failedTime: number }) => failedTime);
};

it('are listed newest first, with the message as it was', async () => {
  const { body } = await rest.call('GET', '/api/deadLetters?pageSize=2&page=1', { token: rest.admin });
  expect(body).toMatchObject({ totalElements: 5, hasNext: true });
  // The trace of a message has its id, unless it descends from another.
  expect(body.data[0].traceId).toBe(letterId(3));
  expect(body.data[1]).toEqual({
    ...{ id: letterId(2), failedTime: 2, ruleChainId: chain, ruleNodeId: node, code: 'OTHER', error: 'Broke 2 times.', remedy: 'Mend it.' },
    traceId: letterId(98),
    message: { id: letterId(2), type: 'T', originator: { entityType: 'DEVICE', id: letterId(99) }, ts: 5, metadata: { a: 'b' }, data: '{"t":42.0}' },
  });
});

it('are found by chain, node, code, time and text', async () => {
  expect(await list(`&ruleChainId=${otherChain}`)).toEqual([3]);
  expect(await list(`&ruleNodeId=${node}`)).toEqual([4, 3, 2, 1]);
  expect(await list('&code=OTHER')).toEqual([2]);
  expect(await list('&startTime=2&endTime=3')).toEqual([3, 2]);
  expect(await list('&textSearch=BROKE%204')).toEqual([4]);
});

it('are counted by chain; those of no chain too', async () => {
  const { body } = await rest.call('GET', '/api/deadLetters/counts', { token: rest.admin });
  const counts = body.map(({ ruleChainId, count }: { ruleChainId: string | null; count: number }) => [ruleChainId, count]);
  expect(new Map(counts)).toEqual(
    new Map<string | null, number>([
      [chain, 3],
      [otherChain, 1],
      [null, 1],
    ]),
  );
});

it('belong to their tenant: another neither sees, replays nor removes them', async () => {
  expect(await list('', rest.stranger)).toEqual([]);
  const asked = { token: rest.stranger, body: { ids: [letterId(1)] } };
  expect((await rest.call('POST', '/api/deadLetters/replay', asked)).body).toEqual({ replayed: [], left: [letterId(1)] });
  await rest.call('DELETE', `/api/deadLetters?deadLetterIds=${letterId(1)}`, { token: rest.stranger });
  expect(await list()).toContain(1);
  for (const token of [rest.system, rest.customer])
    expect((await rest.call('GET', '/api/deadLetters?pageSize=1&page=0', { token })).status).toBe(403);
});

it('are replayed, and what is not there is told', async () => {
  const ids = [letterId(1), letterId(77)];
  const { body } = await rest.call('POST', '/api/deadLetters/replay', { token: rest.admin, body: { ids, from: 'NODE' } });
  expect(body).toEqual({ replayed: [letterId(1)], left: [letterId(77)] });
  expect(rest.replayed).toEqual([{ id: letterId(1), from: 'NODE' }]);
  expect(await list()).not.toContain(1);
});

it('are removed, one or many', async () => {
  await rest.call('DELETE', `/api/deadLetters?deadLetterIds=${letterId(2)},${letterId(3)}`, { token: rest.admin });
  expect(await list()).toEqual([5, 4]);
});

it.each([{ ids: [] }, { ids: ['no id'] }, { ids: [letterId(1)], from: 'MIDDLE' }, { ids: Array.from({ length: 1_001 }, () => letterId(1)) }])(
  'a replay of nothing, of what is no id, from nowhere or of too many is refused',
  async (body) => {
    expect((await rest.call('POST', '/api/deadLetters/replay', { token: rest.admin, body })).status).toBe(400);
  },
);
