// Goal: the latest values that a page of alarms shows are those of its entities in the end, whatever changes while it is read. Method: a
// real server whose queries the test holds up, values that change meanwhile, and the ws client.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LiveClient, type RunningLive, startLive } from '../live.fixture.js';

let running: RunningLive;
let client: LiveClient;
beforeEach(async () => {
  running = await startLive();
  client = await LiveClient.open(running.port, `/api/ws?token=${running.tokens.one}`);
});
afterEach(() => running.close());

interface Told {
  readonly data: { readonly data: readonly Alarm[] } | null;
  readonly update: readonly Alarm[] | null;
}
interface Alarm {
  readonly latest: Record<string, Record<string, { ts: number; value: string }>>;
}

const t = 1_700_000_000_000;
const temperature = { type: 'TIME_SERIES', key: 'temperature' };
const raise = (type: string) => running.call(running.tokens.one, 'POST', '/api/alarm', { type, originator: running.device, severity: 'CRITICAL' });
/** Shows the alarms of the device with a latest value of it. */
async function show(key: Record<string, unknown>): Promise<void> {
  const query = {
    entityFilter: { type: 'singleEntity', singleEntity: running.device },
    pageLink: { page: 0, pageSize: 10, timeWindow: 86_400_000 },
    latestValues: [key],
  };
  client.send({ cmds: [{ type: 'ALARM_DATA', cmdId: 7, query }] });
  await client.take();
}
/** Does something after a query has found what it then gives. */
function during(name: 'find' | 'findAlarms', act: () => Promise<unknown>): void {
  const { [name]: found } = running.queries;
  const held = async (query: never): Promise<unknown> => {
    const answer = await found(query);
    Object.assign(running.queries, { [name]: found });
    await act();
    return answer;
  };
  Object.assign(running.queries, { [name]: held });
}
/** The values that the alarms of the next frames have, up to the frame that tells the page. */
async function toldAtLast(type: string, key: string): Promise<string[]> {
  for (;;) {
    const { data, update } = (await client.take()) as unknown as Told;
    if (data === null) expect(update).not.toBeNull();
    else return data.data.map(({ latest }) => latest[type]?.[key]?.value ?? 'none');
  }
}
const remove = (unit: Parameters<Parameters<RunningLive['commit']>[0]>[0]): void =>
  unit.removePoints({ tenantId: running.tenants.one, entity: running.device, key: 'temperature', startMs: 0, endMs: t + 9, latest: 'remove' });

test('a value that is saved while the page is read anew', async () => {
  await running.save(running.device, ['temperature', t, 1]);
  await raise('first');
  await show(temperature);
  during('findAlarms', () => running.save(running.device, ['temperature', t + 2, 3], ['temperature', t + 1, 2]));
  await raise('second');
  expect(await toldAtLast('TIME_SERIES', 'temperature')).toEqual(['3', '3']);
});

test('a value that is removed while the page is read anew', async () => {
  await running.save(running.device, ['temperature', t, 1]);
  await raise('first');
  await show(temperature);
  during('findAlarms', () => running.commit(remove));
  await raise('second');
  expect(await toldAtLast('TIME_SERIES', 'temperature')).toEqual(['', '']);
});

test('a value that is removed while those of an entity that came onto the page are read', async () => {
  await show(temperature);
  await running.save(running.device, ['temperature', t, 1]);
  // The alarms are found by another query than the values.
  during('findAlarms', async () => during('find', () => running.commit(remove)));
  await raise('first');
  expect(await toldAtLast('TIME_SERIES', 'temperature')).toEqual(['']);
});

test('an attribute that is removed from one scope, where another has it', async () => {
  for (const scope of ['SERVER_SCOPE', 'SHARED_SCOPE'] as const) await running.saveAttribute(scope, 'z', t, scope);
  await raise('first');
  await show({ type: 'ATTRIBUTE', key: 'z' });
  const { one: tenantId } = running.tenants;
  await running.commit((unit) => unit.removeAttribute({ tenantId, entity: running.device, scope: 'SHARED_SCOPE', key: 'z' }));
  expect(await toldAtLast('ATTRIBUTE', 'z')).toEqual(['SERVER_SCOPE']);
});
