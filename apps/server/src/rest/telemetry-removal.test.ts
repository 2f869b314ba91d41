// Goal: the rows of rest-api.md §6.9. Method: HTTP against a running API over the memory store.
import { ValueKind } from '@fieldline/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deviceEntity, type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
let id: string;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());
let count = 0;
beforeEach(async () => {
  id = (await rest.call('POST', '/api/device', { token: rest.admin, body: { name: `Device ${(count += 1)}` } })).body.id.id;
  await rest.commit((unit, tenantId) => {
    for (const key of ['a', 'b', 'c,d']) {
      for (const tsMs of [10, 20, 30, 40]) unit.point(tenantId, deviceEntity(id), key, tsMs, ValueKind.long, tsMs, 0);
    }
  });
  rest.told.splice(0);
});

const remove = (query: string, token = rest.admin) =>
  rest.call('DELETE', `/api/plugins/telemetry/DEVICE/${id}/timeseries/delete?${query}`, { token });
const get = async (query: string) =>
  (await rest.call('GET', `/api/plugins/telemetry/DEVICE/${id}/values/timeseries?${query}`, { token: rest.admin })).body;
const history = async (key: string): Promise<number[]> => {
  const found = await get(`key=${key}&startTs=0&endTs=${Number.MAX_SAFE_INTEGER}&orderBy=ASC`);
  return (found[key] ?? []).map(({ ts }: { ts: number }) => ts);
};
/** Time of the latest value; null where there is none. */
const latest = async (key: string): Promise<number | null> => {
  const [{ ts, value }] = (await get(`key=${key}`))[key];
  return value === null ? null : ts;
};

