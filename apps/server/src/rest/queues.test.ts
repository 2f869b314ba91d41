// Goal: queues over REST: defaults of the reference, who may change which, and what is refused.
import { ensureDefaults } from '@fieldline/directory';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningRest, startRest } from './rest.fixture.js';

let rest: RunningRest;
beforeAll(async () => {
  rest = await startRest();
  await ensureDefaults(rest);
});
afterAll(() => rest.close());

const list = 'serviceType=TB-RULE-ENGINE&pageSize=100&page=0&sortProperty=name';
const body = (name: string) => ({
  name,
  submitStrategy: { type: 'SEQUENTIAL_BY_ORIGINATOR', batchSize: 100 },
  processingStrategy: { type: 'RETRY_FAILED', retries: 5, failurePercentage: 0.5, pauseBetweenRetries: 1, maxPauseBetweenRetries: 8 },
});
const send = (method: string, path: string, given: unknown, token = rest.system) => rest.call(method, path, { token, body: given });
const get = (path: string, token = rest.system) => rest.call('GET', path, { token });
const namesOf = async (token: string): Promise<string[]> =>
  (await get(`/api/queues?${list}`, token)).body.data.map(({ name }: { name: string }) => name);

describe('the standard queues', () => {
  it('are there from the first start on, with the values of the reference', async () => {
    expect(await namesOf(rest.admin)).toEqual(['HighPriority', 'Main', 'SequentialByOriginator']);
    const { body: main } = await get('/api/queues/name/Main', rest.admin);
    expect(main).toMatchObject({
      ...{ name: 'Main', topic: 'tb_rule_engine.main', pollInterval: 25, partitions: 10, consumerPerPartition: true, packProcessingTimeout: 2000 },
      submitStrategy: { type: 'BURST', batchSize: 1000 },
      processingStrategy: {
        ...{ type: 'SKIP_ALL_FAILURES', retries: 3, failurePercentage: 0 },
        ...{ pauseBetweenRetries: 3, maxPauseBetweenRetries: 3 },
      },
      additionalInfo: { description: '', duplicateMsgToAllPartitions: false, customProperties: '' },
    });
    expect((await get(`/api/queues/${main.id.id}`, rest.admin)).body).toEqual(main);
  });

  it('are not made again when one was removed, and Main cannot be', async () => {
    const { body: high } = await get('/api/queues/name/HighPriority');
    expect((await send('DELETE', `/api/queues/${high.id.id}`, undefined)).status).toBe(200);
    await ensureDefaults(rest);
    expect(await namesOf(rest.admin)).toEqual(['Main', 'SequentialByOriginator']);
    const { body: main } = await get('/api/queues/name/Main');
    expect((await send('DELETE', `/api/queues/${main.id.id}`, undefined)).status).toBe(400);
  });
});

describe('queues of the system', () => {
  it('are made and changed by the system administrator, and everybody of a tenant is told by a control event', async () => {
    const { body: made } = await send('POST', '/api/queues?serviceType=TB-RULE-ENGINE', body('Fast'));
    expect(made).toMatchObject({ ...body('Fast'), topic: 'tb_rule_engine.fast', partitions: 10 });
    const changed = await send('POST', '/api/queues', { ...made, partitions: 3 });
    expect(changed.body).toEqual({ ...made, partitions: 3 });
    expect(rest.published.filter(({ id }) => id === made.id.id).map(({ kind, version }) => [kind, version])).toEqual([
      ['queue', 1],
      ['queue', 2],
    ]);
  });

  it.each([
    { why: 'a name with a space', draft: { ...body('a b') }, message: /name/ },
    { why: 'an unknown strategy', draft: { ...body('a'), submitStrategy: { type: 'FAST' } }, message: /submitStrategy/ },
    { why: 'BATCH without a size', draft: { ...body('a'), submitStrategy: { type: 'BATCH' } }, message: /batchSize/ },
    { why: 'no partition', draft: { ...body('a'), partitions: 0 }, message: /partitions/ },
    {
      why: 'a longest pause below the first',
      draft: { ...body('a'), processingStrategy: { type: 'RETRY_ALL', pauseBetweenRetries: 5, maxPauseBetweenRetries: 4 } },
      message: /maxPauseBetweenRetries/,
    },
    { why: 'a name that is taken', draft: body('Main'), message: /already exists/ },
  ])('$why is refused', async ({ draft, message }) => {
    const refused = await send('POST', '/api/queues', draft);
    expect(refused).toMatchObject({ status: 400, body: { errorCode: 31, message: expect.stringMatching(message) as string } });
  });

  it('keep their name', async () => {
    const { body: made } = await send('POST', '/api/queues', body('Kept'));
    expect(await send('POST', '/api/queues', { ...made, name: 'Other' })).toMatchObject({
      status: 400,
      body: { message: "Queue name can't be changed!" },
    });
  });

  it('of other services there are none', async () => {
    expect((await get(`/api/queues?${list.replace('TB-RULE-ENGINE', 'TB-CORE')}`)).body).toMatchObject({ data: [], totalElements: 0 });
  });
});

describe('queues of a tenant', () => {
  it('are made by its administrator, seen by nobody else, and come before those of the system', async () => {
    const { body: own } = await send('POST', '/api/tenant/queues', body('Main'), rest.admin);
    expect(own).toMatchObject({ tenantId: { id: rest.one.tenantId } });
    expect((await get('/api/queues/name/Main', rest.admin)).body).toEqual(own);
    expect((await get('/api/queues/name/Main', rest.stranger)).body.id).not.toEqual(own.id);
    expect((await get(`/api/queues/${own.id.id}`, rest.stranger)).status).toBe(404);
    expect((await namesOf(rest.admin)).filter((name) => name === 'Main')).toHaveLength(1);
    expect((await send('DELETE', `/api/tenant/queues/${own.id.id}`, undefined, rest.stranger)).status).toBe(404);
    expect((await send('DELETE', `/api/tenant/queues/${own.id.id}`, undefined, rest.admin)).status).toBe(200);
    expect((await get('/api/queues/name/Main', rest.admin)).body.tenantId).not.toEqual(own.tenantId);
  });

  it('are bounded in number', async () => {
    const made = await Promise.all(Array.from({ length: 51 }, (_, n) => send('POST', '/api/tenant/queues', body(`q${n}`), rest.stranger)));
    expect(made.filter(({ status }) => status === 200)).toHaveLength(50);
  });

  it('cannot be those of the system, and customers have none', async () => {
    expect((await send('POST', '/api/queues', body('Mine'), rest.admin)).status).toBe(403);
    expect((await get(`/api/queues?${list}`, rest.customer)).status).toBe(403);
  });
});