describe('rest-api.md §6.9', () => {
  it('success: 200 empty', async () => expect(await remove('keys=a&deleteAllDataForKeys=true')).toMatchObject({ status: 200, text: '' }));

  it('deleteAllDataForKeys: true is the range [0, now)', async () => {
    const ahead = rest.clock.nowMs() + 60_000;
    await rest.commit((unit, tenantId) => unit.point(tenantId, deviceEntity(id), 'a', ahead, ValueKind.long, 1, 0));
    await remove('keys=a&deleteAllDataForKeys=true');
    expect([await history('a'), await latest('a'), await history('b')]).toEqual([[ahead], ahead, [10, 20, 30, 40]]);
  });
  it('startTs, endTs: [startTs, endTs)', async () => {
    await remove('keys=a&startTs=20&endTs=40');
    expect([await history('a'), await latest('a')]).toEqual([[10, 40], 40]);
  });
  it.each(['', '&startTs=1', '&endTs=1', '&deleteAllDataForKeys=false&startTs=1'])('startTs, endTs missing (%s): 400', async (range) => {
    expect(await remove(`keys=a${range}`)).toMatchObject({
      status: 400,
      text: "When deleteAllDataForKeys is false, start and end timestamp values shouldn't be empty",
    });
    expect([await history('a'), rest.told]).toEqual([[10, 20, 30, 40], []]);
  });
  it.each(['&startTs=&endTs=50', '&startTs=0&endTs=', '&startTs=x&endTs=50'])('startTs, endTs without a number (%s): 400', async (range) => {
    expect(await remove(`keys=a${range}`)).toMatchObject({ status: 400, text: expect.stringMatching(/must be a number$/) });
    expect([await history('a'), rest.told]).toEqual([[10, 20, 30, 40], []]);
  });
  it('deleteLatest: true is the default, also removes the latest record if its ts lies in the range', async () => {
    await remove('keys=a,b&startTs=30&endTs=41');
    expect([await history('a'), await latest('a'), await latest('b')]).toEqual([[10, 20], null, null]);
    const { body: keys } = await rest.call('GET', `/api/plugins/telemetry/DEVICE/${id}/keys/timeseries`, { token: rest.admin });
    expect(keys).toEqual(['c,d']);
  });
  it('deleteLatest: a latest record outside the range stays', async () => {
    await remove('keys=a&startTs=0&endTs=40');
    expect([await history('a'), await latest('a')]).toEqual([[40], 40]);
  });
  it('deleteLatest=false: history disappears but the latest value stays', async () => {
    await remove('keys=a&deleteAllDataForKeys=true&deleteLatest=false');
    await remove('keys=b&startTs=30&endTs=41&deleteLatest=false&rewriteLatestIfDeleted=true');
    expect([await history('a'), await latest('a'), await history('b'), await latest('b')]).toEqual([[], 40, [10, 20], 40]);
  });
  it('rewriteLatestIfDeleted: the latest becomes the newest point older than the range', async () => {
    await remove('keys=a&startTs=30&endTs=41&rewriteLatestIfDeleted=true');
    expect([await history('a'), await latest('a')]).toEqual([[10, 20], 20]);
  });
  it('rewriteLatestIfDeleted: a latest record outside the range stays; false is the default', async () => {
    await remove('keys=a&startTs=0&endTs=40&rewriteLatestIfDeleted=true');
    await remove('keys=b&startTs=30&endTs=41&rewriteLatestIfDeleted=false');
    expect([await latest('a'), await history('b'), await latest('b')]).toEqual([40, [10, 20], null]);
  });
  it('rewriteLatestIfDeleted: with deleteAllDataForKeys there is nothing older', async () => {
    await remove('keys=a&deleteAllDataForKeys=true&rewriteLatestIfDeleted=true');
    expect([await history('a'), await latest('a')]).toEqual([[], null]);
  });
  it('rewriteLatestIfDeleted: none, so it is removed', async () => {
    await remove('keys=a&startTs=5&endTs=41&rewriteLatestIfDeleted=true');
    expect([await history('a'), await latest('a')]).toEqual([[], null]);
  });
  it.each(['deleteAllDataForKeys=true', 'keys=&startTs=0&endTs=9', 'keys=,&deleteAllDataForKeys=true', 'key=&deleteAllDataForKeys=true'])(
    'empty keys (%s): 400',
    async (query) => expect(await remove(query)).toMatchObject({ status: 400, text: 'Empty keys: []' }),
  );
  it('several keys, and keys with commas by key', async () => {
    await remove('key=c,d&key=a&deleteAllDataForKeys=true');
    expect([await history('a'), await history('b'), await history('c,d')]).toEqual([[], [10, 20, 30, 40], []]);
  });
  it('what is written after the removal is there, at a time that was removed too', async () => {
    await remove('keys=a&deleteAllDataForKeys=true');
    await rest.call('POST', `/api/plugins/telemetry/DEVICE/${id}/timeseries/ANY`, { token: rest.admin, body: { ts: 20, values: { a: 5 } } });
    expect([await history('a'), await latest('a')]).toEqual([[20], 20]);
  });
  it('what is not there is removed without an error', async () => {
    expect((await remove('keys=never&deleteAllDataForKeys=true')).status).toBe(200);
    expect((await remove('keys=a&startTs=40&endTs=10')).status).toBe(200);
    expect(await history('a')).toEqual([10, 20, 30, 40]);
  });
  it('TIMESERIES_DELETED is sent to the rule chain (§20.8), and recorded', async () => {
    await remove('keys=a,b&startTs=20&endTs=40');
    const body = { timeseries: ['a', 'b'], startTs: 20, endTs: 40 };
    expect(rest.told).toMatchObject([
      { type: 'TIMESERIES_DELETED', originator: deviceEntity(id), data: body, metadata: { userEmail: 'one@fieldline.local' } },
    ]);
    const { data } = await rest.entities.page('auditLog', rest.one.tenantId, { pageSize: 100, page: 0 }, { entityId: id });
    expect(data).toContainEqual(expect.objectContaining({ actionType: 'TIMESERIES_DELETED', status: 'SUCCESS', actionData: body }));
  });
  it('needs WRITE_TELEMETRY (§6.11)', async () => {
    const query = 'keys=a&deleteAllDataForKeys=true';
    const refused = [await remove(query, rest.system), await remove(query, rest.customer), await remove(query, rest.stranger)];
    expect(refused.map(({ status, text }) => [status, text])).toEqual([
      [403, 'System administrator is not allowed to perform this operation!'],
      [403, "You don't have permission to perform this operation!"],
      [404, "Device with requested id wasn't found!"],
    ]);
    expect(await history('a')).toEqual([10, 20, 30, 40]);
  });
});
